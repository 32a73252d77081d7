//! Runs of consecutive file numbers: a filter compares only with both ends of a run.

/// A run of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The lowest number.
    pub first: u32,
    /// The highest number.
    pub last: u32,
}

impl Run {
    /// The fewest runs that contain exactly these numbers, in any order, without negative ones.
    pub fn of(numbers: &[i32]) -> Vec<Self> {
        let mut numbers: Vec<u32> = numbers.iter().map(|number| number.unsigned_abs()).collect();
        numbers.sort_unstable();
        let mut runs: Vec<Self> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some(run) if number <= run.last.saturating_add(1) => run.last = number,
                _ => runs.push(Self { first: number, last: number }),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn runs_hold_the_numbers_and_no_other(numbers in prop::collection::vec(3_i32..80, 0..60)) {
            let runs = Run::of(&numbers);
            let held: Vec<u32> = runs.iter().flat_map(|run| run.first..=run.last).collect();
            let expected: BTreeSet<u32> = numbers.iter().map(|number| number.unsigned_abs()).collect();
            prop_assert_eq!(held, expected.into_iter().collect::<Vec<_>>());
            prop_assert!(runs.windows(2).all(|pair| pair[0].last + 1 < pair[1].first));
        }
    }
}
