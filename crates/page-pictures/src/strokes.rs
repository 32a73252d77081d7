//! The thickness of lines and the size of letters, so that pictures of any height look the same.

/// Rows and columns of a letter in dots.
pub const DOTS: i32 = 8;
/// The height of a picture, in rows, for which a dot is one pixel wide and the lengths below are
/// unscaled.
const USUAL_ROWS: i32 = 1600;
/// On pictures with fewer rows, letters of the usual proportions would be higher than lines of
/// text.
const SMALL_ROWS: i32 = 800;

/// Lengths in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strokes {
    /// The distance between an outline and the words.
    pub margin: i32,
    /// The thickness of a value's outline.
    pub value: i32,
    /// The thickness of a caption's outline.
    pub caption: i32,
    /// Width and height of a letter's dot.
    pub dot: (i32, i32),
    /// The free space beside and above a text.
    pub padding: (i32, i32),
    /// Whether a name is written even if it hides another name or box.
    pub names_may_hide: bool,
}

impl Strokes {
    /// The strokes for a picture with this number of rows.
    #[must_use]
    pub fn on(rows: i32) -> Self {
        let scaled =
            |length: i32| (length.saturating_mul(rows).saturating_add(USUAL_ROWS / 2) / USUAL_ROWS).max(1);
        let is_small = rows < SMALL_ROWS;
        let dot = scaled(1);
        Self {
            margin: scaled(3),
            value: scaled(2),
            caption: scaled(1),
            dot: (dot, if is_small { dot } else { 2 * dot }),
            padding: (3 * dot, dot),
            names_may_hide: !is_small,
        }
    }

    /// Width and height of a tag for this text.
    #[must_use]
    pub fn tag_size(&self, text: &str) -> (i32, i32) {
        let letters = i32::try_from(text.chars().count()).unwrap_or(i32::MAX);
        let width = letters.saturating_mul(DOTS * self.dot.0).saturating_add(2 * self.padding.0);
        (width, DOTS * self.dot.1 + 2 * self.padding.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_grow_with_the_picture_and_never_vanish() {
        let usual = Strokes::on(1600);
        assert_eq!((usual.margin, usual.value, usual.caption), (3, 2, 1));
        assert_eq!(usual.tag_size("iban"), (38, 18));
        let smallest = Strokes::on(200);
        assert_eq!((smallest.margin, smallest.value, smallest.caption), (1, 1, 1));
        assert_eq!(smallest.tag_size("iban"), (38, 10));
        let largest = Strokes::on(4000);
        assert_eq!((largest.margin, largest.value, largest.caption), (8, 5, 3));
        assert_eq!(largest.tag_size("iban"), (114, 54));
    }
}
