//! Another Rust service reads invoices with its own reader and its own detector, both in memory.
//!
//! `cargo run -p fieldmark-domain --example embed`

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use fieldmark_domain::commands::{ExtractDocument, ExtractRequest};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use fieldmark_domain::ports::{
    Clock, DetectError, DetectorIdentity, DocumentReader, FieldDetector, Needs, ReadError, ReadRequest,
};

/// Takes a file for plain text and sets it in a fixed pitch, a line below the other.
struct PlainTextReader;

#[async_trait]
impl DocumentReader for PlainTextReader {
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
        if request.bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        let text = String::from_utf8_lossy(&request.bytes).into_owned();
        let words = text.lines().enumerate().flat_map(|(row, line)| words_of(row, line)).collect();
        let page = Page {
            number: 1,
            size: PageSize { width_pt: 595.0, height_pt: 842.0 },
            words,
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        };
        Ok(DocumentContent::of_pages(vec![page]))
    }

    /// Plain text is read here and never kept, so that nothing asks.
    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        Err(ReadError::UnsupportedMediaType { found: "plain text".to_owned() })
    }
}

fn words_of(row: usize, line: &str) -> Vec<Word> {
    let mut column = 0;
    let mut words = Vec::new();
    for text in line.split(' ') {
        let width = text.chars().count();
        if width > 0 {
            let bounds = BoundingBox {
                left: 0.05 + 0.01 * column as f32,
                top: 0.05 + 0.02 * row as f32,
                width: 0.01 * width as f32,
                height: 0.014,
            };
            words.push(Word { text: text.to_owned(), bounds, font_size: 11.0 });
        }
        column += width + 1;
    }
    words
}

/// Knows fields by the word before them, which is all that this service's own invoices need.
struct KeywordDetector;

const KEYWORDS: [(&str, Field); 3] =
    [("Invoice", Field::InvoiceNumber), ("Date", Field::InvoiceDate), ("Total", Field::TotalGross)];

#[async_trait]
impl FieldDetector for KeywordDetector {
    fn identity(&self) -> DetectorIdentity {
        DetectorIdentity { name: "keywords-1".to_owned(), sha256: String::new() }
    }

    fn needs(&self) -> Needs {
        Needs { words: true, raster_height: None }
    }

    async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
        Ok(pages.iter().map(detections_on).collect())
    }
}

fn detections_on(page: &Page) -> Vec<Detection> {
    let pairs = page.words.iter().zip(page.words.iter().enumerate().skip(1));
    pairs
        .filter_map(|(keyword, (index, word))| {
            let (_, field) = KEYWORDS.iter().find(|(text, _)| *text == keyword.text)?;
            let words = vec![u32::try_from(index).ok()?];
            Some(Detection { class: SpanClass::Value(*field), score: 0.9, bounds: word.bounds, words })
        })
        .collect()
}

struct SystemClock(Instant);

impl Clock for SystemClock {
    fn now(&self) -> jiff::Timestamp {
        // This service has no use for the time of day.
        jiff::Timestamp::UNIX_EPOCH
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extract = ExtractDocument {
        reader: Arc::new(PlainTextReader),
        detector: Arc::new(KeywordDetector),
        clock: Arc::new(SystemClock(Instant::now())),
    };
    let invoice = "Harbour Books Ltd\n\nInvoice 2024-117\nDate 3 May 2024\nTotal £1,250.00\n";
    let extracted = extract.execute(ExtractRequest::new(invoice.as_bytes())).await?;
    let mut report = String::new();
    for label in &extracted.extraction.labels {
        report.push_str(&format!("{:16} {:12} {:.2}\n", label.field, label.value, label.confidence));
    }
    std::io::Write::write_all(&mut std::io::stdout(), report.as_bytes())?;
    Ok(())
}
