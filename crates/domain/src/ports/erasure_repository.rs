//! Where documents are removed for good, and what must be removed after them.

use async_trait::async_trait;
use jiff::Timestamp;

use super::RepositoryError;
use crate::blob::Sha256;
use crate::document::DocumentId;
use crate::event::Event;
use crate::scope::Scope;

/// What an erasure left to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// The digest of the file.
    pub sha256: Sha256,
    /// Whether no other document has the same bytes, so that they must be deleted. They are listed
    /// by [`ErasureRepository::erasures`] until [`ErasureRepository::erasure_done`].
    pub is_last: bool,
}

/// Removes for good what a [`super::DocumentRepository`] keeps: only erasing and purging need it.
///
/// Each method is one transaction: after an error nothing of it has happened.
///
/// ```
/// # use fieldmark_domain::jiff::SignedDuration;
/// # use fieldmark_domain::{document::*, event::*, job::*, ports::*, samples, scope::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let repositories = fieldmark_persistence_memory::Memory::default().repositories();
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # repositories.documents.create(&scope, &new).await?;
/// let erasures = repositories.erasures;
/// let erased = Event::of(&new.document, Occurrence::DocumentErased, samples::NOW);
/// let left = erasures.erase(&scope, samples::DOCUMENT, 1, &erased).await?.unwrap();
/// assert!(left.is_last);
///
/// let until = samples::NOW + SignedDuration::from_mins(15);
/// assert!(erasures.claim_erasure(&scope, &left.sha256, samples::NOW, until).await?);
/// assert!(!erasures.claim_erasure(&scope, &left.sha256, samples::NOW, until).await?);
/// // The caller deletes the bytes here.
/// erasures.erasure_done(&scope, &left.sha256).await?;
/// assert!(erasures.erasures(&scope, 100).await?.is_empty());
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait ErasureRepository: Send + Sync {
    /// Removes a document for good, deleted or not, with its labels, their history and its jobs;
    /// its events stay, this one with them. `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when its version is another, [`RepositoryError::OutOfSpace`],
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn erase(
        &self,
        scope: &Scope,
        id: DocumentId,
        version: u64,
        event: &Event,
    ) -> Result<Option<Erased>, RepositoryError>;

    /// Documents that were deleted before a moment, the longest deleted first, up to `limit`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn deleted_before(
        &self,
        scope: &Scope,
        moment: Timestamp,
        limit: u32,
    ) -> Result<Vec<DocumentId>, RepositoryError>;

    /// Bytes of erased documents that are to be deleted, the oldest erasure first, up to `limit`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn erasures(&self, scope: &Scope, limit: u32) -> Result<Vec<Sha256>, RepositoryError>;

    /// Reserves bytes on the list for the caller, who deletes them, until a moment. `false` when
    /// they are not on the list, or another caller has reserved them; then this caller must not
    /// delete them, because a document may have come in with them.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    async fn claim_erasure(
        &self,
        scope: &Scope,
        sha256: &Sha256,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, RepositoryError>;

    /// Bytes are deleted; documents with the same bytes may come in again.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    async fn erasure_done(&self, scope: &Scope, sha256: &Sha256) -> Result<(), RepositoryError>;

    /// Forgets idempotency keys that were used before a moment, and answers how many.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn forget_keys(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError>;
}
