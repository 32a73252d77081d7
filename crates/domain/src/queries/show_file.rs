//! The file of a document, as it was received.

use std::sync::Arc;

use crate::document::{Document, DocumentId};
use crate::ports::{BlobError, BlobPart, BlobPieces, BlobStore, DocumentRepository, OpenBlob};
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

/// A document whose file can be opened.
#[derive(Clone)]
pub struct StoredFile {
    /// The document, with the file's name, kind, size and digest.
    pub document: Document,
    blobs: Arc<dyn BlobStore>,
}

impl std::fmt::Debug for StoredFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StoredFile({} with {} bytes)", self.document.id, self.document.size)
    }
}

impl ShowFile {
    /// The document. Its file is not looked at before [`StoredFile::open`] or [`StoredFile::look`].
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: DocumentId) -> Result<StoredFile, UseCaseError> {
        let document = self.documents.find(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        Ok(StoredFile { document, blobs: Arc::clone(&self.blobs) })
    }
}

impl StoredFile {
    /// Opens the file. Bytes of a file of another size than was received are never read.
    ///
    /// # Errors
    /// [`UseCaseError::Storage`], also when the bytes are not where they were stored.
    pub async fn open(&self, part: BlobPart) -> Result<Box<dyn BlobPieces>, UseCaseError> {
        let Document { sha256, size: received, .. } = &self.document;
        let OpenBlob { size, pieces } = self.blobs.open(sha256, part).await?.ok_or(BlobError::Missing)?;
        if size != *received {
            let reason = format!("{sha256} has {size} bytes, not the {received} that were received");
            return Err(BlobError::Damaged { reason }.into());
        }
        Ok(pieces)
    }

    /// Looks whether the file is there, and reads none of it.
    ///
    /// # Errors
    /// [`UseCaseError::Storage`], also when it is not there.
    pub async fn look(&self) -> Result<(), UseCaseError> {
        let is_there = self.blobs.contains(&self.document.sha256).await?;
        if is_there { Ok(()) } else { Err(BlobError::Missing.into()) }
    }
}
