//! The file of a document, as it was received.

use std::sync::Arc;

use crate::document::{Document, DocumentId};
use crate::ports::{BlobError, BlobPart, BlobPieces, BlobStore, DocumentRepository, OpenBlob};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows the file of a document.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let sha256 = use_cases.ports.blobs.put(Arc::from(*b"%PDF-1.7")).await?;
/// # let document = Document { sha256, size: 8, ..Document::sample(DocumentStatus::Processed) };
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// let file = use_cases.show_file().execute(&scope, samples::DOCUMENT).await?;
/// let mut pieces = file.open(BlobPart::Whole).await?;
/// assert_eq!(pieces.next().await?, Some(b"%PDF-1.7".to_vec()));
/// assert_eq!(pieces.next().await?, None);
///
/// use_cases.ports.blobs.delete(&file.document.sha256).await?;
/// assert_eq!(file.look().await.unwrap_err().code(), "stored_file_missing");
/// # Ok(())
/// # }
/// ```
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
