//! A synthetic page: words with exact boxes and labels, and the drawings around them.
//!
//! Lengths are in points (1/72 inch), origin top left, y downwards.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{PageSize, Word};

use crate::typeface::Typeface;

/// A word on the page, with its labels.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticWord {
    /// The text, without white space.
    pub text: String,
    /// Left edge of the first glyph's advance.
    pub left: f32,
    /// Right edge of the last glyph's advance.
    pub right: f32,
    /// The baseline.
    pub baseline: f32,
    /// The typeface.
    pub typeface: Typeface,
    /// Font size in points.
    pub font_size: f32,
    /// Horizontal scaling; 1 is the typeface's own width.
    pub stretch: f32,
    /// The class of the word's span; `None` for a word outside spans.
    pub class: Option<SpanClass>,
    /// The role of the block that contains it; `None` outside blocks.
    pub role: Option<BlockRole>,
    /// Whether a span starts with this word.
    pub starts_span: bool,
}

impl SyntheticWord {
    /// Top of the word's box, by the typeface's ascent.
    #[must_use]
    pub fn top(&self) -> f32 {
        self.baseline - self.typeface.ascent() * self.font_size
    }

    /// Bottom of the word's box, by the typeface's descent.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.baseline + self.typeface.descent() * self.font_size
    }

    /// The word as a document reader would return it.
    #[must_use]
    pub fn to_word(&self, size: PageSize) -> Word {
        Word {
            text: self.text.clone(),
            bounds: BoundingBox::from_edges(
                self.left / size.width_pt,
                self.top() / size.height_pt,
                self.right / size.width_pt,
                self.bottom() / size.height_pt,
            ),
            font_size: self.font_size,
        }
    }
}

/// Drawings in addition to the words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drawing {
    /// A thin line.
    Rule {
        /// Start.
        from: (f32, f32),
        /// End.
        to: (f32, f32),
        /// Width of the line.
        width: f32,
    },
    /// A filled rectangle behind the words.
    Fill {
        /// Left, top, right, bottom.
        edges: (f32, f32, f32, f32),
        /// 0 is black, 1 is white.
        gray: f32,
    },
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticPage {
    /// Width and height.
    pub size: PageSize,
    /// Words in the order in which they were set.
    pub words: Vec<SyntheticWord>,
    /// Lines and fills.
    pub drawings: Vec<Drawing>,
}
