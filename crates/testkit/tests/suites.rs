//! The suites accept a correct adapter and name the promise that a faulty one breaks.

#![expect(clippy::unwrap_used, reason = "tests")]

use async_trait::async_trait;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::label::Label;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{
    DetectError, DetectorIdentity, DocumentReader, FieldDetector, Needs, PagePainter, PaintError, ReadError,
    ReadRequest,
};
use fieldmark_testkit::sketch_reader::SketchReader;
use fieldmark_testkit::{document_reader, field_detector, page_painter};

/// Detects every word with a digit as the invoice number; `spoil` makes it a faulty detector.
struct Digits {
    spoil: fn(&mut Vec<Vec<Detection>>),
}

#[async_trait]
impl FieldDetector for Digits {
    fn identity(&self) -> DetectorIdentity {
        DetectorIdentity { name: "digits".to_owned(), sha256: String::new() }
    }

    fn needs(&self) -> Needs {
        Needs { words: true, raster_height: None }
    }

    async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
        let mut found: Vec<Vec<Detection>> = pages.iter().map(numbers).collect();
        (self.spoil)(&mut found);
        Ok(found)
    }
}

fn numbers(page: &Page) -> Vec<Detection> {
    (0..)
        .zip(&page.words)
        .filter(|(_, word)| word.text.contains(|letter: char| letter.is_ascii_digit()))
        .map(|(index, word)| Detection {
            class: SpanClass::Value(Field::InvoiceNumber),
            score: 0.9,
            bounds: word.bounds,
            words: vec![index],
        })
        .collect()
}

async fn broken_promise(spoil: fn(&mut Vec<Vec<Detection>>)) -> &'static str {
    field_detector::keeps_its_promises(&Digits { spoil }).await.unwrap_err().promise
}

#[tokio::test]
async fn a_good_detector_passes() {
    field_detector::keeps_its_promises(&Digits { spoil: |_| () }).await.unwrap();
}

#[tokio::test]
async fn a_faulty_detector_gets_the_broken_promise() {
    let too_few = broken_promise(|found| {
        found.pop();
    })
    .await;
    assert!(too_few.contains("its own list"), "{too_few}");
    let too_sure = broken_promise(|found| found.iter_mut().flatten().for_each(|one| one.score = 1.5)).await;
    assert!(too_sure.contains("score"), "{too_sure}");
    let outside =
        broken_promise(|found| found.iter_mut().flatten().for_each(|one| one.bounds.left += 1.0)).await;
    assert!(outside.contains("on its page"), "{outside}");
    let two_lines =
        broken_promise(|found| found.iter_mut().flatten().for_each(|one| one.words = vec![0, 5])).await;
    assert!(two_lines.contains("one line"), "{two_lines}");
    let by_batch = broken_promise(|found| {
        if found.len() > 1 {
            found.iter_mut().for_each(Vec::clear);
        }
    })
    .await;
    assert!(by_batch.contains("batch"), "{by_batch}");
}

/// Reads the sketches by their operators, without a PDF library; `spoil` makes it a faulty reader.
struct SpoilingReader {
    spoil: fn(&mut DocumentContent),
}

#[async_trait]
impl DocumentReader for SpoilingReader {
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
        let mut document = SketchReader.read(request).await?;
        (self.spoil)(&mut document);
        Ok(document)
    }

    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError> {
        SketchReader.media_type(bytes)
    }
}

async fn promise_broken_by_reader(spoil: fn(&mut DocumentContent)) -> &'static str {
    document_reader::keeps_its_promises(&SpoilingReader { spoil }).await.unwrap_err().promise
}

#[tokio::test]
async fn a_good_reader_passes() {
    document_reader::keeps_its_promises(&SketchReader).await.unwrap();
}

#[tokio::test]
async fn a_faulty_reader_gets_the_broken_promise() {
    let disorder = promise_broken_by_reader(|document| document.pages[0].words.reverse()).await;
    assert!(disorder.contains("reading order"), "{disorder}");
    let misplaced = promise_broken_by_reader(|document| document.pages[0].words[0].bounds.top += 0.1).await;
    assert!(misplaced.contains("at the word's position"), "{misplaced}");
    let blank = promise_broken_by_reader(|document| {
        document
            .pages
            .iter_mut()
            .filter_map(|page| page.raster.as_mut())
            .for_each(|raster| raster.pixels.fill(255));
    })
    .await;
    assert!(blank.contains("dark"), "{blank}");
    let renumbered = promise_broken_by_reader(|document| {
        document.pages.iter_mut().zip(1..).for_each(|(page, number)| page.number = number);
    })
    .await;
    assert!(renumbered.contains("under its number"), "{renumbered}");
    let uncounted = promise_broken_by_reader(|document| {
        document.page_count = u32::try_from(document.pages.len()).unwrap();
    })
    .await;
    assert!(uncounted.contains("counted when one is asked for"), "{uncounted}");
}

/// Writes the header of a PNG and, instead of pixels, the boxes that it would draw, which
/// `boxes_of` returns.
struct BoxLister {
    boxes_of: fn(&Page, &[Label]) -> Vec<BoundingBox>,
    is_strict: bool,
}

impl PagePainter for BoxLister {
    fn paint(&self, page: &Page, labels: &[Label]) -> Result<Vec<u8>, PaintError> {
        let raster = page.raster.as_ref().ok_or_else(|| PaintError { reason: "no raster".to_owned() })?;
        let area = u64::from(raster.width) * u64::from(raster.height);
        if self.is_strict && u64::try_from(raster.pixels.len()) != Ok(area) {
            return Err(PaintError { reason: "pixels are missing".to_owned() });
        }
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(raster.width.to_be_bytes());
        png.extend(raster.height.to_be_bytes());
        png.extend(format!("{:?}", (self.boxes_of)(page, labels)).into_bytes());
        Ok(png)
    }
}

fn on_page(page: &Page, places: impl Iterator<Item = Option<PageBox>>) -> Vec<BoundingBox> {
    places.flatten().filter(|place| place.page == page.number).map(|place| place.bounds).collect()
}

fn values(page: &Page, labels: &[Label]) -> Vec<BoundingBox> {
    on_page(page, labels.iter().map(|label| label.place))
}

fn all_boxes(page: &Page, labels: &[Label]) -> Vec<BoundingBox> {
    on_page(page, labels.iter().flat_map(|label| [label.place, label.caption]))
}

#[test]
fn a_good_painter_passes() {
    page_painter::keeps_its_promises(&BoxLister { boxes_of: all_boxes, is_strict: true }).unwrap();
}

#[test]
fn a_faulty_painter_gets_the_broken_promise() {
    let broken = |boxes_of, is_strict| {
        page_painter::keeps_its_promises(&BoxLister { boxes_of, is_strict }).unwrap_err().promise
    };
    let blind = broken(|_, _| Vec::new(), true);
    assert!(blind.contains("place of a label"), "{blind}");
    let without_captions = broken(values, true);
    assert!(without_captions.contains("words that name"), "{without_captions}");
    let everywhere = broken(
        |_, labels| {
            let places = labels.iter().flat_map(|label| [label.place, label.caption]);
            places.flatten().map(|place| place.bounds).collect()
        },
        true,
    );
    assert!(everywhere.contains("other pages"), "{everywhere}");
    let trusting = broken(all_boxes, false);
    assert!(trusting.contains("does not match its size"), "{trusting}");
}
