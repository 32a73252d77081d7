//! Stores bytes in an S3 bucket: one object for each digest.
//!
//! object_store implements the protocol and the signing. Retries are done only here: so the circuit
//! breaker counts each attempt, a throttled answer is distinguished from a refusal by its code, and
//! fetching credentials is retried as well.

mod breaker;
mod calls;
mod client;
mod fault;
mod reading;
mod refusal;

use std::sync::Arc;

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobPart, BlobStore, Clock, OpenBlob};
use futures_util::StreamExt as _;
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt, PutPayload};

pub use breaker::BreakerState;
use calls::Calls;
use fault::Fault;
use reading::Reading;

use crate::digest;
use crate::open_error::OpenError;
use crate::options::S3Options;
use crate::pieces::Pieces;

/// A digest that no known file has.
const UNUSED_DIGEST: Sha256 = Sha256([0; 32]);

/// The port `BlobStore` on a bucket.
pub struct BucketStore {
    store: AmazonS3,
    prefix: Path,
    calls: Arc<Calls>,
}

impl BucketStore {
    /// Creates the store from the settings, without contacting the server.
    ///
    /// # Errors
    /// [`OpenError::Settings`].
    pub fn open(
        bucket: &str,
        prefix: Path,
        options: &S3Options,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let store = client::build(bucket, options)?;
        let calls = Calls::new(format!("bucket {bucket}"), options.limits.clone(), clock);
        Ok(Self { store, prefix, calls: Arc::new(calls) })
    }

    /// The state of the circuit breaker.
    pub fn breaker_state(&self) -> BreakerState {
        self.calls.breaker_state()
    }

    /// Checks that the bucket answers and can be read: requests the object of a digest that no file
    /// has.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], at once while the circuit breaker is open; [`BlobError::Failed`].
    pub async fn check(&self) -> Result<(), BlobError> {
        self.bytes_of(&self.key(&UNUSED_DIGEST)).await.map(|_| ())
    }

    /// Whether any object has the prefix.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`], [`BlobError::Failed`].
    pub async fn holds_anything(&self) -> Result<bool, BlobError> {
        let first = || async { self.store.list(Some(&self.prefix)).next().await.transpose() };
        Ok(self.calls.call(first).await.map_err(BlobError::from)?.is_some())
    }

    fn key(&self, sha256: &Sha256) -> Path {
        let own = Path::from(digest::key(sha256));
        self.prefix.parts().chain(own.parts()).collect()
    }

    async fn size_of(&self, key: &Path) -> Result<Option<u64>, BlobError> {
        match self.calls.call(|| self.store.head(key)).await {
            Ok(known) => Ok(Some(known.size)),
            Err(Fault::NoObject) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Whether an object exists with exactly these bytes. Its bytes are fetched if its size is
    /// right: a digest from the server may be of encrypted data or of several parts.
    async fn holds(&self, key: &Path, bytes: &[u8]) -> Result<bool, BlobError> {
        if self.size_of(key).await?.is_none_or(|size| u64::try_from(bytes.len()) != Ok(size)) {
            return Ok(false);
        }
        Ok(self.bytes_of(key).await?.is_some_and(|found| *found == *bytes))
    }

    /// For an object's head, a missing bucket and a missing object have the same answer; the answer
    /// to a request for the object's bytes distinguishes them.
    async fn size_if_there(&self, key: &Path) -> Result<Option<u64>, BlobError> {
        match self.size_of(key).await? {
            None => Ok(self.bytes_of(key).await?.and_then(|bytes| u64::try_from(bytes.len()).ok())),
            size => Ok(size),
        }
    }

    async fn bytes_of(&self, key: &Path) -> Result<Option<Arc<[u8]>>, BlobError> {
        let bytes = self.calls.call(|| async { self.store.get(key).await?.bytes().await }).await;
        match bytes {
            Ok(bytes) => Ok(Some(Arc::from(bytes.as_ref()))),
            Err(Fault::NoObject) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }
}

#[async_trait]
impl BlobStore for BucketStore {
    /// S3 makes an object visible as a whole, and answers when it is stored; two writers of one key
    /// write the same bytes.
    async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError> {
        let sha256 = digest::of_shared(&bytes).await?;
        let key = self.key(&sha256);
        if !self.holds(&key, &bytes).await? {
            let payload = PutPayload::from(bytes.to_vec());
            self.calls.call(|| self.store.put(&key, payload.clone())).await?;
        }
        Ok(sha256)
    }

    async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
        let key = self.key(sha256);
        let Some(bytes) = self.bytes_of(&key).await? else { return Ok(None) };
        if digest::of_shared(&bytes).await? != *sha256 {
            return Err(BlobError::Damaged { reason: self.calls.about(&key) });
        }
        Ok(Some(bytes))
    }

    async fn open(&self, sha256: &Sha256, part: BlobPart) -> Result<Option<OpenBlob>, BlobError> {
        let key = self.key(sha256);
        let Some(size) = self.size_if_there(&key).await? else { return Ok(None) };
        let reading = Reading { store: self.store.clone(), calls: Arc::clone(&self.calls), key };
        Ok(Some(Pieces::of(reading, size, *sha256, part)))
    }

    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        Ok(self.size_if_there(&self.key(sha256)).await?.is_some())
    }

    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError> {
        let key = self.key(sha256);
        match self.calls.call(|| self.store.delete(&key)).await {
            Ok(()) | Err(Fault::NoObject) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }
}
