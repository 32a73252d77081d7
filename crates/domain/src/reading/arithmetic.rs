//! Totals that agree: net plus tax plus rounding equals gross. Degenerate sums (no tax, net equal
//! to gross) prove little; a plain sum at a usual rate proves more than the detector's classes.

use rust_decimal::Decimal;

use super::candidates::{Candidates, Contender};
use super::choice::{Choice, Chosen};
use super::printed_amounts::{PrintedAmount, column_sums, of_class};
use super::rate_pairs;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::label::{Candidate, Source};
use crate::values::{FieldValue, Money};

/// An amount with the logarithm of its score.
#[derive(Clone)]
struct Term {
    money: Money,
    weight: f32,
    chosen: Chosen,
    /// Whether the detector assigns it to this total too.
    is_own: bool,
    /// Whether it is the sum of several rates, each with its own net and tax.
    by_rates: bool,
}

/// Maximum number of candidates per field in the search.
const MAX_CANDIDATES: usize = 8;
/// Maximum number of amounts of other classes in the search for a total.
const MAX_RECLASSIFIED: usize = 40;

/// Replaces the totals by the best combination that adds up, if it is more likely than the chosen
/// one.
pub(super) fn settle_totals(candidates: &Candidates, printed: &[PrintedAmount], choice: &mut Choice) {
    let roundings = roundings(candidates);
    let pools = Pools::of(candidates, printed);
    let Some(best) = best_sum(&pools, &roundings) else { return };
    if best.weight <= current(choice) {
        return;
    }
    let proof = match () {
        () if best.tax.money.amount().is_zero() => 0.75,
        () if best.is_all_own() => 0.93,
        () => 0.88,
    };
    for (field, term) in
        [(Field::TotalNet, best.net), (Field::TotalTax, best.tax), (Field::TotalGross, best.gross)]
    {
        let mut chosen = term.chosen.clone();
        chosen.proven = proof;
        chosen.candidate.reasons.push("net and tax make gross with it".to_owned());
        choice.insert(field, chosen);
    }
    settle_rounding(candidates, best.rounding, choice);
}

/// Chooses the rounding if the sum requires it; lowers its score if the sum holds without it.
fn settle_rounding(candidates: &Candidates, rounding: Option<Money>, choice: &mut Choice) {
    let of_sum = candidates
        .get(&Field::Rounding)
        .into_iter()
        .flatten()
        .find(|contender| rounding.is_some() && contender.candidate.value.money() == rounding);
    if let Some(contender) = of_sum {
        let mut chosen = Chosen::of(contender);
        chosen.proven = 0.9;
        chosen.candidate.reasons.push("net and tax make gross with it".to_owned());
        choice.insert(Field::Rounding, chosen);
    } else if let Some(chosen) = choice.get_mut(&Field::Rounding) {
        chosen.candidate.score *= 0.6;
        chosen.candidate.reasons.push("net and tax make gross without it".to_owned());
    }
}

/// The amounts to try for each total.
struct Pools {
    nets: Vec<Term>,
    taxes: Vec<Term>,
    grosses: Vec<Term>,
}

impl Pools {
    fn of(candidates: &Candidates, printed: &[PrintedAmount]) -> Self {
        let mut nets = terms(candidates, Field::TotalNet);
        let mut taxes = terms(candidates, Field::TotalTax);
        let mut grosses = terms(candidates, Field::TotalGross);
        add_dues(&mut grosses, candidates);
        add_sum(&mut taxes, printed, Field::TotalTax, SpanClass::RateTax);
        add_sum(&mut nets, printed, Field::TotalNet, SpanClass::RateNet);
        weigh_lines(&mut nets, candidates, printed);
        add_reclassified(&mut nets, printed, Field::TotalNet);
        add_reclassified(&mut taxes, printed, Field::TotalTax);
        add_reclassified(&mut grosses, printed, Field::TotalGross);
        for sum in rate_pairs::sums(printed) {
            add_rates(&mut nets, printed, Field::TotalNet, sum.net);
            add_rates(&mut taxes, printed, Field::TotalTax, sum.tax);
        }
        weigh_dues(&mut grosses, candidates, printed);
        grosses.sort_by_key(|gross| gross.money);
        Self { nets, taxes, grosses }
    }
}

fn logarithm(score: f32) -> f32 {
    score.clamp(1e-4, 0.999).ln()
}

fn terms(candidates: &Candidates, field: Field) -> Vec<Term> {
    let contenders = candidates.get(&field).map_or(&[][..], Vec::as_slice);
    let term = |contender: &Contender| {
        let money = contender.candidate.value.money()?;
        let weight = logarithm(contender.candidate.score);
        Some(Term { money, weight, chosen: Chosen::of(contender), is_own: true, by_rates: false })
    };
    contenders.iter().take(MAX_CANDIDATES).filter_map(term).collect()
}

fn has(terms: &[Term], money: Money) -> bool {
    terms.iter().any(|term| term.money.is_near(money, 0))
}

/// Adds the amounts due, because the amount due is usually the total.
fn add_dues(grosses: &mut Vec<Term>, candidates: &Candidates) {
    let dues = terms(candidates, Field::AmountDue).into_iter().take(3);
    let new: Vec<Term> = dues.filter(|due| !has(grosses, due.money)).collect();
    grosses.extend(new.into_iter().map(|due| Term { weight: due.weight - 1.0, ..due }));
}

/// Adds the sum of several rates, printed or not.
fn add_rates(terms: &mut Vec<Term>, printed: &[PrintedAmount], field: Field, sum: Money) {
    let reason = "each rate's net and tax make it".to_owned();
    if let Some(term) = terms.iter_mut().find(|term| term.money.is_near(sum, 1)) {
        if !term.by_rates {
            term.by_rates = true;
            term.weight = term.weight.max(RATES_WEIGHT);
            term.chosen.candidate.reasons.push(reason);
        }
        return;
    }
    let shown = printed.iter().find(|amount| amount.money == sum);
    let (mut candidate, source) = match shown {
        Some(shown) => (shown.as_candidate(field), Source::TextLayer),
        None => (unprinted(sum), Source::Derived),
    };
    candidate.reasons.push(reason);
    let chosen = Chosen { candidate, source, proven: 0.0 };
    terms.push(Term { money: sum, weight: RATES_WEIGHT, chosen, is_own: true, by_rates: true });
}

/// The weight of an amount that is the sum of several rates, whatever its detected class.
const RATES_WEIGHT: f32 = -0.7;

/// If nothing was paid before and nothing is carried over, the total equals the amount due.
fn weigh_dues(grosses: &mut [Term], candidates: &Candidates, printed: &[PrintedAmount]) {
    let best = |field| candidates.get(&field).and_then(|contenders| contenders.first());
    let is_other = best(Field::AmountPaid).is_some_and(|paid| paid.candidate.score >= 0.3)
        || printed.iter().any(|amount| amount.class == SpanClass::PriorBalance && amount.score >= 0.3);
    let Some(due) = best(Field::AmountDue).filter(|due| !is_other && due.candidate.score >= 0.5) else {
        return;
    };
    let Some(money) = due.candidate.value.money().filter(|money| !money.amount().is_zero()) else { return };
    for gross in grosses {
        let off = (gross.money.amount().abs() - money.amount().abs()).abs();
        if off > Decimal::ONE {
            gross.weight -= 3.0 * due.candidate.score;
        }
    }
}

/// Adds amounts of other classes: the detector often confuses a total with its neighbour.
fn add_reclassified(terms: &mut Vec<Term>, printed: &[PrintedAmount], field: Field) {
    let mut reclassified: Vec<Term> = Vec::new();
    for amount in printed.iter().filter(|amount| amount.distance_to(field) > 0.0) {
        let weight = logarithm(amount.score) - amount.distance_to(field);
        let known = reclassified.iter_mut().find(|term| term.money == amount.money);
        if has(terms, amount.money) || known.as_ref().is_some_and(|known| known.weight >= weight) {
            continue;
        }
        let chosen = Chosen { candidate: amount.as_candidate(field), source: Source::TextLayer, proven: 0.0 };
        let new_term = Term { money: amount.money, weight, chosen, is_own: false, by_rates: false };
        match known {
            Some(known) => *known = new_term,
            None => reclassified.push(new_term),
        }
    }
    reclassified.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    reclassified.truncate(MAX_RECLASSIFIED);
    terms.extend(reclassified);
}

/// Adds the sum of the amounts in a table of rates, each amount once. A total that equals the sum
/// gains weight.
fn add_sum(terms: &mut Vec<Term>, printed: &[PrintedAmount], field: Field, class: SpanClass) {
    let rival = if class == SpanClass::RateTax { SpanClass::RateNet } else { SpanClass::RateTax };
    let mut amounts = of_class(printed, class, 0.3);
    // An amount is a net or a tax, whichever has the higher score.
    amounts.retain(|amount| {
        let is_likelier = |other: &PrintedAmount| {
            other.class == rival && other.money == amount.money && other.score > amount.score
        };
        !printed.iter().any(is_likelier)
    });
    let sum = Money::new(amounts.iter().map(|amount| amount.money.amount()).sum());
    if amounts.is_empty() {
        return;
    }
    if let Some(term) = terms.iter_mut().find(|term| term.money.is_near(sum, 1)) {
        if amounts.len() > 1 {
            term.weight += 0.7;
            term.chosen.candidate.reasons.push("the amounts of all rates make it".to_owned());
        }
        return;
    }
    let reason = "the sum of the amounts of all rates".to_owned();
    let shown = printed.iter().find(|amount| amount.money == sum && amount.class != class);
    let (mut candidate, source) = match shown {
        Some(shown) => (shown.as_candidate(field), Source::TextLayer),
        None => (unprinted(sum), Source::Derived),
    };
    candidate.reasons.push(reason);
    let chosen = Chosen { candidate, source, proven: 0.0 };
    terms.push(Term { money: sum, weight: -1.2, chosen, is_own: true, by_rates: false });
}

fn unprinted(sum: Money) -> Candidate {
    Candidate {
        value: FieldValue::Money(sum),
        raw: String::new(),
        score: 0.3,
        place: None,
        caption: None,
        checks: Vec::new(),
        reasons: Vec::new(),
    }
}

/// Increases the weight of a net total that equals the sum of a column of lines, plus shipping and
/// minus discount. The increase is small, because the column may contain unit prices.
fn weigh_lines(nets: &mut [Term], candidates: &Candidates, printed: &[PrintedAmount]) {
    let best = |field| {
        let first = candidates.get(&field).and_then(|contenders| contenders.first())?;
        first.candidate.value.money().filter(|_| first.candidate.score >= 0.3).map(Money::amount)
    };
    let shipping = best(Field::Shipping).unwrap_or_default();
    let discount = best(Field::DiscountTotal).unwrap_or_default();
    for sum in column_sums(printed) {
        let sums = [Decimal::ZERO, shipping, -discount, shipping - discount]
            .map(|more| Money::new(sum.amount() + more));
        for net in nets.iter_mut().filter(|net| sums.contains(&net.money) && !net.money.amount().is_zero()) {
            net.weight += 0.5;
            net.chosen.candidate.reasons.push("the lines make it".to_owned());
        }
    }
}

fn roundings(candidates: &Candidates) -> Vec<Money> {
    let contenders = candidates.get(&Field::Rounding).into_iter().flatten();
    let likely = contenders.filter(|contender| contender.candidate.score >= 0.15);
    let amounts = likely.filter_map(|contender| contender.candidate.value.money());
    amounts.filter(|money| money.amount().abs() < Decimal::ONE && !money.amount().is_zero()).take(4).collect()
}

/// Three amounts that form a sum, and its quality.
struct Sum<'a> {
    weight: f32,
    net: &'a Term,
    tax: &'a Term,
    gross: &'a Term,
    rounding: Option<Money>,
}

impl Sum<'_> {
    const fn is_all_own(&self) -> bool {
        self.net.is_own && self.tax.is_own && self.gross.is_own
    }

    /// Whether one of the totals has its own class from the detector, with a sufficient score.
    fn is_anchored(&self) -> bool {
        [self.net, self.tax, self.gross].iter().any(|term| term.is_own && term.chosen.candidate.score >= 0.2)
    }
}

fn best_sum<'a>(pools: &'a Pools, roundings: &[Money]) -> Option<Sum<'a>> {
    let pairs = pools.nets.iter().flat_map(|net| pools.taxes.iter().map(move |tax| (net, tax)));
    let sums = pairs.filter(|(net, tax)| is_tax_of(net.money, tax.money)).flat_map(|(net, tax)| {
        let sum = net.money.amount() + tax.money.amount();
        let near = |money: Money, off: Decimal| money.amount() < sum + off;
        let from = pools.grosses.partition_point(|gross| near(gross.money, -Decimal::ONE));
        let to = pools.grosses.partition_point(|gross| near(gross.money, Decimal::ONE));
        let grosses = pools.grosses.get(from..to).unwrap_or_default();
        grosses.iter().filter_map(move |gross| agreement(net, tax, gross, roundings))
    });
    sums.max_by(|one, other| one.weight.total_cmp(&other.weight))
}

fn is_tax_of(net: Money, tax: Money) -> bool {
    tax.amount().abs() * Decimal::from(100) <= net.amount().abs() * Decimal::from(45) + Decimal::ONE
}

/// Three amounts that form a sum; `None` when they do not, or not plausibly.
fn agreement<'a>(net: &'a Term, tax: &'a Term, gross: &'a Term, roundings: &[Money]) -> Option<Sum<'a>> {
    let (n, t, g) = (net.money.amount(), tax.money.amount(), gross.money.amount());
    let off = g - n - t;
    let cents = Decimal::new(2, 2);
    // A rounding is printed with or without its sign.
    let rounding = roundings.iter().copied().find(|rounding| {
        off.abs() > cents && (off.abs() - rounding.amount().abs()).abs() <= Decimal::new(1, 2)
    });
    let exact = off.abs() <= cents || rounding.is_some();
    // Where amounts are paid in whole units, the gross is rounded.
    let rounded = off.abs() <= Decimal::new(50, 2) && g.fract().is_zero();
    let believable = !g.is_zero() && g.abs() + Decimal::ONE >= n.abs();
    if !believable || !(exact || rounded) {
        return None;
    }
    let degenerate = t.abs() < Decimal::new(1, 2) || (n - g).abs() < Decimal::new(1, 2);
    let usual = is_usual_rate(n, t) || (net.by_rates && tax.by_rates);
    let proof = match (degenerate, exact) {
        (false, true) if usual => 4.5,
        (false, true) => 4.0,
        (false, false) if usual => 2.5,
        (true, true) if net.weight.min(gross.weight) > -2.0 => 1.0,
        _ => 0.0,
    };
    let sum = Sum { weight: net.weight + tax.weight + gross.weight + proof, net, tax, gross, rounding };
    // Amounts that the detector assigns to other classes must form a plain sum.
    let plain = !degenerate && usual && exact && sum.is_anchored();
    (plain || sum.is_all_own()).then_some(sum)
}

/// The rates in force in Europe, Australia or its neighbours, in tenths of a percent.
const RATES: [i64; 30] = [
    250, 255, 240, 230, 220, 210, 200, 190, 180, 170, 160, 150, 140, 135, 130, 125, 120, 110, 100, 95, 90,
    80, 81, 77, 70, 60, 55, 50, 40, 26,
];

/// Whether the ratio of tax to net is a usual rate.
pub(super) fn is_usual_rate(net: Decimal, tax: Decimal) -> bool {
    usual_rate(net, tax).is_some()
}

/// The usual rate of a tax and its net, in percent.
pub(super) fn usual_rate(net: Decimal, tax: Decimal) -> Option<Decimal> {
    let off = |rate: &i64| (tax - net * Decimal::new(*rate, 3)).abs();
    let fitting = RATES.iter().filter(|rate| !net.is_zero() && off(rate) <= Decimal::new(2, 2));
    fitting.min_by_key(|rate| off(rate)).map(|rate| Decimal::new(*rate, 1).normalize())
}

fn current(choice: &Choice) -> f32 {
    [Field::TotalNet, Field::TotalTax, Field::TotalGross]
        .iter()
        .map(|field| {
            choice.get(field).map_or_else(|| logarithm(0.25), |chosen| logarithm(chosen.candidate.score))
        })
        .sum()
}
