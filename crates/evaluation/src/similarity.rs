//! How alike two texts are: Ratcliff and Obershelp's measure ("Pattern Matching: The Gestalt Approach",
//! Dr. Dobb's Journal, July 1988), with the shortcut for long texts that Python's `difflib` takes.
//!
//! Knows characters alone, not what they name.

use std::collections::HashMap;
use std::ops::Range;

/// From this many characters on, characters that are frequent in the second text seed no match.
const LONG: usize = 200;

/// Twice the characters that match over all characters of both, 0..1; two empty texts are the same.
///
/// The measure is not symmetric: which blocks match depends on which text comes first.
pub fn ratio(first: &str, second: &str) -> f64 {
    let first: Vec<char> = first.chars().collect();
    let second: Vec<char> = second.chars().collect();
    let length = first.len() + second.len();
    if length == 0 {
        return 1.0;
    }
    let matcher = Matcher { positions: positions(&second), first: &first, second: &second };
    2.0 * count(matcher.matching_characters()) / count(length)
}

#[expect(clippy::cast_precision_loss, reason = "a text has fewer characters than an f64 counts exactly")]
const fn count(characters: usize) -> f64 {
    characters as f64
}

/// Where each character that may seed a match stands in the second text, rising.
fn positions(second: &[char]) -> HashMap<char, Vec<usize>> {
    let mut positions: HashMap<char, Vec<usize>> = HashMap::new();
    for (index, character) in second.iter().enumerate() {
        positions.entry(*character).or_default().push(index);
    }
    if second.len() >= LONG {
        let frequent = second.len() / 100 + 1;
        positions.retain(|_, found| found.len() <= frequent);
    }
    positions
}

struct Matcher<'a> {
    first: &'a [char],
    second: &'a [char],
    positions: HashMap<char, Vec<usize>>,
}

/// A run of characters that both texts have: where it starts in each, and how long it is.
#[derive(Clone, Copy)]
struct Block {
    first: usize,
    second: usize,
    length: usize,
}

impl Matcher<'_> {
    /// The longest block, then the longest ones before and after it, and so on.
    fn matching_characters(&self) -> usize {
        let mut matching = 0;
        let mut open = vec![(0..self.first.len(), 0..self.second.len())];
        while let Some((first, second)) = open.pop() {
            let block = self.longest_block(&first, &second);
            if block.length == 0 {
                continue;
            }
            matching += block.length;
            open.push((first.start..block.first, second.start..block.second));
            open.push((block.first + block.length..first.end, block.second + block.length..second.end));
        }
        matching
    }

    /// The longest block within both ranges; of equally long ones the earliest of the first text,
    /// and of those the earliest of the second.
    fn longest_block(&self, first: &Range<usize>, second: &Range<usize>) -> Block {
        let mut best = Block { first: first.start, second: second.start, length: 0 };
        // The length of the block that ends at a position of the second text, for the row before.
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for index in first.clone() {
            let mut row = HashMap::new();
            for &other in self.seeds(index).iter().filter(|&&other| second.contains(&other)) {
                let before = other.checked_sub(1).and_then(|before| lengths.get(&before)).copied();
                let length = before.unwrap_or(0) + 1;
                row.insert(other, length);
                if length > best.length {
                    best = Block { first: index + 1 - length, second: other + 1 - length, length };
                }
            }
            lengths = row;
        }
        self.extend(best, first, second)
    }

    fn seeds(&self, index: usize) -> &[usize] {
        self.first.get(index).and_then(|character| self.positions.get(character)).map_or(&[], Vec::as_slice)
    }

    /// Takes in equal neighbours that were too frequent to seed a match.
    fn extend(&self, mut block: Block, first: &Range<usize>, second: &Range<usize>) -> Block {
        while block.first > first.start
            && block.second > second.start
            && self.first.get(block.first - 1) == self.second.get(block.second - 1)
        {
            block = Block { first: block.first - 1, second: block.second - 1, length: block.length + 1 };
        }
        while block.first + block.length < first.end
            && block.second + block.length < second.end
            && self.first.get(block.first + block.length) == self.second.get(block.second + block.length)
        {
            block.length += 1;
        }
        block
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_ratio_is_a_share_and_whole_only_for_equal_texts(first in "[abc ]{0,30}", second in "[abc ]{0,30}") {
            let ratio = ratio(&first, &second);
            prop_assert!((0.0..=1.0).contains(&ratio));
            prop_assert_eq!(ratio >= 1.0, first == second);
        }
    }

    #[test]
    fn equal_texts_are_one_and_strangers_nought() {
        assert!((ratio("abc", "abc") - 1.0).abs() < 1e-12);
        assert!(ratio("abc", "xyz").abs() < 1e-12);
        assert!((ratio("", "") - 1.0).abs() < 1e-12);
        assert!(ratio("", "a").abs() < 1e-12);
    }

    #[test]
    fn the_published_example_comes_out() {
        // "Pennsylvania" and "Pencilvaneya": 8 matching characters of 24.
        let expected = 2.0 * 8.0 / 24.0;
        assert!((ratio("pennsylvania", "pencilvaneya") - expected).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_the_texts_counts() {
        // Difflib's own documentation: 0.25 one way, 0.5 the other.
        assert!((ratio("tide", "diet") - 0.25).abs() < 1e-12);
        assert!((ratio("diet", "tide") - 0.5).abs() < 1e-12);
    }

    #[test]
    fn in_a_long_text_frequent_characters_seed_nothing() {
        let long = "ab".repeat(100);
        assert!(ratio(&format!("x{long}"), &format!("y{long}")).abs() < 1e-12);
        // Equal beginnings still match: a match of nothing grows over what is frequent.
        assert!((ratio(&long, &long) - 1.0).abs() < 1e-12);
        let short = "ab".repeat(99);
        assert!((ratio(&format!("x{short}"), &format!("y{short}")) - 396.0 / 398.0).abs() < 1e-12);
    }
}
