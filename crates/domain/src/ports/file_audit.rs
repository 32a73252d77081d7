//! Which stored files the documents need, for those who compare both.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::RepositoryError;
use crate::blob::Sha256;
use crate::document::DocumentId;
use crate::scope::Scope;

/// The file of a document, deleted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentFile {
    /// The document.
    pub document: DocumentId,
    /// The digest of its file.
    pub sha256: Sha256,
    /// The size of its file in bytes.
    pub size: u64,
}

/// A wish for files to be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditTurn {
    /// The moment.
    pub now: Timestamp,
    /// How many bytes a second are verified by all programs on this database together, above 0.
    pub bytes_per_second: u64,
    /// For how many bytes a turn is, except that it is for one file at least.
    pub bytes: u64,
    /// How long to rest after the last document, before the first one comes again.
    pub rest: Duration,
}

/// Knows the files that documents need. It goes round all of them, for all programs that share a
/// database together.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait FileAudit: Send + Sync {
    /// The files of the latest documents, up to `limit`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn latest(&self, scope: &Scope, limit: u32) -> Result<Vec<DocumentFile>, RepositoryError>;

    /// The files that are next in the order of their documents' ids. Nobody else gets them in this
    /// round, and nobody gets more before these could be read at the wanted rate: then it answers
    /// with none, as it does while it rests between two rounds. A program that ends before it has
    /// verified them leaves them to the next round.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    async fn take(&self, scope: &Scope, turn: &AuditTurn) -> Result<Vec<DocumentFile>, RepositoryError>;

    /// Whether a document is there, deleted or not.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn is_kept(&self, scope: &Scope, document: DocumentId) -> Result<bool, RepositoryError>;
}
