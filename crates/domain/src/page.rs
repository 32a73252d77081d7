//! A page as its reader gives it: size, words in reading order, what its text layer is worth.

use crate::geometry::BoundingBox;

/// A word with its place on the page.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Word {
    /// The text, NFKC-normalised, never empty, without white space.
    pub text: String,
    /// Where it stands, in fractions of the page.
    pub bounds: BoundingBox,
    /// Font size in points; 0 when the source does not tell (an OCR engine).
    pub font_size: f32,
}

/// Width and height of a page in points (1/72 inch), after its rotation.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PageSize {
    /// Width in points, above 0.
    pub width_pt: f32,
    /// Height in points, above 0.
    pub height_pt: f32,
}

impl PageSize {
    /// ISO 216 A4, upright: 210 by 297 millimetres.
    pub const A4: Self = Self { width_pt: 595.276, height_pt: 841.89 };
}

/// Whether a page's own text can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum TextVerdict {
    /// Words that can be read as they are.
    Good,
    /// There is text, but it does not say what the page shows (fonts without a mapping, for instance).
    Garbled,
    /// There is no text: a scan, a drawing, an empty page.
    None,
}

/// The verdict on a page's text layer, with its reasons in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TextLayer {
    /// The verdict.
    pub verdict: TextVerdict,
    /// Why, one sentence each, for people.
    pub reasons: Vec<String>,
}

/// A page's picture in 8-bit gray, row by row from the top, without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GrayRaster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height` bytes; 0 is black.
    pub pixels: Vec<u8>,
}

/// One page of a document.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Page {
    /// The page's number, counted from 1.
    pub number: u32,
    /// Its size.
    pub size: PageSize,
    /// Its words in reading order: lines from top to bottom, within a line from left to right.
    pub words: Vec<Word>,
    /// What its text layer is worth.
    pub text_layer: TextLayer,
    /// Its picture, when one was asked for.
    pub raster: Option<GrayRaster>,
}

impl Page {
    /// A page whose words can be relied on, without a picture. A page without words has no text layer.
    ///
    /// ```
    /// use fieldmark_domain::geometry::BoundingBox;
    /// use fieldmark_domain::page::{Page, PageSize, TextVerdict, Word};
    ///
    /// let bounds = BoundingBox { left: 0.1, top: 0.1, width: 0.2, height: 0.012 };
    /// let word = Word { text: "Invoice".to_owned(), bounds, font_size: 10.0 };
    /// let page = Page::of_words(1, PageSize::A4, vec![word]);
    /// assert_eq!(page.text_layer.verdict, TextVerdict::Good);
    /// assert_eq!(Page::of_words(2, PageSize::A4, Vec::new()).text_layer.verdict, TextVerdict::None);
    /// ```
    #[must_use]
    pub const fn of_words(number: u32, size: PageSize, words: Vec<Word>) -> Self {
        let verdict = if words.is_empty() { TextVerdict::None } else { TextVerdict::Good };
        Self { number, size, words, text_layer: TextLayer { verdict, reasons: Vec::new() }, raster: None }
    }
}
