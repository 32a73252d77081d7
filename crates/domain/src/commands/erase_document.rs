//! A document goes for good, with its history and its bytes.

use std::sync::Arc;

use super::changing::is_expected;
use crate::blob::Sha256;
use crate::document::DocumentId;
use crate::event::{Event, Occurrence};
use crate::ports::{BlobStore, Clock, DocumentRepository, Erased};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Erases a document, deleted or not.
#[derive(Clone)]
pub struct EraseDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Where their bytes are.
    pub blobs: Arc<dyn BlobStore>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

/// How far an erasure has come. The document is gone in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// So are its bytes.
    Complete,
    /// Another document has the same bytes, so that they stay.
    BytesShared,
    /// The store of bytes is away; the purge deletes them once it is back.
    BytesPending,
}

impl EraseDocument {
    /// Erases the document. `expected_version` is the version that the caller has seen; `None` erases whichever is
    /// there.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Stale`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        expected_version: Option<u64>,
    ) -> Result<Erasure, UseCaseError> {
        let erased = erase(&*self.documents, &*self.clock, scope, document, expected_version).await?;
        if !erased.is_last {
            return Ok(Erasure::BytesShared);
        }
        match finish(&*self.documents, &*self.blobs, scope, &erased.sha256).await {
            Ok(()) => Ok(Erasure::Complete),
            Err(error) => {
                tracing::warn!(sha256 = %erased.sha256, %error, "the bytes of an erased document are still there");
                Ok(Erasure::BytesPending)
            }
        }
    }
}

/// Removes a document from the database.
pub(super) async fn erase(
    documents: &dyn DocumentRepository,
    clock: &dyn Clock,
    scope: &Scope,
    id: DocumentId,
    expected_version: Option<u64>,
) -> Result<Erased, UseCaseError> {
    let there = documents.find(scope, id).await?;
    let found = if there.is_some() { there } else { documents.find_deleted(scope, id).await? };
    let document = found.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
    is_expected(document.version, expected_version)?;
    let event = Event::of(&document, Occurrence::DocumentErased, clock.now());
    documents.erase(scope, id, &event).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)
}

/// Deletes bytes, then says so: in this order, so that whoever stores the same bytes anew stores them afterwards.
pub(super) async fn finish(
    documents: &dyn DocumentRepository,
    blobs: &dyn BlobStore,
    scope: &Scope,
    sha256: &Sha256,
) -> Result<(), UseCaseError> {
    blobs.delete(sha256).await?;
    Ok(documents.erasure_done(scope, sha256).await?)
}
