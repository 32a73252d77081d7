//! Builds labels from the choice: confidences, currencies, and the requested candidates.

use super::ReadingOptions;
use super::candidates::{Candidates, key};
use super::choice::{Choice, Chosen};
use super::confidence::{Evidence, confidence_of, evidence, evidence_of_score};
use super::locale::{CurrencyFinding, DocumentLocale};
use crate::field::{Field, FieldKind};
use crate::label::{Candidate, Label, Source};
use crate::values::FieldValue;

/// The labels of all chosen values of any confidence, in the order of [`Field::ALL`].
pub(super) fn labels(
    locale: &DocumentLocale,
    candidates: &Candidates,
    choice: &Choice,
    options: &ReadingOptions,
) -> Vec<Label> {
    let label = |field: &Field| match (field, &locale.currency) {
        (Field::Currency, Some(finding)) => Some(currency_label(finding, options)),
        _ => choice.get(field).map(|chosen| label_of(*field, chosen, locale, candidates, options)),
    };
    Field::ALL.iter().filter_map(label).collect()
}

/// The evidence for the choice of each field that has one.
pub(super) fn evidence_for_all(
    locale: &DocumentLocale,
    candidates: &Candidates,
    choice: &Choice,
) -> Vec<(Field, FieldValue, Evidence)> {
    let of_field = |field: &Field| match (field, &locale.currency) {
        (Field::Currency, Some(finding)) => {
            Some((FieldValue::Currency(finding.currency), evidence_for_currency(finding)))
        }
        _ => {
            let chosen = choice.get(field)?;
            Some((chosen.candidate.value.clone(), evidence_for(*field, chosen, candidates)))
        }
    };
    let all = Field::ALL.iter();
    all.filter_map(|field| of_field(field).map(|(value, evidence)| (*field, value, evidence))).collect()
}

fn evidence_for(field: Field, chosen: &Chosen, candidates: &Candidates) -> Evidence {
    evidence(chosen, candidates.get(&field).map_or(&[][..], Vec::as_slice))
}

fn evidence_for_currency(finding: &CurrencyFinding) -> Evidence {
    evidence_of_score(finding.score, finding.place.is_none())
}

fn label_of(
    field: Field,
    chosen: &Chosen,
    locale: &DocumentLocale,
    candidates: &Candidates,
    options: &ReadingOptions,
) -> Label {
    let candidate = chosen.candidate.clone();
    let is_money = field.kind() == FieldKind::Money;
    // The chosen one first, with the reasons from sums and other fields.
    let others = candidates.get(&field).into_iter().flatten().map(|contender| contender.candidate.clone());
    let others = others.filter(|other| key(&other.value) != key(&candidate.value));
    let all = || std::iter::once(candidate.clone()).chain(others).collect();
    let all = if options.with_candidates { all() } else { Vec::new() };
    Label {
        field,
        confidence: confidence_of(field, &evidence_for(field, chosen, candidates)),
        currency: locale.currency.as_ref().filter(|_| is_money).map(|finding| finding.currency),
        source: chosen.source,
        value: candidate.value,
        raw: candidate.raw,
        place: candidate.place,
        caption: candidate.caption,
        checks: candidate.checks,
        candidates: all,
    }
}

fn currency_label(finding: &CurrencyFinding, options: &ReadingOptions) -> Label {
    let candidate = Candidate {
        value: FieldValue::Currency(finding.currency),
        raw: finding.raw.clone(),
        score: finding.score,
        place: finding.place,
        caption: None,
        checks: Vec::new(),
        reasons: vec![finding.reason.to_owned()],
    };
    Label {
        field: Field::Currency,
        value: FieldValue::Currency(finding.currency),
        currency: None,
        raw: finding.raw.clone(),
        confidence: confidence_of(Field::Currency, &evidence_for_currency(finding)),
        source: if finding.place.is_some() { Source::TextLayer } else { Source::Derived },
        place: finding.place,
        caption: None,
        checks: Vec::new(),
        candidates: if options.with_candidates { vec![candidate] } else { Vec::new() },
    }
}
