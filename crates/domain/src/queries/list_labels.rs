//! A document's labels.

use std::sync::Arc;

use crate::document::DocumentId;
use crate::label::StoredLabel;
use crate::ports::LabelRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lists the labels of a document.
#[derive(Clone)]
pub struct ListLabels {
    /// Where labels are kept.
    pub labels: Arc<dyn LabelRepository>,
}

impl ListLabels {
    /// The labels in the order of [`crate::field::Field::ALL`], with their candidates, without those that people deleted.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Vec<StoredLabel>, UseCaseError> {
        let labels = self.labels.list(scope, document).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        Ok(labels.into_iter().filter(|label| label.deleted_at.is_none()).collect())
    }
}
