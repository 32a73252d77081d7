//! From a file's bytes to its fields.
//!
//! Knows the order of the steps and what each may answer; how files are read and spans found is the
//! business of the adapters behind the ports.

use std::sync::Arc;

use crate::detection::Detection;
use crate::document::Document;
use crate::extraction::{Extraction, PageSummary, Provenance, Timing};
use crate::label::Source;
use crate::ports::{Clock, DetectError, DocumentReader, FieldDetector, ReadError, ReadRequest};
use crate::reading::{self, ReadingOptions, read_fields};

/// Reads a document and the fields in it.
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
    /// Asks for a page raster of at least this many rows, for instance to draw on it, even when the
    /// detector needs none.
    pub raster_height: Option<u32>,
    /// What of the result is wanted.
    pub options: ReadingOptions,
}

impl ExtractRequest {
    /// A request with nothing but the bytes of an unencrypted file.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let options = ReadingOptions::default();
        Self { bytes: bytes.into(), password: None, sha256: None, raster_height: None, options }
    }
}

impl std::fmt::Debug for ExtractRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ExtractRequest")
            .field("bytes", &self.bytes.len())
            .field("password", &self.password.as_ref().map(|_| "…"))
            .field("sha256", &self.sha256)
            .field("raster_height", &self.raster_height)
            .field("options", &self.options)
            .finish()
    }
}

/// A document and what was read from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// The pages, as the reader gave them.
    pub document: Document,
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
    /// Reads the file, finds spans, and chooses values. Detection blocks the calling thread.
    ///
    /// # Errors
    /// [`ExtractError::Read`] when the file cannot be read, [`ExtractError::Detect`] when the detector fails.
    pub async fn execute(&self, request: ExtractRequest) -> Result<Extracted, ExtractError> {
        let start = self.clock.monotonic();
        let document = self.reader.read(self.read_request(&request)).await?;
        let read = self.clock.monotonic();
        let detections = self.detector.detect(&document.pages)?;
        let detected = self.clock.monotonic();
        let reading = read_fields(&document, &detections, &request.options);
        let timing = Timing {
            read: read.saturating_sub(start),
            detect: detected.saturating_sub(read),
            resolve: self.clock.monotonic().saturating_sub(detected),
        };
        log(&document, &detections, &timing);
        let extraction = Extraction {
            locale: reading.locale,
            currency: reading.currency,
            pages: summaries(&document),
            labels: reading.labels,
            checks: reading.checks,
            decision: reading.decision,
            provenance: self.provenance(request.sha256),
            timing,
        };
        Ok(Extracted { document, extraction })
    }

    /// A raster costs time: it is asked for only when somebody looks at it.
    fn read_request(&self, request: &ExtractRequest) -> ReadRequest {
        ReadRequest {
            bytes: Arc::clone(&request.bytes),
            password: request.password.clone(),
            raster_height: self.detector.needs().raster_height.max(request.raster_height),
        }
    }

    fn provenance(&self, file_sha256: Option<String>) -> Provenance {
        Provenance {
            file_sha256,
            model: self.detector.identity(),
            rules: reading::RULES_VERSION,
            engine: env!("CARGO_PKG_VERSION"),
        }
    }
}

fn summaries(document: &Document) -> Vec<PageSummary> {
    document
        .pages
        .iter()
        .map(|page| PageSummary { number: page.number, size: page.size, source: Source::TextLayer })
        .collect()
}

fn log(document: &Document, detections: &[Vec<Detection>], timing: &Timing) {
    tracing::debug!(
        pages = document.pages.len(),
        spans = detections.iter().map(Vec::len).sum::<usize>(),
        read_ms = timing.read.as_millis(),
        detect_ms = timing.detect.as_millis(),
        resolve_ms = timing.resolve.as_millis(),
        "read a document",
    );
}
