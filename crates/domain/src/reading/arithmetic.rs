//! Totals that agree: net and tax make gross. Degenerate sums (no tax, net equal to gross) prove little.

use rust_decimal::Decimal;

use super::candidates::{Candidates, Contender};
use super::choice::{Choice, Chosen};
use super::evidence::PageEvidence;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::label::{Candidate, Source};
use crate::values::{FieldValue, Money, Notation};

/// An amount with the logarithm of its score.
#[derive(Clone)]
struct Term {
    money: Money,
    weight: f32,
    chosen: Chosen,
}

/// How many candidates of a field are tried.
const TRIED: usize = 8;

/// Replaces the totals by the best combination that adds up, if one is likelier than what was chosen.
pub(super) fn settle_totals(
    pages: &[PageEvidence],
    candidates: &Candidates,
    notation: &Notation,
    choice: &mut Choice,
) {
    let mut nets = terms(candidates, Field::TotalNet, 0.0);
    let mut taxes = terms(candidates, Field::TotalTax, 0.0);
    let mut grosses = terms(candidates, Field::TotalGross, 0.0);
    let dues = terms(candidates, Field::AmountDue, -1.0);
    grosses.extend(
        dues.into_iter().take(3).filter(|due| !has(&terms(candidates, Field::TotalGross, 0.0), due.money)),
    );
    add_sum(&mut taxes, pages, SpanClass::RateTax, notation);
    add_sum(&mut nets, pages, SpanClass::RateNet, notation);
    let combinations = nets.iter().flat_map(|net| {
        let grosses = &grosses;
        taxes.iter().flat_map(move |tax| grosses.iter().map(move |gross| (net, tax, gross)))
    });
    let best = combinations
        .filter_map(|(net, tax, gross)| Some((agreement(net, tax, gross)?, net, tax, gross)))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let Some((weight, net, tax, gross)) = best else { return };
    if weight <= current(choice) {
        return;
    }
    let proof = if tax.money.amount().is_zero() { 0.75 } else { 0.93 };
    for (field, term) in [(Field::TotalNet, net), (Field::TotalTax, tax), (Field::TotalGross, gross)] {
        let mut chosen = term.chosen.clone();
        chosen.proven = proof;
        chosen.candidate.reasons.push("net and tax make gross with it".to_owned());
        choice.insert(field, chosen);
    }
}

fn logarithm(score: f32) -> f32 {
    score.clamp(1e-4, 0.999).ln()
}

fn terms(candidates: &Candidates, field: Field, penalty: f32) -> Vec<Term> {
    let contenders = candidates.get(&field).map_or(&[][..], Vec::as_slice);
    let term = |contender: &Contender| {
        let money = contender.candidate.value.money()?;
        Some(Term {
            money,
            weight: logarithm(contender.candidate.score) + penalty,
            chosen: Chosen::of(contender),
        })
    };
    contenders.iter().take(TRIED).filter_map(term).collect()
}

fn has(terms: &[Term], money: Money) -> bool {
    terms.iter().any(|term| term.money.is_near(money, 0))
}

/// The sum of what a table of rates lists, each amount once.
fn add_sum(terms: &mut Vec<Term>, pages: &[PageEvidence], class: SpanClass, notation: &Notation) {
    let mut amounts: Vec<Money> = Vec::new();
    for page in pages {
        for span in page.spans(class).filter(|span| span.score > 0.3) {
            let money = notation.money(&page.joined(&span.words));
            amounts.extend(money.ok().filter(|money| !amounts.contains(money)));
        }
    }
    let sum = Money::new(amounts.iter().map(|money| money.amount()).sum());
    if amounts.is_empty() || has(terms, sum) {
        return;
    }
    let candidate = Candidate {
        value: FieldValue::Money(sum),
        raw: String::new(),
        score: 0.3,
        place: None,
        caption: None,
        checks: Vec::new(),
        reasons: vec!["the sum of the amounts of all rates".to_owned()],
    };
    let chosen = Chosen { candidate, source: Source::Derived, proven: 0.0 };
    terms.push(Term { money: sum, weight: -1.2, chosen });
}

/// The weight of three amounts that make a sum; `None` when they do not, or not believably.
fn agreement(net: &Term, tax: &Term, gross: &Term) -> Option<f32> {
    let (n, t, g) = (net.money.amount(), tax.money.amount(), gross.money.amount());
    let off = (n + t - g).abs();
    let exact = off <= Decimal::new(2, 2);
    // Where whole crowns are paid the gross is rounded.
    let rounded = off <= Decimal::new(50, 2) && g.fract().is_zero();
    let believable = !g.is_zero()
        && g.abs() + Decimal::new(1, 2) >= n.abs()
        && t.abs() * Decimal::from(100) <= n.abs() * Decimal::from(45) + Decimal::ONE;
    if !believable || !(exact || rounded) {
        return None;
    }
    let weight = net.weight + tax.weight + gross.weight;
    let degenerate = t.abs() < Decimal::new(1, 2) || (n - g).abs() < Decimal::new(1, 2);
    let proof = match (degenerate, exact) {
        (false, true) if is_usual_rate(n, t) => 4.5,
        (false, true) => 4.0,
        (false, false) if is_usual_rate(n, t) => 2.5,
        (true, true) if net.weight.min(gross.weight) > -2.0 => 1.0,
        _ => 0.0,
    };
    Some(weight + proof)
}

/// Whether tax to net is one of the rates in force in Europe, Australia or its neighbours (tenths of a percent).
pub(super) fn is_usual_rate(net: Decimal, tax: Decimal) -> bool {
    const RATES: [i64; 30] = [
        250, 255, 240, 230, 220, 210, 200, 190, 180, 170, 160, 150, 140, 135, 130, 125, 120, 110, 100, 95,
        90, 80, 81, 77, 70, 60, 55, 50, 40, 26,
    ];
    !net.is_zero()
        && RATES.iter().any(|rate| (tax - net * Decimal::new(*rate, 3)).abs() <= Decimal::new(2, 2))
}

fn current(choice: &Choice) -> f32 {
    [Field::TotalNet, Field::TotalTax, Field::TotalGross]
        .iter()
        .map(|field| {
            choice.get(field).map_or_else(|| logarithm(0.25), |chosen| logarithm(chosen.candidate.score))
        })
        .sum()
}
