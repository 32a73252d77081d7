//! The tokens of a printed date.

use unicode_normalization::char::is_combining_mark;

/// A number, a word or a mark; white space only separates tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Its value, and its number of digits.
    Number(u32, usize),
    /// Letters in lower case.
    Word(String),
    /// Any other character.
    Mark(char),
}

impl Token {
    /// Whether it may occur between the parts of a date with a month's name: marks, ordinal endings
    /// and small words.
    pub(super) fn is_filler(&self) -> bool {
        const WORDS: &str = "de del of den der st nd rd th er ta r a o d e ste te eme ème dne an na m g gada fómhair η \
            ης ти ви ри ми";
        match self {
            Self::Number(..) => false,
            Self::Word(word) => WORDS.split_ascii_whitespace().any(|filler| filler == word),
            Self::Mark(mark) => ".,-/:ºª°'’".contains(*mark),
        }
    }
}

/// Splits a text into tokens: digits and letters are separated even without a space.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(letter) = rest.chars().next() {
        let same: fn(char) -> bool = if letter.is_ascii_digit() {
            |other| other.is_ascii_digit()
        } else if is_letter(letter) {
            |other| is_letter(other) || is_combining_mark(other)
        } else {
            |_| false
        };
        let length = rest.find(|other| !same(other)).unwrap_or(rest.len()).max(letter.len_utf8());
        let (piece, remainder) = rest.split_at(length);
        tokens.push(token(piece, letter));
        rest = remainder.trim_start();
    }
    tokens
}

/// Unicode counts the ordinal signs as letters.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && !matches!(letter, 'º' | 'ª')
}

fn token(piece: &str, first: char) -> Token {
    if first.is_ascii_digit() {
        // A number with more digits than a date can have has no meaning, but must not be dropped.
        Token::Number(piece.parse().unwrap_or(u32::MAX), piece.len())
    } else if is_letter(first) {
        Token::Word(piece.to_lowercase())
    } else {
        Token::Mark(if matches!(first, '–' | '—' | '−' | '‐' | '‑') { '-' } else { first })
    }
}
