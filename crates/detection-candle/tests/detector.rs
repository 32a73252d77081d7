//! The detector as its users see it: results for unusual pages, and errors for bad weights.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use fieldmark_detection_candle::{
    DetectionQueue, Device, LayoutDetector, LoadError, ModelFiles, QueueOptions,
};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};

fn page(texts: impl IntoIterator<Item = String>) -> Page {
    let word = |(index, text): (usize, String)| Word {
        text,
        bounds: BoundingBox {
            left: 0.05 + 0.09 * (index % 10) as f32,
            top: 0.05 + 0.012 * (index / 10) as f32,
            width: 0.08,
            height: 0.01,
        },
        font_size: 9.0,
    };
    Page {
        number: 1,
        size: PageSize { width_pt: 595.0, height_pt: 842.0 },
        words: texts.into_iter().enumerate().map(word).collect(),
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    }
}

fn numbered(words: usize) -> Page {
    page((0..words).map(|index| if index % 7 == 0 { format!("{index},00") } else { format!("Wort{index}") }))
}

#[tokio::test]
async fn the_detector_behind_its_queue_keeps_the_ports_promises() {
    let detector = LayoutDetector::bundled(Device::Cpu).unwrap();
    let queue = DetectionQueue::start(detector, &QueueOptions::of(Device::Cpu)).unwrap();
    assert_eq!(fieldmark_testkit::field_detector::keeps_its_promises(&queue).await, Ok(()));
}

#[test]
fn a_page_without_words_has_no_detections() {
    let detector = LayoutDetector::bundled(Device::Cpu).unwrap();
    assert_eq!(detector.detect(&[page([])]).unwrap(), vec![Vec::new()]);
    assert!(detector.detect(&[]).unwrap().is_empty());
}

#[test]
fn a_pages_answer_does_not_depend_on_its_company() {
    let detector = LayoutDetector::bundled(Device::Cpu).unwrap();
    let pages = [numbered(60), numbered(7), numbered(130)];
    let together = detector.detect(&pages).unwrap();
    for (page, expected) in pages.iter().zip(&together) {
        assert_eq!(&detector.detect(std::slice::from_ref(page)).unwrap()[0], expected);
    }
}

#[test]
fn every_word_of_a_page_longer_than_the_window_gets_an_answer() {
    let detector = LayoutDetector::bundled(Device::Cpu).unwrap();
    let probabilities = detector.probabilities(&[numbered(1200)]).unwrap();
    assert_eq!(probabilities[0].classes.len(), 1200);
    for classes in &probabilities[0].classes {
        assert!((classes.iter().sum::<f32>() - 1.0).abs() < 1e-3);
    }
    // A word that was in no window would still have a start of exactly 0.
    assert!(probabilities[0].starts.iter().all(|start| *start > 0.0));
}

#[test]
fn other_weights_than_described_are_refused_with_both_hashes() {
    let files = ModelFiles { weights: b"no weights", ..ModelFiles::BUNDLED };
    match LayoutDetector::from_files(&files, Device::Cpu).err() {
        Some(LoadError::Hash { expected, found, .. }) => assert_ne!(expected, found),
        other => panic!("{other:?}"),
    }
}

fn with_description(change: impl Fn(&mut serde_json::Value)) -> LoadError {
    let mut description: serde_json::Value = serde_json::from_slice(ModelFiles::BUNDLED.description).unwrap();
    change(&mut description);
    let description = serde_json::to_vec(&description).unwrap();
    let files = ModelFiles { description: &description, ..ModelFiles::BUNDLED };
    LayoutDetector::from_files(&files, Device::Cpu).err().unwrap()
}

#[test]
fn a_model_that_does_not_fit_says_what_does_not() {
    let error = with_description(|description| description["features"]["version"] = 99.into());
    assert!(error.to_string().contains("version 99"), "{error}");
    let error = with_description(|description| description["classes"][3] = "colour".into());
    assert!(error.to_string().contains("`colour`"), "{error}");
    let error = with_description(|description| description["architecture"]["text_width"] = 64.into());
    assert!(matches!(error, LoadError::Tensors { .. }), "{error}");
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("text.weight"));
    assert!(matches!(
        LayoutDetector::from_files(&ModelFiles { description: b"{}", ..ModelFiles::BUNDLED }, Device::Cpu)
            .err(),
        Some(LoadError::Description(_))
    ));
}

#[test]
fn a_missing_folder_is_named() {
    let error = LayoutDetector::load(std::path::Path::new("no-such-folder"), Device::Cpu).err().unwrap();
    assert!(error.to_string().contains("no-such-folder"), "{error}");
}

#[cfg(not(feature = "cuda"))]
#[test]
fn cuda_without_the_feature_is_a_clear_error() {
    let error = LayoutDetector::bundled("cuda".parse().unwrap()).err().unwrap();
    assert!(error.to_string().contains("--features cuda"), "{error}");
    assert!("tpu".parse::<Device>().unwrap_err().to_string().contains("`tpu`"));
}
