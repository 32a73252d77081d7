//! From a file's bytes to its fields.
//!
//! Knows the order of the steps and what each may answer; how files are read and spans found is the
//! business of the adapters behind the ports.

use std::sync::Arc;
use std::time::Duration;

use crate::content::DocumentContent;
use crate::detection::Detection;
use crate::extraction::{Extraction, Findings, PageSummary, Provenance, Timing};
use crate::job::Progress;
use crate::label::Source;
use crate::page::{Page, TextVerdict};
use crate::ports::{Clock, DetectError, DocumentReader, FieldDetector, ReadError, ReadRequest};
use crate::reading::{self, ReadingOptions, read_fields};

/// Reads a document and the fields in it.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, ports::*};
/// # use fieldmark_testkit::{pdf_sketch::pdf, sketch_reader::SketchReader};
/// use fieldmark_domain::commands::{ExtractDocument, ExtractRequest};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mut detector = MockFieldDetector::new();
/// # detector.expect_identity().returning(|| DetectorIdentity {
/// #     name: "none-1".to_owned(),
/// #     sha256: String::new(),
/// # });
/// # detector.expect_needs().returning(Needs::default);
/// # detector.expect_detect().returning(|pages| Ok(vec![Vec::new(); pages.len()]));
/// let extract = ExtractDocument {
///     reader: Arc::new(SketchReader),
///     detector: Arc::new(detector),
///     clock: Arc::new(SystemClock::new()),
/// };
/// let file = pdf(&[&[("Total", 350.0, 400.0), ("1,250.00", 450.0, 400.0)]]);
/// let extracted = extract.execute(ExtractRequest::new(file)).await?;
/// assert_eq!(extracted.document.pages[0].words.len(), 2);
/// assert!(extracted.extraction.labels.is_empty(), "the detector finds nothing");
///
/// let error = extract.execute(ExtractRequest::new(*b"")).await.unwrap_err();
/// assert_eq!(error.code(), "document_empty");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ExtractDocument {
    /// Makes pages of words of a file.
    pub reader: Arc<dyn DocumentReader>,
    /// Finds spans on pages.
    pub detector: Arc<dyn FieldDetector>,
    /// Measures the steps.
    pub clock: Arc<dyn Clock>,
}

/// What to extract from.
#[derive(Clone)]
pub struct ExtractRequest {
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
    /// The password of an encrypted file.
    pub password: Option<String>,
    /// SHA-256 of the bytes in hex, for provenance.
    pub sha256: Option<String>,
    /// Whether e-invoices in the file are read and compared with its pages, or left out.
    pub electronic_invoices: bool,
    /// When given, no more pages are looked at by the detector once so much time has gone by since the beginning;
    /// those that were not are said. Pages are looked at a few at a time, which are always finished.
    pub deadline: Option<Duration>,
    /// Asks for a page raster of at least this many rows, for instance to draw on it, even when the
    /// detector needs none.
    pub raster_height: Option<u32>,
    /// Is told how far the extraction has come: 0.3 once the file is read, up to 0.95 with the pages looked at.
    pub progress: Option<Arc<Progress>>,
    /// What of the result is wanted.
    pub options: ReadingOptions,
}

impl ExtractRequest {
    /// A request for all that an unencrypted file says.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let options = ReadingOptions::default();
        Self {
            bytes: bytes.into(),
            password: None,
            sha256: None,
            electronic_invoices: true,
            deadline: None,
            raster_height: None,
            progress: None,
            options,
        }
    }
}

impl std::fmt::Debug for ExtractRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ExtractRequest")
            .field("bytes", &self.bytes.len())
            .field("password", &self.password.as_ref().map(|_| "…"))
            .field("sha256", &self.sha256)
            .field("electronic_invoices", &self.electronic_invoices)
            .field("deadline", &self.deadline)
            .field("raster_height", &self.raster_height)
            .field("options", &self.options)
            .finish()
    }
}

/// A document and what was read from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// The pages, as the reader gave them.
    pub document: DocumentContent,
    /// The fields.
    pub extraction: Extraction,
}

/// Why nothing was extracted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// The file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The detector failed.
    #[error(transparent)]
    Detect(#[from] DetectError),
}

impl ExtractError {
    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Read(error) => error.code(),
            Self::Detect(DetectError::Overloaded) => "overloaded",
            Self::Detect(DetectError::Failed { .. }) => "detector_failed",
        }
    }
}

impl ExtractDocument {
    /// How many pages are given to the detector at once, before the clock is looked at again. A document has never
    /// more of them waiting.
    pub const PAGES_AT_ONCE: usize = 2;

    /// Reads the file, finds spans, and chooses values. Reading and detection are waited for without blocking the
    /// thread; values are chosen on it, which takes milliseconds.
    ///
    /// Whoever drops the future gives the work up, as the ports have it.
    ///
    /// # Errors
    /// [`ExtractError::Read`] when the file cannot be read, [`ExtractError::Detect`] when the detector fails.
    pub async fn execute(&self, request: ExtractRequest) -> Result<Extracted, ExtractError> {
        let start = self.clock.monotonic();
        let mut document = self.reader.read(self.read_request(&request)).await?;
        let read = self.clock.monotonic();
        let deadline = request.deadline.map(|deadline| start.saturating_add(deadline));
        let progress = request.progress.as_deref();
        let detections = self.detect(&document.pages, deadline, progress).await?;
        document.unread.extend(not_looked_at(&document.pages, detections.len()));
        let detected = self.clock.monotonic();
        let reading = read_fields(&document, &detections, &request.options);
        let timing = Timing {
            read: read.saturating_sub(start),
            detect: detected.saturating_sub(read),
            resolve: self.clock.monotonic().saturating_sub(detected),
        };
        log(&document, &detections, &timing);
        let findings = Findings {
            kind: reading.kind,
            kind_confidence: reading.kind_confidence,
            locale: reading.locale,
            currency: reading.currency,
            pages: summaries(&document),
            page_count: document.page_count,
            tax: reading.tax,
            lines: reading.lines,
            electronic_invoice: reading.electronic_invoice,
            checks: reading.checks,
            decision: reading.decision,
            provenance: self.provenance(request.sha256),
            timing,
        };
        Ok(Extracted { document, extraction: Extraction { labels: reading.labels, findings } })
    }

    /// The detections of the pages that are looked at before the deadline, the first ones always among them.
    async fn detect(
        &self,
        pages: &[Page],
        deadline: Option<Duration>,
        progress: Option<&Progress>,
    ) -> Result<Vec<Vec<Detection>>, DetectError> {
        let reach = |seen: usize| {
            if let Some(progress) = progress {
                progress.reach(READ_SHARE + DETECTED_SHARE * seen as f32 / pages.len().max(1) as f32);
            }
        };
        reach(0);
        let mut detections = Vec::with_capacity(pages.len());
        for some in pages.chunks(Self::PAGES_AT_ONCE) {
            let is_over = deadline.is_some_and(|deadline| self.clock.monotonic() > deadline);
            if is_over && !detections.is_empty() {
                break;
            }
            detections.extend(self.detector.detect(some).await?);
            reach(detections.len());
        }
        Ok(detections)
    }

    /// A raster costs time: it is asked for only when somebody looks at it.
    fn read_request(&self, request: &ExtractRequest) -> ReadRequest {
        ReadRequest {
            bytes: Arc::clone(&request.bytes),
            password: request.password.clone(),
            electronic_invoices: request.electronic_invoices,
            raster_height: self.detector.needs().raster_height.max(request.raster_height),
            only_page: None,
        }
    }

    fn provenance(&self, file_sha256: Option<String>) -> Provenance {
        Provenance {
            file_sha256,
            model: self.detector.identity(),
            rules: reading::RULES_VERSION.into(),
            engine: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

/// How much of an extraction is done once the file is read.
const READ_SHARE: f32 = 0.3;
/// How much of it is the look at the pages; the rest is choosing and keeping values.
const DETECTED_SHARE: f32 = 0.65;

/// Which pages no detector has seen, if any.
fn not_looked_at(pages: &[Page], looked_at: usize) -> Option<String> {
    let (first, last) = (pages.get(looked_at)?.number, pages.last()?.number);
    Some(format!("pages {first} to {last} were not looked at: the time for the document was over"))
}

fn summaries(document: &DocumentContent) -> Vec<PageSummary> {
    document
        .pages
        .iter()
        .map(|page| PageSummary {
            number: page.number,
            size: page.size,
            source: (page.text_layer.verdict == TextVerdict::Good).then_some(Source::TextLayer),
            text: page.text_layer.clone(),
        })
        .collect()
}

fn log(document: &DocumentContent, detections: &[Vec<Detection>], timing: &Timing) {
    tracing::debug!(
        pages = document.pages.len(),
        spans = detections.iter().map(Vec::len).sum::<usize>(),
        read_ms = timing.read.as_millis(),
        detect_ms = timing.detect.as_millis(),
        resolve_ms = timing.resolve.as_millis(),
        "read a document",
    );
}

#[cfg(test)]
mod tests {
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

    fn use_case(
        reader: MockDocumentReader,
        detector: MockFieldDetector,
        clock: MockClock,
    ) -> ExtractDocument {
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
        let request =
            ExtractRequest { progress: Some(Arc::clone(&progress)), ..ExtractRequest::new(*b"%PDF-") };
        use_case(reader, detector, clock()).execute(request).await.unwrap();
        assert!((progress.share() - 0.95).abs() < 1e-6, "{}", progress.share());
    }

    #[tokio::test]
    async fn a_raster_is_asked_for_when_somebody_looks_at_it() {
        for (needed, wanted, asked) in [
            (None, Some(800), Some(800)),
            (Some(1024), None, Some(1024)),
            (Some(1024), Some(800), Some(1024)),
        ] {
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
        assert_eq!(
            ExtractError::from(DetectError::Failed { reason: String::new() }).code(),
            "detector_failed"
        );
    }
}
