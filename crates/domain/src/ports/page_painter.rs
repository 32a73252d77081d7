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
///
/// ```
/// # use std::sync::atomic::{AtomicU64, Ordering};
/// # use fieldmark_domain::{label::Label, page::Page, ports::MockPagePainter};
/// # use fieldmark_testkit::pages;
/// use fieldmark_domain::ports::{PagePainter, PaintError};
///
/// /// Counts the pictures of another painter.
/// struct Counted<P>(P, AtomicU64);
///
/// impl<P: PagePainter> PagePainter for Counted<P> {
///     fn paint(&self, page: &Page, labels: &[Label]) -> Result<Vec<u8>, PaintError> {
///         let picture = self.0.paint(page, labels)?;
///         self.1.fetch_add(1, Ordering::Relaxed);
///         Ok(picture)
///     }
/// }
///
/// # let mut painter = MockPagePainter::new();
/// # painter.expect_paint().returning(|_, _| Ok(b"\x89PNG\r\n\x1a\n".to_vec()));
/// let counted = Counted(painter, AtomicU64::new(0));
/// counted.paint(&pages::invoice(1), &[])?;
/// assert_eq!(counted.1.load(Ordering::Relaxed), 1);
/// # Ok::<(), PaintError>(())
/// ```
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
