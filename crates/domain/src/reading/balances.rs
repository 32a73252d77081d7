//! The paid amount, the prior balance and the amount due: gross minus paid plus the prior balance
//! is due.

use rust_decimal::Decimal;

use super::candidates::{Candidates, Contender};
use super::choice::{Choice, Chosen};
use super::printed_amounts::{PrintedAmount, of_class};
use crate::detection::SpanClass;
use crate::field::Field;
use crate::geometry::PageBox;
use crate::label::Source;
use crate::values::Money;

/// Minimum score of a chosen total for these calculations.
const MIN_TOTAL_SCORE: f32 = 0.15;
/// Minimum score of a payment or a balance. It prevents tax from being taken for a payment: tax and
/// net have the same relation as a payment and the rest.
const MIN_PAYMENT_SCORE: f32 = 0.3;
/// Maximum number of candidates per field in the search.
const MAX_CANDIDATES: usize = 6;
/// The weight of a sum that contains another amount besides the total.
const PROOF_WEIGHT: f32 = 3.5;

/// One way to calculate the amount due from the total.
struct Balance<'a> {
    weight: f32,
    due: Chosen,
    paid: Option<&'a Contender>,
}

/// Chooses the paid amount and the amount due together, if the total (and a prior balance) relate
/// them.
pub(super) fn settle(candidates: &Candidates, printed: &[PrintedAmount], choice: &mut Choice) {
    let gross = choice
        .get(&Field::TotalGross)
        .filter(|chosen| chosen.candidate.score.max(chosen.proven) >= MIN_TOTAL_SCORE)
        .and_then(|chosen| chosen.candidate.value.money());
    let Some(gross) = gross else { return };
    let priors = of_class(printed, SpanClass::PriorBalance, MIN_PAYMENT_SCORE);
    let others = places_of_totals(choice);
    let free: Vec<&PrintedAmount> =
        printed.iter().filter(|amount| !amount.place.is_some_and(|place| others.contains(&place))).collect();
    let free = &free;
    let balances = paid_options(candidates).into_iter().flat_map(|paid| {
        let none = std::iter::once(None);
        none.chain(priors.iter().map(Some)).filter_map(move |prior| {
            let (prior_weight, carried) =
                prior.map_or((0.0, Decimal::ZERO), |prior| (logarithm(prior.score), prior.money.amount()));
            let settled =
                paid.1.and_then(|paid| paid.candidate.value.money()).map_or(Decimal::ZERO, Money::amount);
            let rest = Money::new(gross.amount() - settled * sign(gross) + carried);
            (paid.1.is_some() || prior.is_some()).then_some(())?;
            let due = due(candidates, free, rest, gross)?;
            Some(Balance { weight: due.0 + paid.0 + prior_weight + PROOF_WEIGHT, due: due.1, paid: paid.1 })
        })
    });
    let best = balances.max_by(|one, other| one.weight.total_cmp(&other.weight));
    let Some(best) = best.filter(|best| best.weight > current(choice)) else { return };
    let reason = "the total less what was paid, with what is carried over, is due";
    insert(choice, Field::AmountDue, best.due, reason);
    if let Some(paid) = best.paid {
        insert(choice, Field::AmountPaid, Chosen::of(paid), reason);
    }
}

/// The places of the other totals.
fn places_of_totals(choice: &Choice) -> Vec<PageBox> {
    let totals = [Field::TotalNet, Field::TotalTax, Field::TotalGross];
    totals.iter().filter_map(|field| choice.get(field)?.candidate.place).collect()
}

/// Whether a balance is carried over from before.
pub(super) fn is_carried_over(printed: &[PrintedAmount]) -> bool {
    of_class(printed, SpanClass::PriorBalance, 0.5).iter().any(|prior| !prior.money.amount().is_zero())
}

fn insert(choice: &mut Choice, field: Field, mut chosen: Chosen, reason: &str) {
    chosen.proven = 0.9;
    chosen.candidate.reasons.push(reason.to_owned());
    choice.insert(field, chosen);
}

fn logarithm(score: f32) -> f32 {
    score.clamp(1e-4, 0.999).ln()
}

/// A payment also reduces the amount of a credit note.
fn sign(gross: Money) -> Decimal {
    if gross.amount() < Decimal::ZERO { -Decimal::ONE } else { Decimal::ONE }
}

/// Possible paid amounts, including none, each with the logarithm of its score.
fn paid_options(candidates: &Candidates) -> Vec<(f32, Option<&Contender>)> {
    let contenders = candidates.get(&Field::AmountPaid).map_or(&[][..], Vec::as_slice);
    let best = contenders.first().map_or(0.0, |first| first.candidate.score);
    let meant =
        contenders.iter().filter(|paid| paid.candidate.score >= MIN_PAYMENT_SCORE).take(MAX_CANDIDATES);
    let options = meant.map(|paid| (logarithm(paid.candidate.score), Some(paid)));
    std::iter::once((logarithm(1.0 - best), None)).chain(options).collect()
}

/// A printed amount that equals the calculated amount due: the field's own candidate, or an amount
/// of another class.
fn due(
    candidates: &Candidates,
    printed: &[&PrintedAmount],
    rest: Money,
    gross: Money,
) -> Option<(f32, Chosen)> {
    let near = |due: &Contender| {
        let off = due.candidate.value.money()?.amount() - rest.amount();
        // Where amounts are paid in whole units, the rest is rounded.
        let is_whole = due.candidate.value.money()?.amount().fract().is_zero();
        let doubt = if off.abs() <= Decimal::new(1, 2) { 0.0 } else { 0.7 };
        let fits = doubt == 0.0 || (is_whole && off.abs() <= Decimal::new(50, 2));
        fits.then(|| (logarithm(due.candidate.score) - doubt, Chosen::of(due)))
    };
    let own = candidates.get(&Field::AmountDue).into_iter().flatten().filter_map(near);
    let own = own.max_by(|one, other| one.0.total_cmp(&other.0));
    let strangers =
        printed.iter().filter(|amount| amount.money == rest && rest != gross && !rest.amount().is_zero());
    let stranger = || {
        let amount = strangers.max_by(|one, other| one.score.total_cmp(&other.score))?;
        let candidate = amount.as_candidate(Field::AmountDue);
        let weight = logarithm(candidate.score);
        Some((weight, Chosen { candidate, source: Source::TextLayer, proven: 0.0 }))
    };
    own.or_else(stranger)
}

/// The weight of the current choice: of the amount due alone and of the paid amount alone.
fn current(choice: &Choice) -> f32 {
    let weight =
        |field, absent: f32| choice.get(&field).map_or(absent, |chosen| logarithm(chosen.candidate.score));
    weight(Field::AmountDue, logarithm(0.25)) + weight(Field::AmountPaid, 0.0)
}
