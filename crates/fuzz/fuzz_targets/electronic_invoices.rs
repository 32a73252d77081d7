//! Any bytes as an e-invoice, and what the domain makes of one: sums, quotients and signs of any stated numbers.
#![no_main]

use fieldmark_document_reader::fuzzing::read_electronic_invoice;
use fieldmark_domain::document::{Document, MediaType};
use fieldmark_domain::electronic_invoice::ElectronicInvoice;
use fieldmark_domain::field::FieldKind;
use fieldmark_domain::reading::{ReadingOptions, read_fields};
use fieldmark_domain::values::FieldValue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match read_electronic_invoice(bytes) {
        Ok(invoice) => {
            is_bounded(&invoice);
            is_read(invoice);
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

fn is_read(invoice: ElectronicInvoice) {
    let line_count = invoice.lines.len();
    let document = Document {
        media_type: MediaType::Xml,
        electronic_invoices: vec![invoice],
        ..Document::of_pages(Vec::new())
    };
    let options = ReadingOptions { threshold: 0.0, with_candidates: true };
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
