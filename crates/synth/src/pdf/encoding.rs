//! The code of a character in `WinAnsiEncoding`, and the glyph name of a character without a code.
//!
//! Sources: ISO 32000-1, annex D.2 (the encoding) and the Adobe Glyph List (the names).

use crate::typeface::base_letter;

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

/// The code of a character in `WinAnsiEncoding`. No-break space and soft hyphen have no code here:
/// readers interpret their codes as a space and a hyphen.
pub(super) fn win_ansi_code(character: char) -> Option<u8> {
    if let Some(index) = HIGH_CONTROLS.iter().position(|entry| *entry == Some(character)) {
        return u8::try_from(index).ok().map(|offset| 0x80 + offset);
    }
    let code = u8::try_from(u32::from(character)).ok()?;
    matches!(code, 0x20..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF).then_some(code)
}

/// The codes that characters outside the encoding may use, the least common first.
pub(super) fn assignable_codes() -> impl Iterator<Item = u8> {
    (0x80..=0xFF).chain(0x21..=0x7E).filter(|code| !matches!(code, 0xA0 | 0xAD))
}

/// The glyph for a character that is not in the encoding.
///
/// Fonts that replace the standard ones may only have the glyphs of the standard Latin character
/// set (ISO 32000-1, annex D.2); pdfium's show nothing for any other character, and it drops a word
/// without visible characters. So an accented letter outside the set is shown by its base letter,
/// and [`super::accents`] draws the accent. A character without a base letter in the set is named
/// by its code point.
pub(super) fn glyph_name(character: char) -> String {
    if let Some(name) = standard_name(character) {
        return name.to_owned();
    }
    let base = base_letter(character);
    if base.is_ascii_alphabetic() { base.to_string() } else { code_point_name(character) }
}

/// Whether the standard Latin character set has a glyph for a character that is not in the
/// encoding.
pub(super) fn has_own_glyph(character: char) -> bool {
    standard_name(character).is_some()
}

/// Glyph names of the standard Latin character set for characters that `WinAnsiEncoding` lacks.
fn standard_name(character: char) -> Option<&'static str> {
    Some(match character {
        // Eth looks like D with a stroke.
        'Đ' => "Eth",
        'ı' => "dotlessi",
        'Ł' => "Lslash",
        'ł' => "lslash",
        '−' => "minus",
        '⁄' => "fraction",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => return None,
    })
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
    fn glyphs_are_those_that_every_viewer_has() {
        let expected = [
            ('ą', "a"),
            ('Ć', "C"),
            ('ř', "r"),
            ('ő', "o"),
            ('đ', "d"),
            ('ł', "lslash"),
            ('Đ', "Eth"),
            ('−', "minus"),
            ('Ω', "uni03A9"),
            ('𝄞', "u1D11E"),
        ];
        for (character, name) in expected {
            assert_eq!(glyph_name(character), name);
        }
    }
}
