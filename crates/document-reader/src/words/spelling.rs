//! The meaning of a character's code, and the final spelling of a word.

use unicode_normalization::UnicodeNormalization;

/// The meaning of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// This character.
    Character(char),
    /// Neither visible nor a gap between words: joiners, direction marks. It may still take space
    /// in its line.
    Nothing,
    /// White space, or the end of a line.
    Gap,
    /// Unknown to the font: no code, a private code or a control code.
    Unknown,
}

/// Replaces, in a word, a character that the font does not map.
pub const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// Replaces, in a word, an invisible character until the word is spelled.
pub const UNSEEN: char = '\u{200B}';

/// The meaning of a code point. Surrogate pairs must be joined before.
pub fn meaning(code: u32) -> Meaning {
    match code {
        // pdfium's marks for a hyphen at the end of a line, and the code at which Windows fonts
        // have a visible hyphen instead of the soft one.
        0x2 | 0xAD | 0xFFFE => Meaning::Character('-'),
        0x9..=0xD | 0x85 | 0xA0 => Meaning::Gap,
        0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF | 0xFFFD | 0xFFFF => Meaning::Unknown,
        0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFEFF => Meaning::Nothing,
        _ => match char::from_u32(code) {
            None => Meaning::Unknown,
            Some(character) if character.is_control() => Meaning::Unknown,
            Some(character) if character.is_whitespace() => Meaning::Gap,
            Some(character) => Meaning::Character(character),
        },
    }
}

/// The code point of a high and a low surrogate (RFC 2781); `None` for any other pair.
pub fn joined(high: u32, low: u32) -> Option<u32> {
    let pair = (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low);
    pair.then(|| 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
}

/// A word's final spelling: NFKC, without invisible characters and without the spaces that
/// decomposed accents add.
pub fn normalised(text: &str) -> String {
    text.nfkc().filter(|&character| character != UNSEEN && !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_characters_gaps_or_unknown() {
        assert_eq!(meaning(u32::from('A')), Meaning::Character('A'));
        for hyphen in [0x2, 0xAD, 0xFFFE] {
            assert_eq!(meaning(hyphen), Meaning::Character('-'));
        }
        for gap in [0x20, 0xA0, 0x0A, 0x2009, 0x202F, 0x3000] {
            assert_eq!(meaning(gap), Meaning::Gap, "{gap:x}");
        }
        for unknown in [0, 0x1, 0x1F, 0x7F, 0xE001, 0xD800, 0xDFFF, 0xFFFD, 0x11_0000] {
            assert_eq!(meaning(unknown), Meaning::Unknown, "{unknown:x}");
        }
        assert_eq!(meaning(0x200B), Meaning::Nothing);
    }

    #[test]
    fn only_a_high_and_a_low_surrogate_join() {
        assert_eq!(joined(0xD83D, 0xDE00), Some(0x1F600));
        assert_eq!(joined(0xDE00, 0xD83D), None);
        assert_eq!(joined(0xD83D, 0x41), None);
    }

    #[test]
    fn ligatures_and_lone_accents_are_spelled_out() {
        assert_eq!(normalised("\u{FB01}nal"), "final");
        assert_eq!(normalised("a\u{A8}b"), "a\u{308}b");
        assert_eq!(normalised("\u{FF11}\u{200B}\u{FF12}"), "12");
    }
}
