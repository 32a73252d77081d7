//! Where the bytes of documents are kept.

use std::sync::Arc;

use async_trait::async_trait;

use super::{BlobPart, OpenBlob};
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

/// Keeps bytes by their SHA-256, the same bytes once. It knows no owners: a digest is learnt from a document alone,
/// and documents have a scope.
///
/// ```
/// # use std::{collections::HashMap, sync::{Arc, Mutex}};
/// # use fieldmark_domain::async_trait::async_trait;
/// # use fieldmark_domain::{blob::Sha256, ports::{BlobError, BlobPart, BlobStore}};
/// struct InMemory(Mutex<HashMap<Sha256, Arc<[u8]>>>);
///
/// #[async_trait]
/// impl BlobStore for InMemory {
///     async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError> {
///         let sha256 = Sha256::of(&bytes);
///         self.0.lock().unwrap().insert(sha256, bytes);
///         Ok(sha256)
///     }
///
///     async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
///         Ok(self.0.lock().unwrap().get(sha256).cloned())
///     }
///
///     async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError> {
///         self.0.lock().unwrap().remove(sha256);
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let store = InMemory(Mutex::default());
/// let sha256 = store.put(Arc::from(*b"%PDF-1.7")).await?;
/// let part = BlobPart::Range { offset: 5, length: 3 };
/// let mut opened = store.open(&sha256, part).await?.unwrap();
/// assert_eq!((opened.size, opened.pieces.next().await?), (8, Some(b"1.7".to_vec())));
/// # Ok(())
/// # }
/// ```
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

    /// Opens the bytes of a digest to be read in pieces; `None` when they are not there. Bytes that
    /// are removed meanwhile may come to their end or break off. Unless an adapter overrides it, it
    /// reads the whole file into memory first, by [`BlobStore::get`].
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Damaged`], [`BlobError::Failed`].
    async fn open(&self, sha256: &Sha256, part: BlobPart) -> Result<Option<OpenBlob>, BlobError> {
        Ok(self.get(sha256).await?.map(|bytes| OpenBlob::in_memory(bytes, part)))
    }

    /// Whether the bytes of a digest are there. Unless an adapter overrides it, it reads them, by
    /// [`BlobStore::get`]; damaged bytes are there.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        match self.get(sha256).await {
            Ok(found) => Ok(found.is_some()),
            Err(BlobError::Damaged { .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Removes bytes; well done when they were not there.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError>;
}
