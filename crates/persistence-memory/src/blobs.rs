//! The bytes of files, by their digest.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobError, BlobStore};

/// Bytes in memory, up to a bound. What is opened stays readable after its removal.
pub(crate) struct Blobs {
    kept: Mutex<BTreeMap<Sha256, Arc<[u8]>>>,
    bound: u64,
}

impl Blobs {
    pub(crate) const fn new(bound: u64) -> Self {
        Self { kept: Mutex::new(BTreeMap::new()), bound }
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<Sha256, Arc<[u8]>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl BlobStore for Blobs {
    async fn put(&self, bytes: Arc<[u8]>) -> Result<Sha256, BlobError> {
        let sha256 = Sha256::of(&bytes);
        let mut kept = self.kept();
        if kept.contains_key(&sha256) {
            return Ok(sha256);
        }
        let used: usize = kept.values().map(|bytes| bytes.len()).sum();
        if u64::try_from(used + bytes.len()).is_ok_and(|needed| needed <= self.bound) {
            kept.insert(sha256, bytes);
            Ok(sha256)
        } else {
            Err(BlobError::OutOfSpace { reason: format!("the bound is {} bytes in memory", self.bound) })
        }
    }

    async fn get(&self, sha256: &Sha256) -> Result<Option<Arc<[u8]>>, BlobError> {
        Ok(self.kept().get(sha256).cloned())
    }

    async fn contains(&self, sha256: &Sha256) -> Result<bool, BlobError> {
        Ok(self.kept().contains_key(sha256))
    }

    async fn delete(&self, sha256: &Sha256) -> Result<(), BlobError> {
        self.kept().remove(sha256);
        Ok(())
    }
}
