//! Joins letter-spaced text: single characters at equal distances that form one word. Payment
//! references, titles and codes are often set this way.

use super::grouping::PlacedWord;

/// Minimum number of single characters in a row.
const MIN_RUN: usize = 4;
/// Maximum gap in font sizes; characters further apart are in separate columns.
const MAX_GAP: f32 = 1.2;
/// Maximum difference between gaps, in font sizes: only rounding.
const MAX_GAP_DIFFERENCE: f32 = 0.06;

/// The words in drawing order, with letter-spaced runs joined.
pub fn join_letter_spaced(words: Vec<PlacedWord>) -> Vec<PlacedWord> {
    let mut joined: Vec<PlacedWord> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some(first) = rest.first() {
        let length = run_length(rest);
        if length >= MIN_RUN {
            let (run, after) = rest.split_at(length);
            joined.extend(run.iter().cloned().reduce(PlacedWord::followed_by));
            rest = after;
        } else {
            joined.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    joined
}

/// The number of leading words that are single characters at one distance.
fn run_length(words: &[PlacedWord]) -> usize {
    let mut distance = None;
    let pairs = words.iter().zip(words.iter().skip(1));
    let even = pairs.take_while(|(left, right)| {
        let size = left.font_size.max(1.0);
        let gap = right.first_advance().0 - left.last_advance().1;
        let level = (left.edges.centre().1 - right.edges.centre().1).abs() < 0.2 * size;
        let alike = (left.font_size - right.font_size).abs() < 0.05 * size;
        let expected = *distance.get_or_insert(gap);
        is_single(left)
            && is_single(right)
            && level
            && alike
            && (0.0..=MAX_GAP * size).contains(&gap)
            && (gap - expected).abs() <= MAX_GAP_DIFFERENCE * size
    });
    match even.count() {
        0 => 0,
        pairs => pairs + 1,
    }
}

fn is_single(word: &PlacedWord) -> bool {
    let mut characters = word.text.chars();
    characters.next().is_some_and(char::is_alphanumeric) && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::character::Edges;
    use super::super::grouping::{PlacedCharacter, words};
    use super::*;

    /// Characters of 10 points and 5 wide, with these gaps before them.
    fn set(text: &str, gaps: &[f32]) -> Vec<String> {
        let mut left = 100.0;
        let mut placed = Vec::new();
        for (index, character) in text.chars().enumerate() {
            left += if index == 0 { 0.0 } else { 5.0 + gaps[(index - 1) % gaps.len()] };
            let edges = Edges { left, right: left + 5.0, low: 100.0, high: 110.0 };
            placed.push(Some(PlacedCharacter {
                character,
                edges,
                advance: (left, left + 5.0),
                font_size: 10.0,
            }));
        }
        join_letter_spaced(words(placed)).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn even_distances_make_a_word() {
        assert_eq!(set("941319675", &[4.0]), ["941319675"]);
        assert_eq!(set("RECHNUNG", &[3.0]), ["RECHNUNG"]);
    }

    #[test]
    fn columns_uneven_distances_and_few_characters_do_not() {
        assert_eq!(set("12345", &[14.0]), ["1", "2", "3", "4", "5"]);
        assert_eq!(set("12345", &[4.0, 6.0]), ["1", "2", "3", "4", "5"]);
        assert_eq!(set("123", &[4.0]), ["1", "2", "3"]);
        assert_eq!(set("Rechnung", &[0.5]), ["Rechnung"]);
    }
}
