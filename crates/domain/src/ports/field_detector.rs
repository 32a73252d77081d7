//! Pages to spans.

use async_trait::async_trait;

use crate::detection::Detection;
use crate::page::Page;

/// What a detector wants of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// Whether it looks at words; without words it finds nothing.
    pub words: bool,
    /// The rows of the gray raster that it looks at; `None` when it looks at none.
    pub raster_height: Option<u32>,
}

/// Which detector answered, for provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectorIdentity {
    /// Name and version of the weights, for instance `layout-2`.
    pub name: String,
    /// SHA-256 of the weights, in hex; empty for a detector without weights.
    pub sha256: String,
}

/// Why detection failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DetectError {
    /// More work is waiting than the queue may hold; try again later.
    #[error("the detector's queue is full")]
    Overloaded,
    /// The device or the model failed.
    #[error("the detector failed: {reason}")]
    Failed {
        /// What happened, for the operator.
        reason: String,
    },
}

/// Finds the spans of fields on pages. The work is a processor's or a GPU's, and done elsewhere than on the caller's
/// thread: callers of any runtime wait for it.
///
/// ```
/// # use fieldmark_domain::async_trait::async_trait;
/// # use fieldmark_domain::detection::{Detection, SpanClass};
/// # use fieldmark_domain::field::Field;
/// # use fieldmark_domain::page::Page;
/// use fieldmark_domain::ports::{DetectError, DetectorIdentity, FieldDetector, Needs};
/// # use fieldmark_testkit::pages::{page, word};
///
/// /// The last word of a page is the total.
/// struct LastWord;
///
/// #[async_trait]
/// impl FieldDetector for LastWord {
///     fn identity(&self) -> DetectorIdentity {
///         DetectorIdentity { name: "last-word-1".to_owned(), sha256: String::new() }
///     }
///
///     fn needs(&self) -> Needs {
///         Needs { words: true, raster_height: None }
///     }
///
///     async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError> {
///         Ok(pages.iter().map(|page| total(page).into_iter().collect()).collect())
///     }
/// }
///
/// fn total(page: &Page) -> Option<Detection> {
///     let (word, index) = page.words.iter().zip(0..).last()?;
///     let class = SpanClass::Value(Field::TotalGross);
///     Some(Detection { class, score: 0.9, bounds: word.bounds, words: vec![index] })
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let page = page(1, vec![word("Total", 0.6, 0.5), word("1250.00", 0.8, 0.5)]);
/// assert_eq!(LastWord.detect(&[page]).await?[0][0].words, [1]);
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait FieldDetector: Send + Sync {
    /// Which detector this is. Answers at once.
    fn identity(&self) -> DetectorIdentity;

    /// What it wants of a page. Answers at once.
    fn needs(&self) -> Needs;

    /// The detections of each page, in the pages' order. A page without words or raster, whichever
    /// is needed, has none.
    ///
    /// Waits without blocking the thread. Whoever drops the future gives the work up: pages that were not begun by
    /// then are not looked at.
    ///
    /// # Errors
    /// [`DetectError::Overloaded`] at once, and without waiting, when the queue has no place for all of the pages;
    /// [`DetectError::Failed`] otherwise.
    async fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError>;
}
