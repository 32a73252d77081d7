//! Random choices from a seed: the same seed makes the same choices.
//!
//! Knows nothing of invoices.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A source of random choices, determined only by a seed and an index.
#[derive(Debug, Clone)]
pub(crate) struct Dice {
    source: StdRng,
}

impl Dice {
    /// The choices for the `index`th object of a seed.
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        // Spreads neighbouring indices over the whole range (the finaliser of SplitMix64).
        let mut mixed = seed ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x6a09_e667_f3bc_c909);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self { source: StdRng::seed_from_u64(mixed ^ (mixed >> 31)) }
    }

    /// True with probability `likelihood`.
    pub(crate) fn chance(&mut self, likelihood: f64) -> bool {
        self.source.random_bool(likelihood.clamp(0.0, 1.0))
    }

    /// A whole number, both ends included.
    pub(crate) fn whole(&mut self, low: i64, high: i64) -> i64 {
        if high <= low { low } else { self.source.random_range(low..=high) }
    }

    /// A count, both ends included.
    pub(crate) fn count(&mut self, low: usize, high: usize) -> usize {
        if high <= low { low } else { self.source.random_range(low..=high) }
    }

    /// A length.
    pub(crate) fn length(&mut self, low: f32, high: f32) -> f32 {
        if high <= low { low } else { self.source.random_range(low..high) }
    }

    /// A random element of an array.
    #[expect(clippy::indexing_slicing, reason = "drawn below the length; such lists are never empty")]
    pub(crate) fn pick<T: Copy, const N: usize>(&mut self, items: [T; N]) -> T {
        const { assert!(N > 0) };
        items[self.source.random_range(0..N)]
    }

    /// A random element of a list; nothing from an empty list.
    pub(crate) fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() {
            return None;
        }
        items.get(self.source.random_range(0..items.len()))
    }

    /// A random text of a list; the empty text from an empty list.
    pub(crate) fn word<'a>(&mut self, items: &'a [String]) -> &'a str {
        self.of(items).map_or("", String::as_str)
    }

    /// A random element by weight; the first one if all weights are 0.
    pub(crate) fn weighted<T: Copy, const N: usize>(&mut self, items: [(T, u32); N]) -> T {
        const { assert!(N > 0) };
        self.weighted_of(&items).unwrap_or(items[0].0)
    }

    /// A random element by weight; nothing from a list without weight.
    pub(crate) fn weighted_of<T: Copy>(&mut self, items: &[(T, u32)]) -> Option<T> {
        let total: u32 = items.iter().map(|(_, weight)| weight).sum();
        if total == 0 {
            return None;
        }
        let mut rest = self.source.random_range(0..total);
        for (item, weight) in items {
            if rest < *weight {
                return Some(*item);
            }
            rest -= weight;
        }
        None
    }

    /// Shuffles a list.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.source.random_range(0..=end));
        }
    }

    /// This number of digits; the first may be 0.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| self.digit()).collect()
    }

    /// This number of digits; the first is not 0.
    pub(crate) fn number(&mut self, count: usize) -> String {
        let mut digits = self.digits(count);
        if digits.starts_with('0') {
            digits.replace_range(0..1, self.pick(["1", "2", "3", "4", "5", "6", "7", "8", "9"]));
        }
        digits
    }

    /// This number of capital letters.
    pub(crate) fn capitals(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(self.source.random_range(b'A'..=b'Z'))).collect()
    }

    /// A text by a pattern: `#` is a digit, `@` a capital letter; other characters are unchanged.
    pub(crate) fn pattern(&mut self, pattern: &str) -> String {
        pattern
            .chars()
            .map(|character| match character {
                '#' => self.digit(),
                '@' => char::from(self.source.random_range(b'A'..=b'Z')),
                other => other,
            })
            .collect()
    }

    fn digit(&mut self) -> char {
        char::from(self.source.random_range(b'0'..=b'9'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_index_draw_the_same() {
        let draw = |seed, index| Dice::new(seed, index).digits(24);
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn weights_of_nothing_are_never_drawn() {
        let mut dice = Dice::new(3, 0);
        assert!((0..200).all(|_| dice.weighted([('a', 0), ('b', 3), ('c', 0)]) == 'b'));
        assert_eq!(dice.weighted_of::<char>(&[]), None);
    }

    #[test]
    fn patterns_keep_what_is_no_slot() {
        let text = Dice::new(5, 0).pattern("##-@ x");
        assert_eq!(text.len(), 6);
        assert!(
            text.ends_with(" x") && text.as_bytes()[2] == b'-' && text.as_bytes()[3].is_ascii_uppercase()
        );
    }
}
