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

impl AuditTurn {
    /// The first of some files, as many as the turn has room for: one at least where there are any.
    ///
    /// ```
    /// use std::time::Duration;
    /// use fieldmark_domain::blob::Sha256;
    /// use fieldmark_domain::document::DocumentId;
    /// use fieldmark_domain::ports::{AuditTurn, DocumentFile};
    /// use fieldmark_domain::uuid::Uuid;
    ///
    /// let now = "2026-03-01T10:00:00Z".parse()?;
    /// let turn = AuditTurn { now, bytes_per_second: 100, bytes: 1000, rest: Duration::from_secs(60) };
    /// let file = |size| DocumentFile { document: DocumentId(Uuid::nil()), sha256: Sha256([0; 32]), size };
    /// assert_eq!(turn.share(vec![file(600), file(300), file(200)]).len(), 2);
    /// assert_eq!(turn.share(vec![file(5000), file(1)]).len(), 1);
    /// assert_eq!(turn.next(&[file(900)]).to_string(), "2026-03-01T10:00:09Z");
    /// assert_eq!(turn.next(&[]).to_string(), "2026-03-01T10:01:00Z");
    /// # Ok::<(), fieldmark_domain::jiff::Error>(())
    /// ```
    #[must_use]
    pub fn share(&self, mut files: Vec<DocumentFile>) -> Vec<DocumentFile> {
        let mut sum = 0_u64;
        let fitting = files.iter().take_while(|file| {
            sum = sum.saturating_add(file.size);
            sum <= self.bytes
        });
        files.truncate(fitting.count().max(1));
        files
    }

    /// When the turn after this one begins: once its files could be read at the wanted rate, or after the rest where it
    /// has none.
    #[must_use]
    pub fn next(&self, files: &[DocumentFile]) -> Timestamp {
        let bytes = files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size));
        let reading = Duration::from_millis(bytes.saturating_mul(1000) / self.bytes_per_second.max(1));
        let pause = if files.is_empty() { self.rest } else { reading };
        self.now.checked_add(pause).unwrap_or(Timestamp::MAX)
    }
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
