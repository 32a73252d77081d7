//! From ranks to confidences: how likely a chosen value is right.

use super::choice::Chosen;
use crate::label::Source;

/// Nothing that a machine reads off a page is surer than this.
pub(super) const HIGHEST: f32 = 0.99;

/// Ranks and the confidences that belong to them; straight lines between.
const SCALE: [(f32, f32); 9] = [
    (0.0, 0.02),
    (0.06, 0.25),
    (0.14, 0.5),
    (0.25, 0.58),
    (0.5, 0.7),
    (0.75, 0.82),
    (0.9, 0.92),
    (0.97, 0.97),
    (1.0, 0.985),
];

/// Rises with the rank; a value that follows from others is less sure than they.
pub(super) fn confidence_of(chosen: &Chosen) -> f32 {
    let by_rank = scaled(chosen.candidate.score.clamp(0.0, 1.0));
    let sure = by_rank.max(chosen.proven.min(0.95));
    let failed = chosen.candidate.checks.iter().any(|check| !check.passed);
    let limit = if failed { 0.8 } else { HIGHEST };
    let limit = if chosen.source == Source::Derived { limit.min(0.85) } else { limit };
    sure.min(limit)
}

fn scaled(rank: f32) -> f32 {
    let pairs = SCALE.iter().zip(SCALE.iter().skip(1));
    pairs
        .filter(|((low, _), (high, _))| (*low..=*high).contains(&rank))
        .map(|((low, from), (high, to))| from + (to - from) * (rank - low) / (high - low))
        .next()
        .unwrap_or(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_rises_and_stays_honest() {
        let steps: Vec<f32> = (0..=1000).map(|step| scaled(step as f32 / 1000.0)).collect();
        assert!(steps.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(steps.iter().all(|confidence| (0.0..HIGHEST).contains(confidence)));
    }
}
