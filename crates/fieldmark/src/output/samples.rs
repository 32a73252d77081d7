//! Reports for the tests of what is made of them.

use fieldmark_domain::field::Field;
use fieldmark_report::{
    BoxReport, CheckReport, ExtractionReport, FieldReport, FileReport, Outcome, PageReport, ProvenanceReport,
    TextReport, TimingReport,
};

/// A field without a place.
pub fn field(value: &str, confidence: f64) -> FieldReport {
    FieldReport {
        value: value.to_owned(),
        currency: None,
        raw: value.to_owned(),
        confidence,
        source: "text_layer",
        place: None,
        label_box: None,
        checks: Vec::new(),
        candidates: None,
    }
}

/// A check without a detail.
pub fn check(name: &str, passed: bool) -> CheckReport {
    CheckReport { name: name.to_owned(), passed, detail: None }
}

/// A box on the first page.
pub fn place(left: f64, top: f64) -> BoxReport {
    BoxReport { page: 1, left, top, width: 0.2, height: 0.02 }
}

/// A read invoice of one page.
pub fn read(file: &str) -> FileReport {
    let number = FieldReport { place: Some(place(0.6, 0.1)), ..field("F-7, second", 0.98) };
    let total = FieldReport {
        currency: Some("SEK".to_owned()),
        place: Some(place(0.6, 0.8)),
        checks: vec![check("net_plus_tax_is_gross", false)],
        ..field("1250.00", 0.61)
    };
    let iban =
        FieldReport { checks: vec![check("iban_mod_97", true)], ..field("DE89370400440532013000", 0.95) };
    let extraction = ExtractionReport {
        kind: None,
        kind_confidence: None,
        locale: Some("sv-SE".to_owned()),
        currency: Some("SEK".to_owned()),
        pages: vec![PageReport {
            number: 1,
            width_pt: 595.3,
            height_pt: 841.9,
            source: Some("text_layer"),
            text: TextReport { verdict: "good", reasons: Vec::new() },
        }],
        page_count: 1,
        fields: vec![
            (Field::InvoiceNumber, number),
            (Field::TotalGross, total),
            (Field::SupplierName, field("請求書 AB", 0.9)),
            (Field::SupplierIban, iban),
        ],
        tax: Vec::new(),
        lines: Vec::new(),
        e_invoice: None,
        checks: vec![check("net_plus_tax_is_gross", false)],
        decision: "review".to_owned(),
        reasons: vec!["net + tax is not gross".to_owned()],
        provenance: ProvenanceReport {
            file_sha256: Some("00ff".to_owned()),
            model: "layout-2".to_owned(),
            model_sha256: "11ee".to_owned(),
            rules: "1".to_owned(),
            engine: "0.1.0".to_owned(),
        },
        timing_ms: TimingReport { read: 4.1, detect: 9.8, resolve: 0.4 },
    };
    FileReport { file: file.to_owned(), outcome: Outcome::Read(Box::new(extraction)) }
}
