//! Changing a document that others may change at the same time: read, change, write, and again when
//! somebody was faster.

use crate::document::{Document, DocumentId};
use crate::ports::{DocumentRepository, DocumentUpdate, RepositoryError};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How often something is read anew after somebody else changed it. A try fails because another one
/// succeeded, so that as many changes as this, made at once, all come to their end without a wait
/// between the tries.
pub(super) const TRIES: usize = 100;

/// Which document is to be changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub id: DocumentId,
    /// The version that the caller has seen; another one is not changed.
    pub expected_version: Option<u64>,
    /// Whether it is a deleted one.
    pub is_deleted: bool,
}

impl Target {
    pub const fn there(id: DocumentId, expected_version: Option<u64>) -> Self {
        Self { id, expected_version, is_deleted: false }
    }

    pub const fn deleted(id: DocumentId, expected_version: Option<u64>) -> Self {
        Self { id, expected_version, is_deleted: true }
    }

    async fn find(
        &self,
        documents: &dyn DocumentRepository,
        scope: &Scope,
    ) -> Result<Document, UseCaseError> {
        let found = if self.is_deleted {
            documents.find_deleted(scope, self.id).await?
        } else {
            documents.find(scope, self.id).await?
        };
        let document = found.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        is_expected(document.version, self.expected_version)?;
        Ok(document)
    }
}

/// Refuses another version than the one that the caller has seen.
pub(super) fn is_expected(version: u64, expected: Option<u64>) -> Result<(), UseCaseError> {
    if expected.is_none_or(|expected| expected == version) { Ok(()) } else { Err(UseCaseError::Stale) }
}

/// Changes a document and answers with it as it is kept.
pub(super) async fn change_document(
    documents: &dyn DocumentRepository,
    scope: &Scope,
    target: Target,
    change: impl Fn(Document) -> Result<DocumentUpdate, UseCaseError> + Send + Sync,
) -> Result<Document, UseCaseError> {
    for _ in 0..TRIES {
        let update = change(target.find(documents, scope).await?)?;
        match documents.update(scope, &update).await {
            Ok(kept) => return kept.ok_or(UseCaseError::DOCUMENT_NOT_FOUND),
            // Read anew it has another version, which ends it for a caller who named one.
            Err(RepositoryError::Stale) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(UseCaseError::Contended)
}
