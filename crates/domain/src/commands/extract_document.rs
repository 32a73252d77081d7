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
mod tests;
