//! A character as a page's content draws it.

/// A rectangle in points. Its owner defines the direction of y; `low` is the smaller y.
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

    /// Whether it has an area and all its edges are finite.
    pub fn has_area(&self) -> bool {
        self.width() > 0.0 && self.height() > 0.0 && self.is_finite()
    }

    /// Whether all its edges are finite.
    pub fn is_finite(&self) -> bool {
        [self.left, self.right, self.low, self.high].iter().all(|edge| edge.is_finite())
    }

    /// Whether it contains a point.
    pub fn holds(&self, (x, y): (f32, f32)) -> bool {
        (self.left..=self.right).contains(&x) && (self.low..=self.high).contains(&y)
    }
}

/// How visible a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// It is drawn.
    Visible,
    /// It is in the text but not drawn (text rendering modes 3 and 7), as OCR programs add text
    /// over a scan.
    Invisible,
    /// It is drawn but cannot be seen: white on white, transparent, or without size.
    Hidden,
}

/// A character in the page's own coordinates (y upwards, before the page's rotation).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Character {
    /// Its code point, or half of a surrogate pair; 0 when the font does not map it.
    pub code: u32,
    /// The box of the glyph; `None` when it has none, such as a space.
    pub tight: Option<Edges>,
    /// The box from ascent to descent, across the advance.
    pub loose: Edges,
    /// The writing direction as a vector; `None` for a character that pdfium inserted.
    pub direction: Option<(f32, f32)>,
    /// Font size in points, as stated in the file.
    pub font_size: f32,
    /// Whether it can be seen.
    pub paint: Paint,
}

impl Character {
    /// The font size in points, if the stated size is usable.
    pub fn usable_font_size(&self) -> Option<f32> {
        Some(self.font_size).filter(|size| *size > 0.0 && size.is_finite())
    }
}
