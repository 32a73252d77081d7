//! One way in for every place that bytes are kept in.

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

/// A folder or a bucket, whichever the options name. Runs on tokio.
pub struct ObjectStorage(Kind);

enum Kind {
    Folder(FolderStore),
    Bucket(Box<BucketStore>),
}

impl ObjectStorage {
    /// Opens what the options name. A folder is made when it is missing, and what writers that were killed left in
    /// it longer than an hour ago is removed. A bucket is not spoken to: it may come later than this program.
    ///
    /// The clock tells how old leftovers are, and when a bucket that failed may be tried again.
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

    /// How a bucket's circuit breaker stands; a folder has none.
    #[must_use]
    pub fn breaker_state(&self) -> Option<BreakerState> {
        match &self.0 {
            Kind::Folder(_) => None,
            Kind::Bucket(bucket) => Some(bucket.breaker_state()),
        }
    }

    /// Whether bytes can be kept and found now. A folder is to be there as it was opened, and to
    /// take a file, which is synced and read back; a bucket is to answer, and to let itself be
    /// read. Nothing stays of it. A bucket is tried as any call to it is; while its circuit breaker
    /// is open, it is not.
    ///
    /// # Errors
    /// [`BlobError::OutOfSpace`], [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn check(&self) -> Result<(), BlobError> {
        match &self.0 {
            Kind::Folder(folder) => folder.check().await,
            Kind::Bucket(bucket) => bucket.check().await,
        }
    }

    /// Whether any bytes are kept here. A folder may be looked through for it, of a bucket one
    /// object's name is asked for.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn holds_anything(&self) -> Result<bool, BlobError> {
        match &self.0 {
            Kind::Folder(folder) => folder.holds_anything().await,
            Kind::Bucket(bucket) => bucket.holds_anything().await,
        }
    }

    /// Sets the gauges `fieldmark_storage_breaker{state="closed|open|half_open"}`: 1 for the present state, 0 for the
    /// others, none for a folder. The state changes by time alone, too, so it is called whenever they are read.
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
