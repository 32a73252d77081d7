//! Draws letters from a bitmap font of 8 by 8 dots.

use font8x8::legacy::BASIC_LEGACY;
use image::Rgb;

use crate::canvas::{Canvas, Rectangle};
use crate::strokes::{DOTS, Strokes};

/// Writes an ASCII text into its tag; other characters stay blank.
pub fn write(canvas: &mut Canvas, text: &str, tag: Rectangle, colour: Rgb<u8>, strokes: &Strokes) {
    let (width, height) = strokes.dot;
    let mut left = tag.left + strokes.padding.0;
    for character in text.chars() {
        for (x, y) in dots(character) {
            let (left, top) = (left + x * width, tag.top + strokes.padding.1 + y * height);
            canvas.fill(Rectangle { left, top, right: left + width, bottom: top + height }, colour);
        }
        left += DOTS * width;
    }
}

/// The dots of a character's glyph, 8 by 8, from the top left.
fn dots(character: char) -> impl Iterator<Item = (i32, i32)> {
    let glyph = BASIC_LEGACY.get(character as usize).copied().unwrap_or_default();
    (0_i32..)
        .zip(glyph)
        .flat_map(|(y, row)| (0..DOTS).filter(move |x| row >> x & 1 == 1).map(move |x| (x, y)))
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::page::GrayRaster;

    use super::*;

    #[test]
    fn a_letter_has_dots_and_a_blank_has_none() {
        assert!(dots('a').count() > 5);
        assert_eq!(dots(' ').count(), 0);
        assert_eq!(dots('漢').count(), 0);
    }

    #[test]
    fn a_letter_fills_its_place_at_every_size() {
        for rows in [200, 1600, 4000] {
            let strokes = Strokes::on(rows);
            let (width, height) = strokes.tag_size("M");
            let raster = GrayRaster {
                width: width.unsigned_abs(),
                height: height.unsigned_abs(),
                pixels: vec![255; (width * height) as usize],
            };
            let mut canvas = Canvas::of(&raster).unwrap();
            let tag = Rectangle { left: 0, top: 0, right: width, bottom: height };
            write(&mut canvas, "M", tag, Rgb([0; 3]), &strokes);
            let image = canvas.into_image();
            let dark = image.pixels().filter(|pixel| pixel.0 == [0; 3]).count();
            let dot = (strokes.dot.0 * strokes.dot.1) as usize;
            assert_eq!(dark, dots('M').count() * dot, "{rows} rows");
        }
    }
}
