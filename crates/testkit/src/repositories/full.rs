//! A reading with a value in every property, so that a database that loses one is detected.

use std::time::Duration;

use fieldmark_domain::check::Check;
use fieldmark_domain::document::{DocumentId, Outcome};
use fieldmark_domain::electronic_invoice::InvoiceSyntax;
use fieldmark_domain::extraction::{
    Decision, DocumentKind, ElectronicInvoiceSummary, Findings, InvoiceLine, Locale, PageSummary, Provenance,
    TaxLine, Timing,
};
use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::label::{Candidate, Label, Source};
use fieldmark_domain::page::{PageSize, TextLayer, TextVerdict};
use fieldmark_domain::ports::DetectorIdentity;
use fieldmark_domain::values::{Currency, FieldValue, Money, Notation};

use crate::breach::{Breach, is_there, succeeds};

/// A value of the field's kind.
pub(super) fn value(field: Field, text: &str) -> Result<FieldValue, Breach> {
    let parsed = FieldValue::parse(field.kind(), text, &Notation::default());
    succeeds("the sample's values are of their fields' kinds", parsed)
}

/// A value for each kind, as printed on a document.
const fn sample_text(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Identifier => "RÉ-2024/17%_\\",
        FieldKind::Date => "2024-02-29",
        FieldKind::Money => "-1234.56",
        FieldKind::Currency => "SEK",
        FieldKind::Name => "Ångström & Söhne 株式会社",
        FieldKind::VatId => "SE556036079301",
        FieldKind::OrgNumber => "556036-0793",
        FieldKind::Iban => "DE89370400440532013000",
        FieldKind::Bic => "COBADEFFXXX",
        FieldKind::PaymentReference => "RF18539007547034",
        FieldKind::Bankgiro => "5050-1055",
        FieldKind::Plusgiro => "90 19 50-6",
        FieldKind::FikLine => "+71<000000000000018+12345678<",
        FieldKind::Account => "8601.11.17947",
        FieldKind::Email => "ekonomi@ekholm.example",
        FieldKind::Address => "Verkstadsgatan 4, 123 45 Sala",
        FieldKind::Text => "30 dagar netto, därefter 8 % ränta",
    }
}

fn amount(text: &str) -> Result<Money, Breach> {
    is_there("an amount is one", value(Field::TotalNet, text)?.money())
}

fn currency() -> Result<Currency, Breach> {
    match value(Field::Currency, "SEK")? {
        FieldValue::Currency(currency) => Ok(currency),
        other => is_there("a currency is one", None)
            .map_err(|breach| Breach { found: other.to_string(), ..breach }),
    }
}

fn on_page(page: u32, left: f32) -> PageBox {
    PageBox { page, bounds: BoundingBox { left, top: 0.1, width: 0.2, height: 0.0125 } }
}

/// A label with a value in every property.
pub(super) fn full_label(field: Field) -> Result<Label, Breach> {
    let value = value(field, sample_text(field.kind()))?;
    Ok(Label {
        field,
        currency: if field.kind() == FieldKind::Money { Some(currency()?) } else { None },
        raw: format!("„{value}“ 'as' \"printed\""),
        confidence: 0.875,
        source: Source::TextLayer,
        place: Some(on_page(1, 0.3)),
        caption: Some(on_page(1, 0.1)),
        checks: vec![
            Check::new("not_seen_before", true),
            Check::new("net_plus_tax_is_gross", false).because("1 + 2 ≠ 4"),
        ],
        candidates: vec![
            candidate(value.clone(), 0.75),
            Candidate { place: None, ..candidate(value.clone(), 0.1) },
        ],
        value,
    })
}

/// A label of every field, in the order of [`Field::ALL`].
pub(super) fn full_labels() -> Result<Vec<Label>, Breach> {
    Field::ALL.iter().map(|field| full_label(*field)).collect()
}

fn candidate(value: FieldValue, score: f32) -> Candidate {
    Candidate {
        raw: value.to_string(),
        value,
        score,
        place: Some(on_page(2, 0.7)),
        caption: None,
        checks: vec![Check::new("iban_mod_97", false)],
        reasons: vec!["beside „Rechnung“".to_owned(), "alone on its line".to_owned()],
    }
}

/// Findings with a value in every property.
pub(super) fn full_findings() -> Result<Findings, Breach> {
    Ok(Findings {
        kind: Some(DocumentKind::CreditNote),
        kind_confidence: Some(0.875),
        locale: Some(is_there("documents are read in Swedish", Locale::parse("sv-SE"))?),
        currency: Some(currency()?),
        pages: vec![page(1, Some(Source::TextLayer), TextVerdict::Good), page(2, None, TextVerdict::Garbled)],
        page_count: 3,
        tax: vec![tax("25.00")?, TaxLine { category: None, rate: None, net: None, tax: None }],
        lines: vec![line()?],
        electronic_invoice: Some(ElectronicInvoiceSummary {
            syntax: InvoiceSyntax::Ubl,
            specification: Some("urn:cen.eu:en16931:2017".to_owned()),
            attachment: Some("factur-x.xml".to_owned()),
        }),
        checks: vec![Check::new("due_after_issue", false).because("2024-02-28 is before 2024-02-29")],
        decision: review(),
        provenance: Provenance {
            file_sha256: Some("ab".repeat(32)),
            model: DetectorIdentity { name: "layout-2".to_owned(), sha256: "cd".repeat(32) },
            rules: "7".into(),
            engine: "0.1.0".into(),
        },
        // Durations are stored with a precision of milliseconds.
        timing: Timing {
            read: Duration::from_millis(1200),
            detect: Duration::from_millis(34),
            resolve: Duration::from_millis(5),
        },
    })
}

fn review() -> Decision {
    Decision::of(vec!["total_gross is not sure".to_owned(), "„net“ is missing".to_owned()])
}

fn page(number: u32, source: Option<Source>, verdict: TextVerdict) -> PageSummary {
    PageSummary {
        number,
        size: PageSize { width_pt: 595.25, height_pt: 841.875 },
        source,
        text: TextLayer { verdict, reasons: vec![format!("page {number} says so")] },
    }
}

fn tax(rate: &str) -> Result<TaxLine, Breach> {
    Ok(TaxLine {
        category: Some("S".to_owned()),
        rate: Some(amount(rate)?.amount()),
        net: Some(amount("100.00")?),
        tax: Some(amount("25.00")?),
    })
}

fn line() -> Result<InvoiceLine, Breach> {
    Ok(InvoiceLine {
        position: 1,
        code: Some("A-1".to_owned()),
        description: Some("Räksmörgås".to_owned()),
        quantity: Some(amount("2.50")?.amount()),
        unit: Some("C62".to_owned()),
        unit_price_net: Some(amount("40.0025")?),
        amount_net: Some(amount("100.01")?),
        tax_rate: None,
    })
}

/// The outcome of full findings.
pub(super) fn full_outcome(repeats: Option<DocumentId>) -> Result<Outcome, Breach> {
    Ok(Outcome {
        kind: Some(DocumentKind::CreditNote),
        currency: Some(currency()?),
        page_count: 3,
        decision: review(),
        min_confidence: Some(0.875),
        repeats,
    })
}
