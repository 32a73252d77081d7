//! How far a score could be off by the choice of templates: the percentile bootstrap (Efron, "Bootstrap Methods:
//! Another Look at the Jackknife", The Annals of Statistics 7, 1979) over templates, since documents of one template
//! succeed and fail together.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use crate::tally::Counts;

const RESAMPLES: usize = 2_000;
/// The same numbers give the same interval, always.
const SEED: u64 = 1;

/// The 2.5 and the 97.5 percentile of micro F1 over resamples of the templates; `None` without any.
pub fn f1_interval(templates: &[Counts]) -> Option<(f64, f64)> {
    let mut random = StdRng::seed_from_u64(SEED);
    let mut scores: Vec<f64> = (0..RESAMPLES).map(|_| resampled(templates, &mut random).f1()).collect();
    if templates.is_empty() {
        return None;
    }
    scores.sort_by(f64::total_cmp);
    let percentile = |part: f64| scores.get((part * (RESAMPLES - 1) as f64).round() as usize).copied();
    Some((percentile(0.025)?, percentile(0.975)?))
}

/// As many templates as there are, drawn with replacement, all counted together.
fn resampled(templates: &[Counts], random: &mut StdRng) -> Counts {
    let mut counts = Counts::default();
    for _ in templates {
        if let Some(drawn) = templates.get(random.random_range(0..templates.len())) {
            counts.add_all(*drawn);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(right: u32, missing: u32) -> Counts {
        Counts { right, missing, spurious: 0 }
    }

    #[test]
    fn the_interval_is_the_same_every_time_and_around_the_score() {
        let templates: Vec<Counts> = (0..20).map(|index| template(10, index % 4)).collect();
        let mut all = Counts::default();
        for counts in &templates {
            all.add_all(*counts);
        }
        let (low, high) = f1_interval(&templates).unwrap();
        assert_eq!(f1_interval(&templates), Some((low, high)));
        assert!(low < all.f1() && all.f1() < high, "{low} {high}");
        assert!(high - low < 0.1);
    }

    #[test]
    fn equal_templates_leave_no_doubt_and_none_no_interval() {
        assert_eq!(f1_interval(&[template(3, 1); 7]).map(|(low, high)| high - low), Some(0.0));
        assert_eq!(f1_interval(&[]), None);
    }
}
