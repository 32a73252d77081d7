//! Which code a character has in `WinAnsiEncoding`, and the glyph name of a character that has none.
//!
//! Sources: ISO 32000-1, annex D.2 (the encoding) and the Adobe Glyph List (the names).

use unicode_normalization::UnicodeNormalization;

/// Codes 0x80 to 0x9F; the encoding is Latin-1 elsewhere.
const HIGH_CONTROLS: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// The code of a character in `WinAnsiEncoding`. No-break space and soft hyphen have none here: readers
/// take their codes for a space and a hyphen.
pub(super) fn win_ansi_code(character: char) -> Option<u8> {
    if let Some(index) = HIGH_CONTROLS.iter().position(|entry| *entry == Some(character)) {
        return u8::try_from(index).ok().map(|offset| 0x80 + offset);
    }
    let code = u8::try_from(u32::from(character)).ok()?;
    matches!(code, 0x20..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF).then_some(code)
}

/// The codes that characters outside the encoding may take, the least used first.
pub(super) fn assignable_codes() -> impl Iterator<Item = u8> {
    (0x80..=0xFF).chain(0x21..=0x7E).filter(|code| !matches!(code, 0xA0 | 0xAD))
}

/// The glyph name of a character: base letter and accent as in `aogonek`, or `uni` and its code point.
pub(super) fn glyph_name(character: char) -> String {
    irregular_name(character)
        .map(str::to_owned)
        .or_else(|| accented_name(character))
        .unwrap_or_else(|| code_point_name(character))
}

/// Names that do not follow from base letter and accent.
fn irregular_name(character: char) -> Option<&'static str> {
    Some(match character {
        'Đ' => "Dcroat",
        'đ' => "dcroat",
        'Ħ' => "Hbar",
        'ħ' => "hbar",
        'ı' => "dotlessi",
        'Ł' => "Lslash",
        'ł' => "lslash",
        'Ŋ' => "Eng",
        'ŋ' => "eng",
        'Ŧ' => "Tbar",
        'ŧ' => "tbar",
        '−' => "minus",
        '⁄' => "fraction",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => return None,
    })
}

fn accented_name(character: char) -> Option<String> {
    let mut parts = character.nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    let accent = match (parts.next()?, base) {
        ('\u{300}', _) => "grave",
        ('\u{301}', _) => "acute",
        ('\u{302}', _) => "circumflex",
        ('\u{303}', _) => "tilde",
        ('\u{304}', _) => "macron",
        ('\u{306}', _) => "breve",
        ('\u{307}', _) => "dotaccent",
        ('\u{308}', _) => "dieresis",
        ('\u{30A}', _) => "ring",
        ('\u{30B}', _) => "hungarumlaut",
        ('\u{30C}', _) => "caron",
        ('\u{327}', 'C' | 'c' | 'S' | 's') => "cedilla",
        // The list calls the comma below the other letters so, whatever Unicode calls it.
        ('\u{327}', _) => "commaaccent",
        ('\u{328}', _) => "ogonek",
        _ => return None,
    };
    parts.next().is_none().then(|| format!("{base}{accent}"))
}

fn code_point_name(character: char) -> String {
    let code_point = u32::from(character);
    if code_point <= 0xFFFF { format!("uni{code_point:04X}") } else { format!("u{code_point:05X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_latin_1_with_a_table_in_the_gap() {
        assert_eq!(win_ansi_code('A'), Some(0x41));
        assert_eq!(win_ansi_code('ä'), Some(0xE4));
        assert_eq!(win_ansi_code('€'), Some(0x80));
        assert_eq!(win_ansi_code('ž'), Some(0x9E));
        assert_eq!(win_ansi_code('Ÿ'), Some(0x9F));
        for outside in ['ł', '\u{80}', '\u{A0}', '\u{AD}', '\t', '漢'] {
            assert_eq!(win_ansi_code(outside), None);
        }
    }

    #[test]
    fn glyphs_have_the_names_of_the_glyph_list() {
        let expected = [
            ('ą', "aogonek"),
            ('Ć', "Cacute"),
            ('ł', "lslash"),
            ('ż', "zdotaccent"),
            ('ř', "rcaron"),
            ('ů', "uring"),
            ('ő', "ohungarumlaut"),
            ('ş', "scedilla"),
            ('ţ', "tcommaaccent"),
            ('ă', "abreve"),
            ('ā', "amacron"),
            ('đ', "dcroat"),
            ('ș', "uni0219"),
            ('Ω', "uni03A9"),
            ('𝄞', "u1D11E"),
        ];
        for (character, name) in expected {
            assert_eq!(glyph_name(character), name);
        }
    }
}
