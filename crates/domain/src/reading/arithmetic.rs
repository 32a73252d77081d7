//! Totals that agree: net and tax, and what was rounded, make gross. Degenerate sums (no tax, net equal to gross)
//! prove little; a plain sum at a usual rate proves more than the detector's classes.

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
    /// Whether the detector takes it for this total too.
    is_own: bool,
    /// Whether several rates make it, each with its own net and tax.
    by_rates: bool,
}

/// How many candidates of a field are tried.
const TRIED: usize = 8;
/// How many amounts of other classes are tried for a total.
const STRANGERS: usize = 40;

/// Replaces the totals by the best combination that adds up, if one is likelier than what was chosen.
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

/// What was rounded, where the sum says so; doubt, where the sum holds without it.
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

/// The amounts that are tried for each total.
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
        add_strangers(&mut nets, printed, Field::TotalNet);
        add_strangers(&mut taxes, printed, Field::TotalTax);
        add_strangers(&mut grosses, printed, Field::TotalGross);
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
    contenders.iter().take(TRIED).filter_map(term).collect()
}

fn has(terms: &[Term], money: Money) -> bool {
    terms.iter().any(|term| term.money.is_near(money, 0))
}

/// What is to be paid is mostly the total.
fn add_dues(grosses: &mut Vec<Term>, candidates: &Candidates) {
    let dues = terms(candidates, Field::AmountDue).into_iter().take(3);
    let new: Vec<Term> = dues.filter(|due| !has(grosses, due.money)).collect();
    grosses.extend(new.into_iter().map(|due| Term { weight: due.weight - 1.0, ..due }));
}

/// What several rates make together, printed or not.
fn add_rates(terms: &mut Vec<Term>, printed: &[PrintedAmount], field: Field, sum: Money) {
    let reason = "each rate's net and tax make it".to_owned();
    if let Some(term) = terms.iter_mut().find(|term| term.money.is_near(sum, 1)) {
        if !term.by_rates {
            term.by_rates = true;
            term.weight = term.weight.max(BY_RATES);
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
    terms.push(Term { money: sum, weight: BY_RATES, chosen, is_own: true, by_rates: true });
}

/// What an amount is worth that several rates make, whatever the detector takes it for.
const BY_RATES: f32 = -0.7;

/// Where nothing was paid before and nothing is carried over, the total is what is to be paid.
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

/// Amounts of other classes: a total is often taken for its neighbour.
fn add_strangers(terms: &mut Vec<Term>, printed: &[PrintedAmount], field: Field) {
    let mut strangers: Vec<Term> = Vec::new();
    for amount in printed.iter().filter(|amount| amount.distance_to(field) > 0.0) {
        let weight = logarithm(amount.score) - amount.distance_to(field);
        let known = strangers.iter_mut().find(|term| term.money == amount.money);
        if has(terms, amount.money) || known.as_ref().is_some_and(|known| known.weight >= weight) {
            continue;
        }
        let chosen = Chosen { candidate: amount.as_candidate(field), source: Source::TextLayer, proven: 0.0 };
        let stranger = Term { money: amount.money, weight, chosen, is_own: false, by_rates: false };
        match known {
            Some(known) => *known = stranger,
            None => strangers.push(stranger),
        }
    }
    strangers.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    strangers.truncate(STRANGERS);
    terms.extend(strangers);
}

/// The sum of what a table of rates lists, each amount once. A total that is that sum gains by it.
fn add_sum(terms: &mut Vec<Term>, printed: &[PrintedAmount], field: Field, class: SpanClass) {
    let rival = if class == SpanClass::RateTax { SpanClass::RateNet } else { SpanClass::RateTax };
    let mut amounts = of_class(printed, class, 0.3);
    // An amount is a net or a tax, whichever the detector finds likelier.
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

/// A net total that is the sum of a column of lines, with what sending costs and without what was taken off, gains a
/// little: a column may as well hold prices.
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

/// Three amounts that make a sum, and how well.
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

    /// Whether the detector gives one of the totals its own class, and means it.
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

/// Three amounts that make a sum; `None` when they do not, or not believably.
fn agreement<'a>(net: &'a Term, tax: &'a Term, gross: &'a Term, roundings: &[Money]) -> Option<Sum<'a>> {
    let (n, t, g) = (net.money.amount(), tax.money.amount(), gross.money.amount());
    let off = g - n - t;
    let cents = Decimal::new(2, 2);
    // A rounding is printed with its sign, or without.
    let rounding = roundings.iter().copied().find(|rounding| {
        off.abs() > cents && (off.abs() - rounding.amount().abs()).abs() <= Decimal::new(1, 2)
    });
    let exact = off.abs() <= cents || rounding.is_some();
    // Where whole crowns are paid the gross is rounded.
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
    // What the detector calls something else must be plain.
    let plain = !degenerate && usual && exact && sum.is_anchored();
    (plain || sum.is_all_own()).then_some(sum)
}

/// The rates in force in Europe, Australia or its neighbours, in tenths of a percent.
const RATES: [i64; 30] = [
    250, 255, 240, 230, 220, 210, 200, 190, 180, 170, 160, 150, 140, 135, 130, 125, 120, 110, 100, 95, 90,
    80, 81, 77, 70, 60, 55, 50, 40, 26,
];

/// Whether tax to net is one of the usual rates.
pub(super) fn is_usual_rate(net: Decimal, tax: Decimal) -> bool {
    usual_rate(net, tax).is_some()
}

/// The usual rate that tax is of net, in percent.
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
