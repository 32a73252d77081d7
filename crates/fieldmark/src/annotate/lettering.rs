//! Letters from a bitmap: one column of pixels per dot, two rows, so that a letter is 8 wide and 16 high.

use font8x8::legacy::BASIC_LEGACY;
use image::Rgb;

use super::canvas::{Canvas, Rectangle};

/// Pixels from one letter to the next.
const ADVANCE: i32 = 8;
/// Pixels of a letter's height.
const HEIGHT: i32 = 16;
/// Pixels around a text.
const PADDING: i32 = 3;

/// Width and height of a tag that holds the text.
pub fn tag_size(text: &str) -> (i32, i32) {
    let letters = i32::try_from(text.chars().count()).unwrap_or(i32::MAX / ADVANCE);
    (letters.saturating_mul(ADVANCE).saturating_add(2 * PADDING), HEIGHT + 2)
}

/// Writes an ASCII text into its tag; characters beyond ASCII stay blank.
pub fn write(canvas: &mut Canvas, text: &str, tag: Rectangle, colour: Rgb<u8>) {
    let mut left = tag.left + PADDING;
    for character in text.chars() {
        for (x, y) in dots(character) {
            canvas.set(left + x, tag.top + 1 + 2 * y, colour);
            canvas.set(left + x, tag.top + 2 + 2 * y, colour);
        }
        left += ADVANCE;
    }
}

/// The dots of a character's glyph, 8 by 8, from the top left.
fn dots(character: char) -> impl Iterator<Item = (i32, i32)> {
    let glyph = BASIC_LEGACY.get(character as usize).copied().unwrap_or_default();
    (0_i32..)
        .zip(glyph)
        .flat_map(|(y, row)| (0_i32..8).filter(move |x| row >> x & 1 == 1).map(move |x| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_dots_and_a_blank_has_none() {
        assert!(dots('a').count() > 5);
        assert_eq!(dots(' ').count(), 0);
        assert_eq!(dots('漢').count(), 0);
    }

    #[test]
    fn a_tag_is_as_wide_as_its_text() {
        assert_eq!(tag_size("iban"), (38, 18));
    }
}
