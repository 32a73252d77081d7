//! What was done with a document's labels.

use std::sync::Arc;

use super::window;
use crate::document::DocumentId;
use crate::label::LabelChange;
use crate::listing::{Listing, Window};
use crate::ports::LabelRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows who said what of a document's labels, and when.
#[derive(Clone)]
pub struct DocumentHistory {
    /// Where labels are kept.
    pub labels: Arc<dyn LabelRepository>,
}

impl DocumentHistory {
    /// A part of the history, the newest first.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Invalid`] for `limit` (1 to 100), [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Listing<LabelChange>, UseCaseError> {
        window::check(window)?;
        self.labels.history(scope, document, window).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)
    }
}
