//! Draws accents as lines, for letters that the standard fonts have only without their accent.
//!
//! Shapes are strokes in em: x from the middle of the letter to the right, y upwards. They are only
//! visible; the text of the file already contains the whole letter.

use pdf_writer::Content;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use unicode_normalization::UnicodeNormalization;

use super::encoding::{has_own_glyph, win_ansi_code};
use crate::page::SyntheticWord;
use crate::typeface::base_letter;

/// Height of small letters without ascender, in em.
const X_HEIGHT: f32 = 0.52;

/// Height of capitals and of letters with an ascender, in em.
const CAP_HEIGHT: f32 = 0.72;

/// The slant of an italic letter to the right, per em of height.
const SLANT: f32 = 0.21;

/// One stroke: points to join by straight lines.
type Stroke = &'static [(f32, f32)];

/// The shape of an accent, and the height of its origin in em.
struct Accent {
    strokes: &'static [Stroke],
    height: f32,
}

/// Draws the accents that the fonts lack above and below the letters of one word.
pub(super) fn draw(content: &mut Content, word: &SyntheticWord, page_height: f32) {
    let (across, up) = (word.font_size * word.stretch, word.font_size);
    let mut pen = word.left;
    for character in word.text.chars() {
        let advance = word.typeface.advance(character) * across;
        if let Some(accent) = accent_of(character) {
            content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
            let thickness = if word.typeface.is_bold() { 0.09 } else { 0.06 };
            content.set_stroke_gray(0.0).set_line_width(thickness * up);
            let lean =
                if word.typeface.is_slanted() { SLANT * (accent.height - X_HEIGHT / 2.0) } else { 0.0 };
            let origin =
                (pen + advance / 2.0 + lean * across, page_height - word.baseline + accent.height * up);
            for stroke in accent.strokes {
                trace(content, stroke, origin, (across, up));
            }
        }
        pen += advance;
    }
}

fn trace(content: &mut Content, stroke: Stroke, origin: (f32, f32), scale: (f32, f32)) {
    for (index, (x, y)) in stroke.iter().enumerate() {
        let (x, y) = (origin.0 + x * scale.0, origin.1 + y * scale.1);
        if index == 0 {
            content.move_to(x, y);
        } else {
            content.line_to(x, y);
        }
    }
    content.stroke();
}

/// The accent to draw; `None` for a character that the fonts have, and for characters without an
/// accent.
fn accent_of(character: char) -> Option<Accent> {
    if win_ansi_code(character).is_some() || has_own_glyph(character) {
        return None;
    }
    let base = base_letter(character);
    let is_tall = base.is_ascii_uppercase() || matches!(base, 'b' | 'd' | 'f' | 'h' | 'k' | 'l' | 't');
    let above = if is_tall { CAP_HEIGHT } else { X_HEIGHT } + 0.09;
    let raised = |strokes| Some(Accent { strokes, height: above });
    let lowered = |strokes| Some(Accent { strokes, height: -0.05 });
    match (character.nfd().nth(1), base) {
        (Some('\u{30C}'), 'd' | 'l' | 't' | 'L') => Some(Accent { strokes: APOSTROPHE, height: 0.7 }),
        (Some('\u{301}'), _) => raised(ACUTE),
        (Some('\u{302}'), _) => raised(CIRCUMFLEX),
        (Some('\u{304}'), _) => raised(MACRON),
        (Some('\u{306}'), _) => raised(BREVE),
        (Some('\u{307}'), _) => raised(DOT),
        (Some('\u{30A}'), _) => raised(RING),
        (Some('\u{30B}'), _) => raised(DOUBLE_ACUTE),
        (Some('\u{30C}'), _) => raised(CARON),
        (Some('\u{326}' | '\u{327}'), _) => lowered(COMMA_BELOW),
        (Some('\u{328}'), _) => lowered(OGONEK),
        (None, 'd' | 'h' | 'H' | 't' | 'T') if !character.is_ascii() => {
            Some(Accent { strokes: MACRON, height: if base.is_ascii_uppercase() { 0.4 } else { 0.55 } })
        }
        _ => None,
    }
}

const ACUTE: &[Stroke] = &[&[(-0.04, 0.0), (0.08, 0.11)]];
const DOUBLE_ACUTE: &[Stroke] = &[&[(-0.11, 0.0), (-0.01, 0.11)], &[(0.05, 0.0), (0.15, 0.11)]];
const CIRCUMFLEX: &[Stroke] = &[&[(-0.12, 0.0), (0.0, 0.1), (0.12, 0.0)]];
const CARON: &[Stroke] = &[&[(-0.12, 0.1), (0.0, 0.0), (0.12, 0.1)]];
const MACRON: &[Stroke] = &[&[(-0.14, 0.04), (0.14, 0.04)]];
const BREVE: &[Stroke] = &[&[(-0.12, 0.1), (-0.06, 0.02), (0.0, 0.0), (0.06, 0.02), (0.12, 0.1)]];
/// Two short strokes that make a square dot.
const DOT: &[Stroke] = &[&[(-0.03, 0.04), (0.03, 0.04)], &[(-0.03, 0.08), (0.03, 0.08)]];
const RING: &[Stroke] =
    &[&[(0.06, 0.05), (0.04, 0.1), (-0.04, 0.1), (-0.06, 0.05), (-0.04, 0.0), (0.04, 0.0), (0.06, 0.05)]];
const APOSTROPHE: &[Stroke] = &[&[(0.17, 0.0), (0.14, -0.13)]];
const COMMA_BELOW: &[Stroke] = &[&[(0.03, -0.03), (-0.03, -0.15)]];
const OGONEK: &[Stroke] = &[&[(0.12, 0.05), (0.07, -0.06), (0.09, -0.12), (0.16, -0.12)]];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_without_a_glyph_of_their_own_get_an_accent() {
        for lacking in "ąćęńśźżčďěňřťůőűşșţțăāģķļņħđŧČĎŘŰĘİ".chars() {
            assert!(accent_of(lacking).is_some(), "{lacking}");
        }
        for complete in "aäéñøßšžŁłĐıóÅ€−Ωi1".chars() {
            assert!(accent_of(complete).is_none(), "{complete}");
        }
    }
}
