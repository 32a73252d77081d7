//! Labels of a document with an e-invoice: its values take precedence, and each is compared with
//! the page.

mod comparison;
mod printed;
mod stated;

pub(super) use stated::StatedInvoice;

use comparison::Comparison;
use stated::StatedValue;

use super::ReadingOptions;
use super::candidates::Candidates;
use super::confidence::HIGHEST;
use super::evidence::PageEvidence;
use crate::check::Check;
use crate::field::{Field, FieldKind};
use crate::label::{Candidate, Label, Source};

/// Confidence of a stated value that fails one of its own checks.
const DOUBTED_CONFIDENCE: f32 = 0.9;
/// Confidence of a stated value if the page shows another one.
const CONTRADICTED_CONFIDENCE: f32 = 0.6;

/// The labels of a document with an e-invoice: the stated values, and the pages' values for the
/// other fields.
pub(super) fn with_statements(
    invoice: &StatedInvoice,
    of_pages: Vec<Label>,
    pages: &[PageEvidence],
    candidates: &Candidates,
    options: &ReadingOptions,
) -> Vec<Label> {
    // With direct debit the page prints the account that is debited.
    let iban = of_pages.iter().find(|label| label.field == Field::SupplierIban);
    let shows_payers = iban.is_some_and(|label| invoice.is_payers(&label.value));
    let is_payers_bank =
        |field: Field| shows_payers && matches!(field, Field::SupplierIban | Field::SupplierBic);
    let label = |field: &Field| {
        let of_page = of_pages.iter().find(|label| label.field == *field);
        let Some(value) = invoice.value(*field) else {
            return of_page.filter(|_| !is_payers_bank(*field)).cloned();
        };
        let comparison = Comparison::of(invoice, *field, &of_pages, pages, candidates);
        let mut label = label_of(invoice, *field, value, comparison);
        if options.with_candidates {
            label.candidates = vec![as_candidate(&label)];
            let shown = candidates.get(field).into_iter().flatten();
            label.candidates.extend(shown.map(|contender| contender.candidate.clone()));
        }
        Some(label)
    };
    Field::ALL.iter().filter_map(label).collect()
}

fn label_of(invoice: &StatedInvoice, field: Field, stated: &StatedValue, comparison: Comparison) -> Label {
    let mut checks = stated.checks(invoice.country);
    let confidence = match &comparison {
        Comparison::Differs { .. } => CONTRADICTED_CONFIDENCE,
        _ if checks.iter().any(|check| !check.passed) => DOUBTED_CONFIDENCE,
        _ => HIGHEST,
    };
    checks.extend(seen_on_page(&comparison, stated));
    let (place, caption) = match comparison {
        Comparison::Shown { place, caption } => (place, caption),
        Comparison::Differs { place, .. } => (place, None),
        Comparison::NotShown => (None, None),
    };
    Label {
        field,
        value: stated.value.clone(),
        currency: invoice.currency.filter(|_| field.kind() == FieldKind::Money),
        raw: stated.text.clone(),
        confidence,
        source: Source::Xml,
        place,
        caption,
        checks,
        candidates: Vec::new(),
    }
}

/// The check `seen_on_page`, if the page can be compared.
fn seen_on_page(comparison: &Comparison, stated: &StatedValue) -> Option<Check> {
    match comparison {
        Comparison::Shown { .. } => Some(Check::new("seen_on_page", true)),
        Comparison::Differs { on_page, .. } => Some(
            Check::new("seen_on_page", false)
                .because(format!("the e-invoice states {}, the page shows {on_page}", stated.value)),
        ),
        Comparison::NotShown => None,
    }
}

fn as_candidate(label: &Label) -> Candidate {
    Candidate {
        value: label.value.clone(),
        raw: label.raw.clone(),
        score: label.confidence,
        place: label.place,
        caption: label.caption,
        checks: label.checks.clone(),
        reasons: vec!["the e-invoice states it".to_owned()],
    }
}
