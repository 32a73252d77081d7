//! What stands behind the queue: a model that computes on its caller's thread.
//!
//! Knows nothing of waiting and of callers; that is the queue's business.

use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, Needs};

/// Finds the spans of fields on pages: synchronous work of a processor or a GPU.
pub trait PageModel: Send + Sync {
    /// Which model this is.
    fn identity(&self) -> DetectorIdentity;

    /// What it wants of a page.
    fn needs(&self) -> Needs;

    /// The detections of each page, in the pages' order, computed on this thread. Pages of different documents may
    /// stand beside each other, and no page's answer depends on the others'.
    ///
    /// # Errors
    /// [`DetectError::Failed`] when the device or the model fails.
    fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError>;
}
