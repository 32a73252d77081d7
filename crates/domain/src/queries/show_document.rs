//! One document with all that is known of it.

use std::sync::Arc;

use crate::document::{DocumentId, DocumentRecord};
use crate::ports::DocumentRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows a document.
#[derive(Clone)]
pub struct ShowDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
}

impl ShowDocument {
    /// The document with its labels and all that was read.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: DocumentId) -> Result<DocumentRecord, UseCaseError> {
        self.documents.show(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)
    }
}
