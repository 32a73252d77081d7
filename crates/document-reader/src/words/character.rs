//! A character as a page's content draws it.

/// A rectangle in points; which way y points is the owner's matter, `low` is the smaller y.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Edges {
    /// Smallest x.
    pub left: f32,
    /// Largest x.
    pub right: f32,
    /// Smallest y.
    pub low: f32,
    /// Largest y.
    pub high: f32,
}

impl Edges {
    /// The smallest edges around both.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// Horizontal extent.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Vertical extent.
    pub fn height(&self) -> f32 {
        self.high - self.low
    }

    /// The point in the middle.
    pub fn centre(&self) -> (f32, f32) {
        ((self.left + self.right) / 2.0, (self.low + self.high) / 2.0)
    }

    /// Whether it covers any area and all its edges are numbers.
    pub fn has_area(&self) -> bool {
        self.width() > 0.0 && self.height() > 0.0 && self.is_finite()
    }

    /// Whether all its edges are numbers.
    pub fn is_finite(&self) -> bool {
        [self.left, self.right, self.low, self.high].iter().all(|edge| edge.is_finite())
    }

    /// Whether it holds a point.
    pub fn holds(&self, (x, y): (f32, f32)) -> bool {
        (self.left..=self.right).contains(&x) && (self.low..=self.high).contains(&y)
    }
}

/// Whether a character can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// It is drawn.
    Visible,
    /// It is in the text and not drawn (text rendering modes 3 and 7), as OCR programs do over a scan.
    Invisible,
    /// It is drawn so that nobody sees it: in white on white, transparent, or without any size.
    Hidden,
}

/// A character in the page's own coordinates (y upwards, before the page's rotation).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Character {
    /// Its code point, or half of a surrogate pair; 0 when the font does not tell.
    pub code: u32,
    /// The glyph's own box; `None` when it has none, as a space has.
    pub tight: Option<Edges>,
    /// The box from ascent to descent and over the advance.
    pub loose: Edges,
    /// Where its writing goes, as a vector; `None` for a character that the reader of the text made up.
    pub direction: Option<(f32, f32)>,
    /// Font size in points, as the file has it.
    pub font_size: f32,
    /// Whether it can be seen.
    pub paint: Paint,
}

impl Character {
    /// The font size in points, if it is one that text can be set in.
    pub fn told_font_size(&self) -> Option<f32> {
        Some(self.font_size).filter(|size| *size > 0.0 && size.is_finite())
    }
}
