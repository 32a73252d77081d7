//! The file of a document, as it was received.

use std::sync::Arc;

use crate::document::{Document, DocumentId};
use crate::ports::{BlobError, BlobStore, DocumentRepository};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows the file of a document.
#[derive(Clone)]
pub struct ShowFile {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Where the bytes are.
    pub blobs: Arc<dyn BlobStore>,
}

/// A document and its file.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFile {
    /// The document, which tells the file's name and kind.
    pub document: Document,
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
}

impl ShowFile {
    /// The document with the bytes that were received.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`], [`UseCaseError::Storage`], also when the bytes are not
    /// where they were stored.
    pub async fn execute(&self, scope: &Scope, id: DocumentId) -> Result<StoredFile, UseCaseError> {
        let document = self.documents.find(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        let bytes = self.blobs.get(&document.sha256).await?.ok_or(BlobError::Missing)?;
        Ok(StoredFile { document, bytes })
    }
}
