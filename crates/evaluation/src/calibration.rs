//! Whether confidences mean what they say: reliability, expected calibration error, coverage at a precision.
//!
//! The expected calibration error is that of Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural
//! Networks", ICML 2017: the values given are sorted by confidence into bins of equal width, and the gaps between each
//! bin's mean confidence and its share of right values are averaged by how many values the bins hold.

/// How many bins.
pub const BINS: usize = 15;

/// A value that was given: its confidence, and whether it is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Given {
    /// How sure the reader was, 0..1.
    pub confidence: f64,
    /// Whether it was right.
    pub is_right: bool,
}

/// The values whose confidence lies in one part of 0..1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// How many values.
    pub count: usize,
    /// How many of them are right.
    pub right: usize,
    /// The sum of their confidences.
    pub confidences: f64,
}

impl Bin {
    /// The mean confidence; 0 without values.
    pub fn confidence(&self) -> f64 {
        self.confidences / self.count.max(1) as f64
    }

    /// The share of right values; 0 without values.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.count.max(1) as f64
    }
}

/// The bins from the least to the most confident; a confidence on an edge belongs below it, 0 into the first one.
pub fn bins(given: &[Given]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for value in given {
        let place = (value.confidence.clamp(0.0, 1.0) * BINS as f64).ceil() as usize;
        if let Some(bin) = bins.get_mut(place.saturating_sub(1)) {
            bin.count += 1;
            bin.right += usize::from(value.is_right);
            bin.confidences += value.confidence;
        }
    }
    bins
}

/// The expected calibration error, 0..1; 0 without values.
pub fn expected_calibration_error(given: &[Given]) -> f64 {
    let gaps = bins(given)
        .iter()
        .map(|bin| bin.count as f64 * (bin.precision() - bin.confidence()).abs())
        .sum::<f64>();
    gaps / given.len().max(1) as f64
}

/// The share of the `expected` values that are given rightly from the lowest confidence on from which on at least
/// `precision` of the values given are right. The confidence is chosen on these very values.
pub fn coverage_at(precision: f64, given: &[Given], expected: usize) -> f64 {
    let mut sorted = given.to_vec();
    sorted.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    let (mut right, mut best) = (0_usize, 0_usize);
    for (index, value) in sorted.iter().enumerate() {
        right += usize::from(value.is_right);
        // Values of one confidence are taken together or not at all.
        let is_last_of_its_confidence =
            sorted.get(index + 1).is_none_or(|next| next.confidence < value.confidence);
        if is_last_of_its_confidence && right as f64 >= precision * (index + 1) as f64 {
            best = right;
        }
    }
    best as f64 / expected.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(f64, bool)]) -> Vec<Given> {
        pairs.iter().map(|&(confidence, is_right)| Given { confidence, is_right }).collect()
    }

    #[test]
    fn the_error_is_the_mean_gap_weighted_by_bins() {
        // Two values of 0.9, one right: a gap of 0.4. Two of 0.5, one right: none.
        let values = given(&[(0.9, true), (0.9, false), (0.5, true), (0.5, false)]);
        assert!((expected_calibration_error(&values) - 0.2).abs() < 1e-12);
        assert!(expected_calibration_error(&[]).abs() < 1e-12);
        assert!((expected_calibration_error(&given(&[(1.0, false)])) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn opposite_gaps_within_a_bin_cancel_and_between_bins_do_not() {
        let within = given(&[(0.95, true), (0.95, false)]);
        assert!((expected_calibration_error(&within) - 0.45).abs() < 1e-12);
        let between = given(&[(0.4, true), (0.6, false)]);
        assert!((expected_calibration_error(&between) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn edges_belong_below_and_nothing_is_lost() {
        let values = given(&[(0.0, true), (1.0 / 15.0, true), (0.07, true), (1.0, true), (0.99, false)]);
        let bins = bins(&values);
        assert_eq!((bins[0].count, bins[1].count, bins[BINS - 1].count), (2, 1, 2));
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), 5);
    }

    #[test]
    fn coverage_is_what_may_be_taken_unseen() {
        let values = given(&[(0.99, true), (0.9, true), (0.8, false), (0.7, true), (0.7, true)]);
        assert!((coverage_at(1.0, &values, 8) - 0.25).abs() < 1e-12);
        assert!((coverage_at(0.8, &values, 8) - 0.5).abs() < 1e-12);
        assert!((coverage_at(0.7, &given(&[(0.5, true), (0.5, false)]), 2)).abs() < 1e-12);
        assert!(coverage_at(0.98, &[], 0).abs() < 1e-12);
    }
}
