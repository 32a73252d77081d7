//! The interface of a model that the queue runs: it computes on its caller's thread.
//!
//! Knows nothing of waiting and of callers; the queue manages those.

use fieldmark_domain::detection::Detection;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, Needs};

/// Finds the spans of fields on pages: synchronous work on a CPU or a GPU.
pub trait PageModel: Send + Sync {
    /// The model's identity.
    fn identity(&self) -> DetectorIdentity;

    /// The inputs that it needs of a page.
    fn needs(&self) -> Needs;

    /// The detections of each page, in the pages' order, computed on this thread. The pages may
    /// come from different documents, and the result of a page does not depend on the others.
    ///
    /// # Errors
    /// [`DetectError::Failed`] when the device or the model fails.
    fn detect(&self, pages: &[Page]) -> Result<Vec<Vec<Detection>>, DetectError>;
}
