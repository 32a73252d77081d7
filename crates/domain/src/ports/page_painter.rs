//! Pages to pictures.

use crate::label::Label;
use crate::page::Page;

/// Why a page was not drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the page cannot be drawn: {reason}")]
pub struct PaintError {
    /// What happened, for the operator.
    pub reason: String,
}

/// Draws pages with what was read on them. Synchronous CPU work: call it where blocking is allowed.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
pub trait PagePainter: Send + Sync {
    /// A PNG (ISO/IEC 15948) of the page's raster, pixel by pixel, with a box around the place of each of these labels
    /// that stands on this page and its field's name beside the box, and a box around the words that name the field.
    /// The same picture for the same page and labels.
    ///
    /// # Errors
    /// [`PaintError`] when the page has no raster, or one whose pixels are not as many as its size says.
    fn paint(&self, page: &Page, labels: &[Label]) -> Result<Vec<u8>, PaintError>;
}
