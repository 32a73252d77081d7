//! A detector of one's own: the field detector's promises, held by the suite, and what it finds on a page.
//!
//! `cargo run -p fieldmark-domain --example own_detector`

use fieldmark_domain::async_trait::async_trait;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, FieldDetector, Needs};
use fieldmark_domain::reading::{ReadingOptions, read_fields};
use fieldmark_testkit::{field_detector, pages};

/// Knows a field by the word before it, which is all that one's own invoices need.
struct KeywordDetector;

const KEYWORDS: [(&str, Field); 3] =
    [("number:", Field::InvoiceNumber), ("date:", Field::InvoiceDate), ("GBP", Field::TotalGross)];

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
    let pairs = page.words.iter().zip(page.words.iter().zip(0..).skip(1));
    pairs
        .filter_map(|(keyword, (word, index))| {
            let (_, field) = KEYWORDS.iter().find(|(text, _)| *text == keyword.text)?;
            let class = SpanClass::Value(*field);
            Some(Detection { class, score: 0.9, bounds: word.bounds, words: vec![index] })
        })
        .collect()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    field_detector::keeps_its_promises(&KeywordDetector).await?;
    let mut report = "the detector keeps its promises\n".to_owned();
    // What the reading makes of the detections: values, checks and confidences.
    let page = pages::invoice(1);
    let detections = KeywordDetector.detect(std::slice::from_ref(&page)).await?;
    let content = DocumentContent::of_pages(vec![page]);
    for label in read_fields(&content, &detections, &ReadingOptions::default()).labels {
        report.push_str(&format!("{:16} {:12} {:.2}\n", label.field, label.value, label.confidence));
    }
    std::io::Write::write_all(&mut std::io::stdout(), report.as_bytes())?;
    Ok(())
}
