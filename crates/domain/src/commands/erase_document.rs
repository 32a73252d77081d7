//! A document goes for good, with its history and its bytes.

use std::sync::Arc;
use std::time::Duration;

use super::changing::{TRIES, is_expected};
use crate::blob::Sha256;
use crate::document::{Document, DocumentId};
use crate::event::{Event, Occurrence};
use crate::job::after;
use crate::ports::{BlobStore, Clock, DocumentRepository, Erased, ErasureRepository};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Erases a document, deleted or not.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::commands::Erasure;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// let erase = use_cases.erase_document();
/// assert_eq!(erase.execute(&scope, samples::DOCUMENT, None).await?, Erasure::Complete);
///
/// let error = erase.execute(&scope, samples::DOCUMENT, None).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct EraseDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// What removes them.
    pub erasures: Arc<dyn ErasureRepository>,
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
    /// The store of bytes is away, or somebody else deletes them; the purge deletes them once it is back.
    BytesPending,
}

impl EraseDocument {
    /// Erases the document. `expected_version` is the version that the caller has seen; `None` erases whichever is
    /// there.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        expected_version: Option<u64>,
    ) -> Result<Erasure, UseCaseError> {
        let erased = self.erase(scope, document, expected_version).await?;
        if !erased.is_last {
            return Ok(Erasure::BytesShared);
        }
        match finish(&*self.erasures, &*self.blobs, &*self.clock, scope, &erased.sha256).await {
            Ok(true) => Ok(Erasure::Complete),
            Ok(false) => Ok(Erasure::BytesPending),
            Err(error) => {
                tracing::warn!(sha256 = %erased.sha256, %error, "the bytes of an erased document are still there");
                Ok(Erasure::BytesPending)
            }
        }
    }

    /// Reads the document anew when somebody else changed it meanwhile.
    async fn erase(
        &self,
        scope: &Scope,
        id: DocumentId,
        expected_version: Option<u64>,
    ) -> Result<Erased, UseCaseError> {
        for _ in 0..TRIES {
            let there = self.documents.find(scope, id).await?;
            let found = if there.is_some() { there } else { self.documents.find_deleted(scope, id).await? };
            let document = found.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
            is_expected(document.version, expected_version)?;
            match erase(&*self.erasures, &*self.clock, scope, &document).await {
                Err(UseCaseError::Stale) => {}
                other => return other,
            }
        }
        Err(UseCaseError::Contended)
    }
}

/// How long bytes are reserved for the process that deletes them: longer than any call to a store
/// of bytes may take.
const CLAIM: Duration = Duration::from_secs(15 * 60);

/// Removes a document from the database, as long as nobody has changed it.
pub(super) async fn erase(
    erasures: &dyn ErasureRepository,
    clock: &dyn Clock,
    scope: &Scope,
    document: &Document,
) -> Result<Erased, UseCaseError> {
    let event = Event::of(document, Occurrence::DocumentErased, clock.now());
    let erased = erasures.erase(scope, document.id, document.version, &event).await?;
    erased.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)
}

/// Deletes bytes, then notes that they are deleted: in this order, so that the same bytes that come
/// in anew are stored after the deletion. Bytes that another process is deleting are left to it:
/// they may be another document's already. Answers whether they were deleted here.
pub(super) async fn finish(
    erasures: &dyn ErasureRepository,
    blobs: &dyn BlobStore,
    clock: &dyn Clock,
    scope: &Scope,
    sha256: &Sha256,
) -> Result<bool, UseCaseError> {
    let now = clock.now();
    if !erasures.claim_erasure(scope, sha256, now, after(now, CLAIM)).await? {
        return Ok(false);
    }
    blobs.delete(sha256).await?;
    erasures.erasure_done(scope, sha256).await?;
    Ok(true)
}
