//! Values derived from others: the amount due from the gross total, a missing total from the two
//! others, references from payment lines, a register's number from the VAT number.

use super::arithmetic::is_usual_rate;
use super::candidates::Candidates;
use super::choice::{Choice, Chosen};
use super::evidence::PageEvidence;
use super::locale::DocumentLocale;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::label::{Candidate, Source};
use crate::values::{CountryCode, FieldValue, Money};

/// Minimum score of a chosen total that others are derived from.
const MIN_SCORE: f32 = 0.15;

pub(super) fn complete(
    pages: &[PageEvidence],
    locale: &DocumentLocale,
    candidates: &Candidates,
    choice: &mut Choice,
) {
    let is_paid_or_carried_over = is_paid_or_carried_over(pages);
    third_total(choice);
    if !is_paid_or_carried_over {
        gross_from_due(choice);
        due_from_gross(choice);
    }
    reference_from_line(candidates, choice);
    kid_from_reference(locale.country, choice);
    delivery_from_period(candidates, choice);
    org_number_from_vat(choice);
}

/// A period of one day is also the delivery date.
fn delivery_from_period(candidates: &Candidates, choice: &mut Choice) {
    let date = |field: Field| choice.get(&field).and_then(|chosen| chosen.candidate.value.date());
    let has_end = candidates.get(&Field::ServiceEnd).is_some_and(|ends| !ends.is_empty());
    let is_day = match date(Field::ServiceEnd) {
        Some(end) => Some(end) == date(Field::ServiceStart),
        None => !has_end,
    };
    let known = choice.get(&Field::DeliveryDate).is_some_and(|known| known.candidate.score >= MIN_SCORE);
    if known || !is_day {
        return;
    }
    if let Some(mut day) = choice.remove(&Field::ServiceStart) {
        day.candidate.reasons.push("a period of one day".to_owned());
        choice.remove(&Field::ServiceEnd);
        choice.insert(Field::DeliveryDate, day);
    }
}

/// If no register's number is printed, or only with a low score, uses the one that the VAT number
/// contains.
fn org_number_from_vat(choice: &mut Choice) {
    let clear = choice.get(&Field::SupplierOrgNumber).is_some_and(|chosen| {
        let holds = chosen.candidate.checks.iter().all(|check| check.passed);
        chosen.candidate.score >= if holds { MIN_SCORE } else { 0.5 }
    });
    let Some(vat) = choice.get(&Field::SupplierVatId).filter(|vat| !clear && vat.candidate.score >= 0.5)
    else {
        return;
    };
    let FieldValue::VatId(id) = &vat.candidate.value else { return };
    let Some(number) = id.org_number() else { return };
    let mut chosen = vat.clone();
    chosen.source = Source::Derived;
    chosen.candidate.score *= 0.6;
    chosen.candidate.value = FieldValue::OrgNumber(number);
    chosen.candidate.checks = chosen.candidate.value.checks(id.country());
    chosen.candidate.reasons = vec!["the register's number inside the VAT number".to_owned()];
    choice.insert(Field::SupplierOrgNumber, chosen);
}

fn money(choice: &Choice, field: Field) -> Option<Money> {
    choice
        .get(&field)
        .filter(|chosen| chosen.candidate.score.max(chosen.proven) >= MIN_SCORE)?
        .candidate
        .value
        .money()
}

/// Copies another field's choice with a lower score.
fn follow(choice: &mut Choice, from: Field, to: Field, share: f32, reason: &str) {
    let Some(origin) = choice.get(&from) else { return };
    let mut chosen = origin.clone();
    chosen.source = Source::Derived;
    chosen.candidate.score *= share;
    chosen.proven *= share;
    chosen.candidate.reasons = vec![reason.to_owned()];
    choice.insert(to, chosen);
}

/// If only the amount to pay is printed, it is the total.
fn gross_from_due(choice: &mut Choice) {
    let weak = choice
        .get(&Field::TotalGross)
        .is_none_or(|gross| gross.candidate.score.max(gross.proven) < MIN_SCORE);
    if weak && money(choice, Field::AmountDue).is_some() {
        follow(choice, Field::AmountDue, Field::TotalGross, 0.7, "the amount to pay, as no total is printed");
    }
}

/// Derives net, tax or gross from the two others, if the tax rate is then a usual one.
fn third_total(choice: &mut Choice) {
    let amount = |field| money(choice, field).map(Money::amount);
    let (net, tax, gross) = (amount(Field::TotalNet), amount(Field::TotalTax), amount(Field::TotalGross));
    let (field, value, reason) = match (net, tax, gross) {
        (Some(net), None, Some(gross)) if is_usual_rate(net, gross - net) => {
            (Field::TotalTax, gross - net, "the difference of gross and net")
        }
        (None, Some(tax), Some(gross)) if is_usual_rate(gross - tax, tax) => {
            (Field::TotalNet, gross - tax, "the difference of gross and tax")
        }
        (Some(net), Some(tax), None) if is_usual_rate(net, tax) => {
            (Field::TotalGross, net + tax, "net and tax together")
        }
        _ => return,
    };
    let value = FieldValue::Money(Money::new(value));
    choice.insert(field, derived(value, 0.45, reason));
}

pub(super) fn derived(value: FieldValue, score: f32, reason: &str) -> Chosen {
    let candidate = Candidate {
        value,
        raw: String::new(),
        score,
        place: None,
        caption: None,
        checks: Vec::new(),
        reasons: vec![reason.to_owned()],
    };
    Chosen { candidate, source: Source::Derived, proven: 0.0 }
}

/// Whether something was paid before or is carried over, so that the total differs from the amount
/// due.
fn is_paid_or_carried_over(pages: &[PageEvidence]) -> bool {
    let classes = [SpanClass::Value(Field::AmountPaid), SpanClass::PriorBalance];
    let is_something = |page: &PageEvidence, words: &[usize]| {
        page.joined(words).contains(|letter: char| letter.is_ascii_digit() && letter != '0')
    };
    classes.into_iter().any(|class| {
        pages
            .iter()
            .any(|page| page.spans(class).any(|span| span.score > 0.6 && is_something(page, &span.words)))
    })
}

/// The gross total is the amount due.
fn due_from_gross(choice: &mut Choice) {
    let found =
        choice.get(&Field::AmountDue).is_some_and(|due| due.candidate.score.max(due.proven) >= MIN_SCORE);
    if !found && money(choice, Field::TotalGross).is_some() {
        let reason = "the total, as nothing shows a payment or a balance";
        follow(choice, Field::TotalGross, Field::AmountDue, 0.6, reason);
    }
}

/// The reference in a Danish payment line.
fn reference_from_line(candidates: &Candidates, choice: &mut Choice) {
    let Some(line) = choice.get(&Field::Fik).filter(|line| line.candidate.score >= MIN_SCORE) else { return };
    let FieldValue::FikLine(fik) = &line.candidate.value else { return };
    let Some(reference) = fik.reference() else { return };
    let rival = candidates.get(&Field::PaymentReference).and_then(|contenders| contenders.first());
    let rival_digits = rival.map(|rival| rival.candidate.value.to_string());
    let is_part = rival_digits
        .as_deref()
        .is_none_or(|rival| reference.as_str().contains(rival) || rival.contains(reference.as_str()));
    let weaker = rival.is_none_or(|rival| rival.candidate.score < line.candidate.score);
    if is_part || weaker {
        let mut chosen = line.clone();
        chosen.candidate.value = FieldValue::PaymentReference(reference);
        chosen.candidate.reasons = vec!["the identification in the payment line".to_owned()];
        choice.insert(Field::PaymentReference, chosen);
    }
}

/// A Norwegian payment reference is a KID.
fn kid_from_reference(country: Option<CountryCode>, choice: &mut Choice) {
    if country != Some(CountryCode::NO) {
        if let Some(kid) = choice.get(&Field::Kid).cloned() {
            choice.entry(Field::PaymentReference).or_insert(kid);
        }
        return;
    }
    let (from, to) = if choice.contains_key(&Field::Kid) && !choice.contains_key(&Field::PaymentReference) {
        (Field::Kid, Field::PaymentReference)
    } else {
        (Field::PaymentReference, Field::Kid)
    };
    let copied = choice.get(&from).filter(|chosen| {
        matches!(&chosen.candidate.value, FieldValue::PaymentReference(reference) if is_kid(reference.as_str()))
    });
    if let Some(chosen) = copied.cloned() {
        choice.insert(to, chosen);
    }
}

/// Digits; the last place may be a hyphen.
fn is_kid(reference: &str) -> bool {
    reference.strip_suffix('-').unwrap_or(reference).bytes().all(|byte| byte.is_ascii_digit())
}
