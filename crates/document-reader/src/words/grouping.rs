//! Groups characters, in drawing order, into words by the gaps between them.

use super::character::Edges;

/// A gap wider than this, in font sizes, separates words although the text contains no space. Gaps
/// are measured between advances, because narrow digits and points have wide gaps between their
/// glyphs.
const WORD_GAP: f32 = 0.25;
/// A character that starts this many font sizes before the end of the previous one starts a new
/// word.
const STEP_BACK: f32 = 0.8;
/// Characters whose centres are more than this many heights apart belong to different words.
const STEP_ASIDE: f32 = 0.5;

/// A character on the page as shown (y downwards).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedCharacter {
    /// Its text.
    pub character: char,
    /// Horizontally the glyph's extent, vertically ascent to descent.
    pub edges: Edges,
    /// Start and end of its advance.
    pub advance: (f32, f32),
    /// Font size in points.
    pub font_size: f32,
}

/// A word on the page as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedWord {
    /// Its text as drawn, not yet normalised.
    pub text: String,
    /// Its box.
    pub edges: Edges,
    /// The font size of its first character.
    pub font_size: f32,
    /// Start and end of the first character's advance.
    first: (f32, f32),
    /// The last character; the gap to the next one is measured from it.
    last: PlacedCharacter,
}

impl PlacedWord {
    fn of(placed: &PlacedCharacter) -> Self {
        Self {
            text: placed.character.to_string(),
            edges: placed.edges,
            font_size: placed.font_size,
            first: placed.advance,
            last: *placed,
        }
    }

    /// Start and end of the first character's advance; for a word of one character also the last
    /// one's.
    pub fn first_advance(&self) -> (f32, f32) {
        self.first
    }

    /// Start and end of the last character's advance.
    pub fn last_advance(&self) -> (f32, f32) {
        self.last.advance
    }

    /// Joins two words into one.
    pub fn followed_by(mut self, next: Self) -> Self {
        self.text.push_str(&next.text);
        self.edges = self.edges.union(&next.edges);
        self.last = next.last;
        self
    }

    fn goes_on_with(&self, next: &PlacedCharacter) -> bool {
        let size = self.font_size.max(next.font_size).max(1.0);
        let last = &self.last;
        // The letters of one ligature share one box.
        if next.edges == last.edges {
            return true;
        }
        let step = next.edges.left - last.edges.right;
        let gap = step.min(next.advance.0 - last.advance.1);
        let aside = (next.edges.centre().1 - last.edges.centre().1).abs();
        gap <= WORD_GAP * size
            && step >= -STEP_BACK * size
            && aside <= STEP_ASIDE * last.edges.height().max(next.edges.height())
    }

    fn push(&mut self, next: &PlacedCharacter) {
        self.text.push(next.character);
        self.edges = self.edges.union(&next.edges);
        self.last = *next;
    }
}

/// Groups characters into words. `None` is a gap that the text itself contains.
pub fn words(characters: impl IntoIterator<Item = Option<PlacedCharacter>>) -> Vec<PlacedWord> {
    let mut words: Vec<PlacedWord> = Vec::new();
    let mut open = false;
    for placed in characters {
        let Some(placed) = placed else {
            open = false;
            continue;
        };
        match words.last_mut() {
            Some(word) if open && word.goes_on_with(&placed) => word.push(&placed),
            _ => words.push(PlacedWord::of(&placed)),
        }
        open = true;
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(character: char, left: f32, top: f32) -> Option<PlacedCharacter> {
        let edges = Edges { left, right: left + 5.0, low: top, high: top + 12.0 };
        Some(PlacedCharacter { character, edges, advance: (left, left + 5.0), font_size: 10.0 })
    }

    fn texts(characters: &[Option<PlacedCharacter>]) -> Vec<String> {
        words(characters.iter().copied()).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn gaps_and_spaces_separate_words() {
        let characters = [at('a', 0.0, 0.0), at('b', 5.5, 0.0), None, at('c', 11.0, 0.0), at('d', 20.0, 0.0)];
        assert_eq!(texts(&characters), ["ab", "c", "d"]);
    }

    #[test]
    fn another_line_or_a_step_back_starts_a_word() {
        assert_eq!(texts(&[at('a', 0.0, 0.0), at('b', 5.0, 14.0)]), ["a", "b"]);
        assert_eq!(texts(&[at('a', 50.0, 0.0), at('b', 0.0, 0.0)]), ["a", "b"]);
    }

    #[test]
    fn narrow_figures_are_not_torn_apart() {
        let narrow = |left: f32| {
            let edges = Edges { left: left + 2.0, right: left + 3.5, low: 0.0, high: 12.0 };
            Some(PlacedCharacter { character: '1', edges, advance: (left, left + 5.5), font_size: 10.0 })
        };
        assert_eq!(texts(&[narrow(0.0), narrow(5.5), narrow(11.0)]), ["111"]);
    }

    #[test]
    fn a_small_raised_character_belongs_to_its_word() {
        let raised = PlacedCharacter {
            character: '2',
            edges: Edges { left: 5.0, right: 8.0, low: -1.0, high: 6.0 },
            advance: (5.0, 8.0),
            font_size: 6.0,
        };
        assert_eq!(texts(&[at('m', 0.0, 0.0), Some(raised)]), ["m2"]);
    }

    #[test]
    fn a_words_box_holds_its_characters() {
        let word = &words([at('a', 1.0, 2.0), at('b', 6.0, 3.0)])[0];
        assert_eq!(word.edges, Edges { left: 1.0, right: 11.0, low: 2.0, high: 15.0 });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_character_is_lost(places in prop::collection::vec((0.0_f32..600.0, 0.0_f32..800.0), 0..60)) {
            let characters: Vec<_> = places.iter().map(|&(left, top)| at('x', left, top)).collect();
            let letters: usize = words(characters).iter().map(|word| word.text.len()).sum();
            prop_assert_eq!(letters, places.len());
        }
    }
}
