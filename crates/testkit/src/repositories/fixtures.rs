//! Labels, findings and edits for the suites, with something in every part that can hold something.

use std::time::Duration;

use fieldmark_domain::check::Check;
use fieldmark_domain::document::{Document, Outcome};
use fieldmark_domain::electronic_invoice::InvoiceSyntax;
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::extraction::{
    Decision, DocumentKind, ElectronicInvoiceSummary, Findings, InvoiceLine, Locale, PageSummary, Provenance,
    TaxLine, Timing,
};
use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::label::{
    Candidate, Label, LabelAct, LabelChange, LabelId, LabelState, Source, StoredLabel,
};
use fieldmark_domain::page::{PageSize, TextLayer, TextVerdict};
use fieldmark_domain::ports::{DetectorIdentity, LabelEdit};
use fieldmark_domain::scope::UserId;
use fieldmark_domain::values::{Currency, FieldValue, Money, ParseValueError};
use jiff::Timestamp;

use super::sample::{SampleOwner, fresh_id};
use crate::breach::{Breach, succeeds};

/// A box that stands nowhere else.
fn place(page: u32) -> PageBox {
    PageBox { page, bounds: BoundingBox { left: 0.71, top: 0.09, width: 0.11, height: 0.012 } }
}

fn value(field: Field, text: &str) -> Result<FieldValue, Breach> {
    let value: Result<FieldValue, ParseValueError> = FieldValue::parse_stated(field.kind(), text);
    succeeds("the sample's values are values", value)
}

/// A label of a document that says so, with two candidates; new, so that its version is 0.
pub(super) fn label(
    document: &Document,
    field: Field,
    text: &str,
    now: Timestamp,
) -> Result<StoredLabel, Breach> {
    let value = value(field, text)?;
    let candidate = |score: f32| Candidate {
        value: value.clone(),
        raw: format!("Nr {text}"),
        score,
        place: Some(place(1)),
        caption: None,
        checks: vec![Check::new("made_up", score > 0.5)],
        reasons: vec!["beside its caption".to_owned()],
    };
    let label = Label {
        field,
        value: value.clone(),
        currency: (field.kind() == FieldKind::Money).then_some(Currency::SEK),
        raw: format!("{text} %_\\"),
        confidence: 0.875,
        source: Source::TextLayer,
        place: Some(place(1)),
        caption: Some(place(2)),
        checks: vec![Check::new("seen_in_xml", true), Check::new("made_up", false).because("1 for 2")],
        candidates: vec![candidate(0.9), candidate(0.1)],
    };
    Ok(StoredLabel {
        id: LabelId(fresh_id()),
        document: document.id,
        label,
        reviewed_by: None,
        version: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    })
}

/// What the history says of a label.
pub(super) fn change(
    act: LabelAct,
    before: Option<&StoredLabel>,
    after: &StoredLabel,
    now: Timestamp,
) -> LabelChange {
    LabelChange {
        id: fresh_id(),
        document: after.document,
        label: after.id,
        field: after.label.field,
        act,
        before: before.map(|label| LabelState::from(&label.label)),
        after: after.deleted_at.is_none().then(|| LabelState::from(&after.label)),
        by: Some(UserId(fresh_id())),
        at: now,
    }
}

/// What a document was read as.
pub(super) fn outcome() -> Outcome {
    Outcome {
        kind: Some(DocumentKind::Invoice),
        currency: Some(Currency::SEK),
        page_count: 3,
        decision: Decision::Review { reasons: vec!["two totals".to_owned(), "“odd” name".to_owned()] },
        min_confidence: Some(0.875),
        repeats: None,
    }
}

/// What else was read, with nothing left out.
pub(super) fn findings() -> Result<Findings, Breach> {
    let amount = |text: &str| succeeds("the sample's amounts are amounts", text.parse());
    Ok(Findings {
        kind: Some(DocumentKind::CreditNote),
        locale: Locale::parse("sv-SE"),
        currency: Some(Currency::EUR),
        pages: vec![page(1, TextVerdict::Good), page(2, TextVerdict::Garbled), page(3, TextVerdict::None)],
        page_count: 4,
        tax: vec![TaxLine {
            category: Some("S".to_owned()),
            rate: Some(amount("25.00")?),
            net: Some(Money::new(amount("1000")?)),
            tax: Some(Money::new(amount("250.0001")?)),
        }],
        lines: vec![InvoiceLine {
            position: 1,
            code: Some("A\0 1".to_owned()),
            description: Some("Brädor, \"hyvlade\"".to_owned()),
            quantity: Some(amount("2.5")?),
            unit: Some("MTR".to_owned()),
            unit_price_net: Some(Money::new(amount("400")?)),
            amount_net: Some(Money::new(amount("1000")?)),
            tax_rate: Some(amount("25")?),
        }],
        electronic_invoice: Some(ElectronicInvoiceSummary {
            syntax: InvoiceSyntax::Ubl,
            specification: Some("urn:cen.eu:en16931:2017".to_owned()),
            attachment: None,
        }),
        checks: vec![Check::new("net_plus_tax_is_gross", true)],
        decision: Decision::Accept,
        provenance: Provenance {
            file_sha256: Some("0".repeat(64)),
            model: DetectorIdentity { name: "made-up-1".to_owned(), sha256: "1".repeat(64) },
            rules: "7".into(),
            engine: "0.1.0".into(),
        },
        timing: Timing {
            read: Duration::from_nanos(4_100_001),
            detect: Duration::from_millis(9),
            resolve: Duration::ZERO,
        },
    })
}

fn page(number: u32, verdict: TextVerdict) -> PageSummary {
    PageSummary {
        number,
        size: PageSize { width_pt: 595.3, height_pt: 841.9 },
        source: (verdict == TextVerdict::Good).then_some(Source::TextLayer),
        text: TextLayer { verdict, reasons: vec!["made up".to_owned()] },
    }
}

impl SampleOwner {
    /// What a person does with a label of a document as it is kept.
    pub(super) fn edit(
        &self,
        document: &Document,
        act: LabelAct,
        before: Option<&StoredLabel>,
        label: StoredLabel,
        now: Timestamp,
    ) -> LabelEdit {
        let (id, field) = (label.id, label.label.field);
        let occurrence = match act {
            LabelAct::Added => Occurrence::LabelAdded { label: id, field },
            LabelAct::Deleted => Occurrence::LabelDeleted { label: id, field },
            LabelAct::Read | LabelAct::Corrected => Occurrence::LabelCorrected { label: id, field },
        };
        LabelEdit {
            document: Document { updated_at: now, ..document.clone() },
            others: Vec::new(),
            findings: None,
            change: change(act, before, &label, now),
            event: self.event(document.id, occurrence, now),
            label,
        }
    }
}
