//! One entry point for both kinds of storage.

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobPart, BlobStore, Clock, OpenBlob};
use metrics::gauge;

use crate::bucket::{BreakerState, BucketStore};
use crate::folder::FolderStore;
use crate::open_error::OpenError;
use crate::options::StorageOptions;
use crate::place::Place;

/// A folder or a bucket, depending on the options. Needs a tokio runtime.
pub struct ObjectStorage(Kind);

enum Kind {
    Folder(FolderStore),
    Bucket(Box<BucketStore>),
}

impl ObjectStorage {
    /// Opens the storage that the options name. A missing folder is created, and files that killed
    /// writers left in it more than an hour ago are removed. A bucket is not contacted: it may
    /// become available later than this program.
    ///
    /// The clock determines the age of leftover files, and when a failed bucket is tried again.
    ///
    /// # Errors
    /// Any [`OpenError`].
    pub fn open(options: &StorageOptions, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let working_folder =
            std::env::current_dir().map_err(|source| OpenError::Folder { path: ".".into(), source })?;
        Ok(Self(match Place::parse(&options.url, &working_folder)? {
            Place::Folder(path) => {
                Kind::Folder(FolderStore::open(path, options.min_free_bytes, clock.as_ref())?)
            }
            Place::Bucket { name, prefix } => {
                Kind::Bucket(Box::new(BucketStore::open(&name, prefix, &options.s3, clock)?))
            }
        }))
    }

    /// The state of a bucket's circuit breaker; `None` for a folder.
    #[must_use]
    pub fn breaker_state(&self) -> Option<BreakerState> {
        match &self.0 {
            Kind::Folder(_) => None,
            Kind::Bucket(bucket) => Some(bucket.breaker_state()),
        }
    }

    /// Checks whether bytes can be stored and read now. A folder must be the one that was opened,
    /// and a test file is written, synced, read back and removed. A bucket must answer and be
    /// readable; it is called like any other call, and not while its circuit breaker is open.
    ///
    /// # Errors
    /// [`BlobError::OutOfSpace`], [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn check(&self) -> Result<(), BlobError> {
        match &self.0 {
            Kind::Folder(folder) => folder.check().await,
            Kind::Bucket(bucket) => bucket.check().await,
        }
    }

    /// Whether any bytes are stored. A folder may have to be searched; for a bucket one object's
    /// name is requested.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn holds_anything(&self) -> Result<bool, BlobError> {
        match &self.0 {
            Kind::Folder(folder) => folder.holds_anything().await,
            Kind::Bucket(bucket) => bucket.holds_anything().await,
        }
    }

    /// Sets the gauges `fieldmark_storage_breaker{state="closed|open|half_open"}`: 1 for the
    /// current state, 0 for the others, none for a folder. The state also changes with time, so
    /// call it before they are read.
    pub fn measure(&self) {
        let Some(present) = self.breaker_state() else { return };
        for state in BreakerState::ALL {
            let value = if state == present { 1.0 } else { 0.0 };
            gauge!("fieldmark_storage_breaker", "state" => state.name()).set(value);
        }
    }

    fn store(&self) -> &dyn BlobStore {
        match &self.0 {
            Kind::Folder(folder) => folder,
            Kind::Bucket(bucket) => bucket.as_ref(),
        }
    }
}

#[async_trait]
impl BlobStore for ObjectStorage {
    async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError> {
        self.store().put(bytes).await
    }

    async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
        self.store().get(sha256).await
    }

    async fn open(&self, sha256: &Sha256, part: BlobPart) -> Result<Option<OpenBlob>, BlobError> {
        self.store().open(sha256, part).await
    }

    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        self.store().contains(sha256).await
    }

    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError> {
        self.store().delete(sha256).await
    }
}
