//! What a reading gives of a file, and how it fails, on a mocked reader and detector.

use std::sync::atomic::{AtomicU64, Ordering};

use mockall::Sequence;

use super::*;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::geometry::BoundingBox;
use crate::page::{PageSize, TextLayer, Word};
use crate::ports::{DetectorIdentity, MockClock, MockDocumentReader, MockFieldDetector, Needs};

fn document() -> DocumentContent {
    let bounds = BoundingBox { left: 0.1, top: 0.1, width: 0.1, height: 0.02 };
    let page = Page {
        number: 1,
        size: PageSize { width_pt: 595.0, height_pt: 842.0 },
        words: vec![Word { text: "A-117".to_owned(), bounds, font_size: 10.0 }],
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    };
    DocumentContent::of_pages(vec![page])
}

fn detector(needs: Needs) -> MockFieldDetector {
    let mut detector = MockFieldDetector::new();
    detector.expect_needs().return_const(needs);
    detector
        .expect_identity()
        .returning(|| DetectorIdentity { name: "mock-1".to_owned(), sha256: "00".to_owned() });
    detector
}

fn clock() -> MockClock {
    let mut clock = MockClock::new();
    let mut order = Sequence::new();
    for milliseconds in [10, 14, 23, 24] {
        clock
            .expect_monotonic()
            .times(1)
            .in_sequence(&mut order)
            .return_const(Duration::from_millis(milliseconds));
    }
    clock
}

fn use_case(reader: MockDocumentReader, detector: MockFieldDetector, clock: MockClock) -> ExtractDocument {
    ExtractDocument { reader: Arc::new(reader), detector: Arc::new(detector), clock: Arc::new(clock) }
}

#[tokio::test]
async fn a_document_is_read_detected_and_resolved() {
    let mut reader = MockDocumentReader::new();
    reader
        .expect_read()
        .withf(|request| request.raster_height.is_none() && request.password.as_deref() == Some("secret"))
        .returning(|_| Ok(document()));
    let mut detector = detector(Needs { words: true, raster_height: None });
    detector.expect_detect().times(1).returning(|pages| {
        let class = SpanClass::Value(Field::InvoiceNumber);
        Ok(vec![vec![Detection { class, score: 0.9, bounds: pages[0].words[0].bounds, words: vec![0] }]])
    });
    let request = ExtractRequest {
        password: Some("secret".to_owned()),
        sha256: Some("ab".to_owned()),
        ..ExtractRequest::new(*b"%PDF-")
    };
    assert!(!format!("{request:?}").contains("secret"));
    let extracted = use_case(reader, detector, clock()).execute(request).await.unwrap();
    let extraction = &extracted.extraction;
    assert_eq!(extraction.label(Field::InvoiceNumber).unwrap().value.to_string(), "A-117");
    assert_eq!(extraction.findings.pages[0].number, 1);
    assert_eq!(extraction.findings.provenance.file_sha256.as_deref(), Some("ab"));
    assert_eq!(extraction.findings.provenance.model.name, "mock-1");
    let [read, detect, resolve] = [4, 9, 1].map(Duration::from_millis);
    assert_eq!(extraction.findings.timing, Timing { read, detect, resolve });
    assert_eq!(extracted.document, document());
}

#[tokio::test]
async fn pages_beyond_the_deadline_are_not_looked_at_and_said() {
    for (deadline, seen, unread) in [
        (None, 9, None),
        (Some(Duration::from_secs(60)), 9, None),
        (Some(Duration::from_secs(7)), 4, Some("pages 5 to 9 were not looked at")),
        (Some(Duration::ZERO), 2, Some("pages 3 to 9 were not looked at")),
    ] {
        let mut reader = MockDocumentReader::new();
        reader.expect_read().returning(|_| {
            let page = document().pages.remove(0);
            let pages = (1..=9).map(|number| Page { number, ..page.clone() }).collect();
            Ok(DocumentContent::of_pages(pages))
        });
        let mut detector = detector(Needs::default());
        detector.expect_detect().returning(|pages| Ok(vec![Vec::new(); pages.len()]));
        let mut clock = MockClock::new();
        let seconds = AtomicU64::new(0);
        // Every look at the clock takes two seconds.
        clock
            .expect_monotonic()
            .returning(move || Duration::from_secs(seconds.fetch_add(2, Ordering::Relaxed)));
        let case = use_case(reader, detector, clock);
        let request = ExtractRequest { deadline, ..ExtractRequest::new(*b"%PDF-") };
        let extracted = case.execute(request).await.unwrap();
        let said = extracted.document.unread.first().map(String::as_str);
        assert_eq!(said.is_some(), unread.is_some(), "{deadline:?} {said:?}");
        assert!(said.unwrap_or_default().starts_with(unread.unwrap_or_default()), "{said:?}");
        let reasons = extracted.extraction.findings.decision.reasons();
        assert_eq!(reasons.iter().any(|reason| reason.contains("not looked at")), seen < 9);
    }
}

#[tokio::test]
async fn progress_is_told_after_each_look_at_pages() {
    let mut reader = MockDocumentReader::new();
    reader.expect_read().returning(|_| {
        let page = document().pages.remove(0);
        Ok(DocumentContent::of_pages((1..=4).map(|number| Page { number, ..page.clone() }).collect()))
    });
    let progress = Arc::new(Progress::default());
    let mut detector = detector(Needs::default());
    let mut order = Sequence::new();
    for share in [0.3, 0.625] {
        let seen = Arc::clone(&progress);
        detector.expect_detect().times(1).in_sequence(&mut order).returning(move |pages| {
            assert!((seen.share() - share).abs() < 1e-6, "{}", seen.share());
            Ok(vec![Vec::new(); pages.len()])
        });
    }
    let request = ExtractRequest { progress: Some(Arc::clone(&progress)), ..ExtractRequest::new(*b"%PDF-") };
    use_case(reader, detector, clock()).execute(request).await.unwrap();
    assert!((progress.share() - 0.95).abs() < 1e-6, "{}", progress.share());
}

#[tokio::test]
async fn a_raster_is_asked_for_when_somebody_looks_at_it() {
    for (needed, wanted, asked) in
        [(None, Some(800), Some(800)), (Some(1024), None, Some(1024)), (Some(1024), Some(800), Some(1024))]
    {
        let mut reader = MockDocumentReader::new();
        reader
            .expect_read()
            .withf(move |request| request.raster_height == asked)
            .times(1)
            .returning(|_| Ok(document()));
        let mut detector = detector(Needs { words: false, raster_height: needed });
        detector.expect_detect().returning(|_| Ok(vec![Vec::new()]));
        let request = ExtractRequest { raster_height: wanted, ..ExtractRequest::new(*b"%PDF-") };
        let extracted = use_case(reader, detector, clock()).execute(request).await.unwrap();
        assert!(extracted.extraction.labels.is_empty());
    }
}

#[tokio::test]
async fn failures_keep_their_codes() {
    let mut reader = MockDocumentReader::new();
    reader.expect_read().returning(|_| Err(ReadError::Encrypted { password_given: false }));
    let mut clock_once = MockClock::new();
    clock_once.expect_monotonic().return_const(Duration::ZERO);
    let case = use_case(reader, detector(Needs::default()), clock_once);
    let error = case.execute(ExtractRequest::new(*b"%PDF-")).await.unwrap_err();
    assert_eq!(error.code(), "document_encrypted");
    assert_eq!(ExtractError::from(DetectError::Overloaded).code(), "overloaded");
    assert_eq!(ExtractError::from(DetectError::Failed { reason: String::new() }).code(), "detector_failed");
}
