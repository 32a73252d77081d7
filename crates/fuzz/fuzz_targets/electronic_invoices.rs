//! Any bytes as an e-invoice, and what the domain makes of one, alone and beside a page that prints what it states:
//! sums, quotients and signs of any stated numbers, and the search for any stated text.
#![no_main]

use fieldmark_document_reader::fuzzing::read_electronic_invoice;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::electronic_invoice::ElectronicInvoice;
use fieldmark_domain::field::FieldKind;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use fieldmark_domain::reading::{ReadingOptions, read_fields};
use fieldmark_domain::values::FieldValue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match read_electronic_invoice(bytes) {
        Ok(invoice) => {
            is_bounded(&invoice);
            is_read(invoice.clone(), Vec::new());
            let page = page_of(&invoice);
            is_read(invoice, vec![page]);
        }
        Err(reason) => assert!(!reason.is_empty() && reason.chars().count() < 1000, "{reason}"),
    }
});

fn is_bounded(invoice: &ElectronicInvoice) {
    assert!(invoice.statements.len() <= 200 && invoice.tax.len() <= 200 && invoice.lines.len() <= 5000);
    assert!(invoice.lines.len() <= invoice.line_count as usize);
    for statement in &invoice.statements {
        assert!(!statement.text.trim().is_empty(), "{statement:?}");
        // A payment line is put together of two texts.
        assert!(statement.text.chars().count() <= 2 * 500 + 10, "{statement:?}");
    }
}

/// Prints the stated texts in lines of some words.
fn page_of(invoice: &ElectronicInvoice) -> Page {
    const MOST_WORDS: usize = 200;
    const WORDS_OF_A_LINE: usize = 10;
    let texts = invoice.statements.iter().flat_map(|statement| statement.text.split_whitespace());
    let word = |(index, text): (usize, &str)| {
        let (line, place) = ((index / WORDS_OF_A_LINE) as f32, (index % WORDS_OF_A_LINE) as f32);
        let bounds = BoundingBox { left: place / 10.0, top: line / 20.0, width: 0.09, height: 0.012 };
        Word { text: text.to_owned(), bounds, font_size: 10.0 }
    };
    Page {
        number: 1,
        size: PageSize { width_pt: 595.3, height_pt: 841.9 },
        words: texts.take(MOST_WORDS).enumerate().map(word).collect(),
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    }
}

fn is_read(invoice: ElectronicInvoice, pages: Vec<Page>) {
    let line_count = invoice.lines.len();
    let document = DocumentContent {
        media_type: MediaType::Xml,
        electronic_invoices: vec![invoice],
        ..DocumentContent::of_pages(pages)
    };
    let options = ReadingOptions { threshold: 0.0, with_candidates: true, ..ReadingOptions::default() };
    let reading = read_fields(&document, &[], &options);
    assert_eq!(reading.lines.len(), line_count);
    assert!(reading.kind.is_some() && reading.electronic_invoice.is_some());
    for label in &reading.labels {
        assert!((0.0..=1.0).contains(&label.confidence), "{label:?}");
        // Whatever its sign became, it is still an amount that can be stated.
        if label.field.kind() == FieldKind::Money {
            let again = FieldValue::parse_stated(FieldKind::Money, &label.value.to_string());
            assert_eq!(again.as_ref(), Ok(&label.value));
        }
    }
}
