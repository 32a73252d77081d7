//! Converts ranks to confidences: the probability that a chosen value is right.
//!
//! A logistic regression for each field over the evidence for its choice (Platt, "Probabilistic
//! outputs for support vector machines", 1999, with more than one input). Its weights are fitted on
//! generated invoices of layout families that training does not use, and
//! `weights/training/calibrate.py` writes them to `confidence/weights.rs`; docs/accuracy.md shows
//! how well they hold.

mod weights;

use super::candidates::{Contender, key};
use super::choice::Chosen;
use crate::field::Field;
use crate::label::Source;

/// Maximum confidence of a value read from a page.
pub(super) const HIGHEST: f32 = 0.995;
const LOWEST: f32 = 0.01;

/// How many numbers the evidence for a choice has.
pub const EVIDENCE: usize = 7;

/// The evidence for a choice: a constant 1; the rank's log odds, -5..5; the difference of log odds
/// to the next candidate, 0..8; whether other fields prove it; whether one of its checks fails;
/// whether it is derived from others; whether its caption was found. Truth values are 0 or 1.
pub type Evidence = [f32; EVIDENCE];

/// The evidence for a field's choice among its contenders.
pub(super) fn evidence(chosen: &Chosen, contenders: &[Contender]) -> Evidence {
    let own = key(&chosen.candidate.value);
    let others = contenders.iter().filter(|other| key(&other.candidate.value) != own);
    let next = others.map(|other| other.candidate.score).fold(0.0, f32::max);
    let rank = log_odds(chosen.candidate.score);
    let is = |truth: bool| if truth { 1.0 } else { 0.0 };
    [
        1.0,
        rank.clamp(-5.0, 5.0),
        (rank - log_odds(next)).clamp(0.0, 8.0),
        is(chosen.proven > 0.0),
        is(chosen.candidate.checks.iter().any(|check| !check.passed)),
        is(chosen.source == Source::Derived),
        is(chosen.candidate.caption.is_some()),
    ]
}

/// The evidence for a finding about the whole document, of which only the score is known.
pub(super) fn evidence_of_score(score: f32, is_derived: bool) -> Evidence {
    let derived = if is_derived { 1.0 } else { 0.0 };
    [1.0, log_odds(score).clamp(-5.0, 5.0), 0.0, 0.0, 0.0, derived, 0.0]
}

fn log_odds(score: f32) -> f32 {
    let score = score.clamp(1e-3, 1.0 - 1e-3);
    (score / (1.0 - score)).ln()
}

/// The probability that a field's choice is right, 0.01..0.995.
pub(super) fn confidence_of(field: Field, evidence: &Evidence) -> f32 {
    let weights =
        weights::FIELDS.iter().find(|(of, _)| *of == field).map_or(&weights::OTHERS, |(_, own)| own);
    let sum: f32 = weights.iter().zip(evidence).map(|(weight, number)| weight * number).sum();
    (1.0 / (1.0 + (-sum).exp())).clamp(LOWEST, HIGHEST)
}

/// A value that is more likely wrong than right needs review, whatever the other values are.
const MIN_NEEDED: f32 = 0.5;

/// The confidence from which on the values together are right with this precision, interpolated
/// between the fitted precisions, and at least 0.5; for higher precisions no confidence suffices.
pub(super) fn needed_for(precision: f32) -> f32 {
    from_table(precision).max(MIN_NEEDED)
}

fn from_table(precision: f32) -> f32 {
    let table = &weights::NEEDED;
    let pairs = table.iter().zip(table.iter().skip(1));
    for ((low, from), (high, to)) in pairs {
        if precision <= *low {
            return *from;
        }
        if precision <= *high {
            return from + (to - from) * (precision - low) / (high - low);
        }
    }
    1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_rank_and_a_greater_lead_are_never_less_sure() {
        for field in Field::ALL {
            let mut last = 0.0;
            for step in 0..=20 {
                let rank = -5.0 + 0.5 * step as f32;
                let confidence = confidence_of(*field, &[1.0, rank, 1.0, 0.0, 0.0, 0.0, 0.0]);
                assert!((LOWEST..=HIGHEST).contains(&confidence) && confidence >= last, "{field}");
                last = confidence;
            }
            let [near, far] =
                [0.0, 8.0].map(|lead| confidence_of(*field, &[1.0, 0.0, lead, 0.0, 0.0, 0.0, 0.0]));
            assert!(far >= near, "{field}");
        }
    }

    #[test]
    fn more_precision_needs_more_confidence() {
        let needed: Vec<f32> = (0..=100).map(|step| needed_for(0.9 + 0.001 * step as f32)).collect();
        assert!(needed.windows(2).all(|pair| pair[0] <= pair[1]), "{needed:?}");
        assert!(needed_for(0.98) < HIGHEST && needed_for(1.0) >= 1.0);
    }

    #[test]
    fn a_failed_check_makes_less_sure() {
        for field in Field::ALL {
            let [good, bad] =
                [0.0, 1.0].map(|failed| confidence_of(*field, &[1.0, 2.0, 3.0, 0.0, failed, 0.0, 1.0]));
            assert!(bad <= good, "{field}");
        }
    }
}
