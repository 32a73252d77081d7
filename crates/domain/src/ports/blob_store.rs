//! Where the bytes of documents are kept.

use std::sync::Arc;

use async_trait::async_trait;

use crate::blob::Sha256;

/// Why bytes were not stored or found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// There is no room left.
    #[error("there is no room left for documents: {reason}")]
    OutOfSpace {
        /// Where, for the operator.
        reason: String,
    },
    /// The store cannot be reached. It may be there again later.
    #[error("the store of documents is unavailable: {reason}")]
    Unavailable {
        /// What happened, for the operator.
        reason: String,
    },
    /// The bytes that are there have another digest: they were changed by something else.
    #[error("the stored bytes are not what was stored: {reason}")]
    Damaged {
        /// Which, for the operator.
        reason: String,
    },
    /// The bytes of a document are not there. [`BlobStore::get`] answers with `None` instead: who needs them fails so.
    #[error("the stored file is not there")]
    Missing,
    /// Anything else, for instance rights that are missing.
    #[error("the store of documents failed: {reason}")]
    Failed {
        /// What happened, for the operator.
        reason: String,
    },
}

impl BlobError {
    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfSpace { .. } => "storage_full",
            Self::Unavailable { .. } => "storage_unavailable",
            Self::Damaged { .. } => "stored_file_damaged",
            Self::Missing => "stored_file_missing",
            Self::Failed { .. } => "storage_failed",
        }
    }

    /// Whether the same may succeed later without anybody doing anything about the request.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::OutOfSpace { .. } | Self::Unavailable { .. })
    }
}

/// Which bytes of a file are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobPart {
    /// All of them, compared with their digest.
    Whole,
    /// Some of them. They cannot be compared with the digest, which is that of all: whoever puts a file together from
    /// parts compares it.
    Range {
        /// How many bytes are left out before the first wanted one.
        offset: u64,
        /// How many are wanted; fewer come where the file ends before.
        length: u64,
    },
}

/// Bytes on their way out of the store.
pub struct OpenBlob {
    /// How many bytes the store holds of the whole file, whatever part of it is wanted.
    pub size: u64,
    /// The wanted bytes.
    pub pieces: Box<dyn BlobPieces>,
}

/// Bytes that come in pieces, each of at most a mebibyte, so that a large file is never in memory as a whole.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait BlobPieces: Send {
    /// The next piece, which has at least one byte; `None` after the last. Of a whole file the last piece comes only
    /// when the digest is right, so that nobody takes a damaged file for a whole one. After an error nothing comes.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Damaged`], also when bytes are missing at the end,
    /// [`BlobError::Failed`].
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError>;
}

/// Keeps bytes by their SHA-256, the same bytes once. It knows no owners: a digest is learnt from a document alone,
/// and documents have a scope.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait BlobStore: Send + Sync {
    /// Keeps bytes and answers with their digest. Once it answers they survive a loss of power;
    /// before, nobody finds a part of them. Bytes that are there already are not written again;
    /// other bytes that are there in their place are replaced.
    ///
    /// # Errors
    /// [`BlobError::OutOfSpace`], [`BlobError::Unavailable`], [`BlobError::Failed`].
    async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError>;

    /// The bytes of a digest, compared with it; `None` when they are not there.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Damaged`], [`BlobError::Failed`].
    async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError>;

    /// Opens the bytes of a digest to be read in pieces; `None` when they are not there. Bytes that are removed
    /// meanwhile may come to their end or break off.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    async fn open(&self, sha256: &Sha256, part: BlobPart) -> Result<Option<OpenBlob>, BlobError>;

    /// Whether the bytes of a digest are there.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError>;

    /// Removes bytes; well done when they were not there.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError>;
}
