//! Judges whether a page's text matches what the page shows.
//!
//! A font without a usable mapping produces unknown codes or random letters. Random letters are
//! detected by the share of vowels and by the share of characters that are neither letters nor
//! digits.

use fieldmark_domain::page::{TextLayer, TextVerdict, Word};

use super::page_text::MAX_WORDS;
use super::spelling::UNKNOWN;

/// A text with a larger share of unknown characters is garbled.
const MAX_UNKNOWN_SHARE: f32 = 0.1;
/// Shares are computed only from this many characters on.
const MIN_CHARACTERS: usize = 40;
/// Texts in languages of Latin script have 35 to 50 % vowels; lists of codes have a quarter of
/// that.
const MIN_VOWEL_SHARE: f32 = 0.1;
/// Texts, tables and forms consist mostly of letters and digits.
const MIN_PLAIN_SHARE: f32 = 0.4;
/// A picture that covers this share of the page is a scan of the page.
const COVERING_SHARE: f32 = 0.6;
/// A scanned page may have this many words of its own, such as a stamp or a page number.
const MAX_STAMP_WORDS: usize = 8;

/// Further facts about a page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Surroundings {
    /// The share of the page that its largest picture covers, 0 to 1.
    pub picture_share: f32,
    /// Whether the words come from invisible text.
    pub is_invisible: bool,
    /// How many words of the page were dropped because it has too many.
    pub left_out: usize,
}

/// Judges the text of a page.
pub fn judge(words: &[Word], surroundings: Surroundings) -> TextLayer {
    let covered = surroundings.picture_share >= COVERING_SHARE;
    let layer = |verdict, reasons| TextLayer { verdict, reasons };
    if words.is_empty() {
        let reason =
            if covered { "A picture covers the page, which has no text." } else { "The page has no text." };
        return layer(TextVerdict::None, vec![reason.to_owned()]);
    }
    if covered && words.len() <= MAX_STAMP_WORDS && !surroundings.is_invisible {
        let reason = format!("A picture covers the page, which has only {} words of text.", words.len());
        return layer(TextVerdict::None, vec![reason]);
    }
    let mut faults = faults(words);
    if !faults.is_empty() {
        faults.extend(left_out(surroundings));
        return layer(TextVerdict::Garbled, faults);
    }
    layer(TextVerdict::Good, remarks(surroundings))
}

fn remarks(surroundings: Surroundings) -> Vec<String> {
    let mut remarks = Vec::new();
    if surroundings.is_invisible {
        remarks.push("The text is invisible, as OCR programs lay it over a scan.".to_owned());
    }
    remarks.extend(left_out(surroundings));
    remarks
}

/// A remark about dropped words, if any were dropped.
fn left_out(surroundings: Surroundings) -> Option<String> {
    let count = surroundings.left_out;
    (count > 0)
        .then(|| format!("Only the first {MAX_WORDS} words of the page are read; {count} are left out."))
}

/// The faults of a text, one sentence each.
fn faults(words: &[Word]) -> Vec<String> {
    let tally = Tally::of(words);
    let mut faults = Vec::new();
    let unknown = share(tally.unknown, tally.characters);
    if unknown > MAX_UNKNOWN_SHARE {
        faults.push(format!("The fonts do not say what {:.0} % of the characters are.", unknown * 100.0));
    }
    let vowels = share(tally.vowels, tally.latin);
    if tally.latin >= MIN_CHARACTERS && vowels < MIN_VOWEL_SHARE {
        faults.push(format!("Only {:.0} % of the letters are vowels.", vowels * 100.0));
    }
    let plain = share(tally.plain, tally.characters - tally.unknown);
    if tally.characters - tally.unknown >= MIN_CHARACTERS && plain < MIN_PLAIN_SHARE {
        faults.push(format!("Only {:.0} % of the characters are letters or digits.", plain * 100.0));
    }
    faults
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

#[derive(Debug, Default)]
struct Tally {
    characters: usize,
    unknown: usize,
    /// Letters and digits of any script.
    plain: usize,
    /// Latin letters in words of at least four letters: codes and abbreviations have few vowels.
    latin: usize,
    vowels: usize,
}

impl Tally {
    fn of(words: &[Word]) -> Self {
        let mut tally = Self::default();
        for word in words.iter().filter(|word| !is_leader(&word.text)) {
            tally.count(&word.text);
        }
        tally
    }

    fn count(&mut self, text: &str) {
        for character in text.chars() {
            self.characters += 1;
            self.unknown += usize::from(character == UNKNOWN);
            self.plain += usize::from(character.is_alphanumeric());
        }
        let is_plain_word = text.chars().count() >= 4 && text.chars().all(char::is_alphabetic);
        if is_plain_word {
            self.latin += text.chars().filter(|character| is_latin(*character)).count();
            self.vowels += text.chars().filter(|character| is_vowel(*character)).count();
        }
    }
}

/// Rows of dots, dashes and similar characters that are used as leaders or rules.
fn is_leader(text: &str) -> bool {
    text.chars().all(|character| matches!(character, '.' | '_' | '-' | '*' | '=' | '·' | '–' | '—' | '…'))
}

const fn is_latin(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'a'..='z' | 'À'..='ɏ')
}

/// A vowel of a language in Latin script, with or without an accent.
fn is_vowel(character: char) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let base = character.nfd().next().unwrap_or(character).to_ascii_lowercase();
    matches!(base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ø' | 'Ø' | 'æ' | 'Æ' | 'œ' | 'Œ' | 'ı')
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::geometry::BoundingBox;

    use super::*;

    fn judged(text: &str, surroundings: Surroundings) -> TextLayer {
        let words: Vec<Word> = text
            .split_whitespace()
            .map(|text| Word { text: text.to_owned(), bounds: BoundingBox::default(), font_size: 9.0 })
            .collect();
        judge(&words, surroundings)
    }

    const LETTER: &str = "Invoice number 2041 dated today for services rendered in our laboratories";

    #[test]
    fn plain_text_is_good() {
        let layer = judged(LETTER, Surroundings::default());
        assert_eq!((layer.verdict, layer.reasons.len()), (TextVerdict::Good, 0));
        assert_eq!(judged("1 200,00 . . . . . . ______", Surroundings::default()).verdict, TextVerdict::Good);
    }

    #[test]
    fn invisible_text_over_a_scan_is_good_and_says_so() {
        let scan = Surroundings { picture_share: 1.0, is_invisible: true, left_out: 0 };
        let layer = judged(LETTER, scan);
        assert_eq!((layer.verdict, layer.reasons.len()), (TextVerdict::Good, 1));
    }

    #[test]
    fn a_scan_with_a_stamp_has_no_text() {
        let scan = Surroundings { picture_share: 0.9, ..Surroundings::default() };
        assert_eq!(judged("Scanned today", scan).verdict, TextVerdict::None);
        assert_eq!(judged(LETTER, scan).verdict, TextVerdict::Good);
        assert_eq!(judged("", Surroundings::default()).verdict, TextVerdict::None);
    }

    #[test]
    fn text_that_no_font_explains_is_garbled() {
        for text in [
            "In\u{FFFD}oi\u{FFFD}e \u{FFFD}\u{FFFD}\u{FFFD} 2041",
            "Jowpjdf ovncfs sfoefsfe mbcpsb wrtxz pqrst bcdfg hjklm npqrs tvwxz bcdfg hjklm npqrs tvwxz",
            "!\"#$ %&'( )*+, :;<= ?@[\\ ]^`{ |}~! \"#$% &'() *+,: ;<=> ?@[\\ ]^`{ |}~!",
        ] {
            let layer = judged(text, Surroundings::default());
            assert_eq!(layer.verdict, TextVerdict::Garbled, "{text}");
            assert!(!layer.reasons.is_empty());
            let cut = judged(text, Surroundings { left_out: 7, ..Surroundings::default() });
            assert_eq!(cut.reasons.len(), layer.reasons.len() + 1, "{cut:?}");
        }
    }
}
