//! What nobody may want back goes: documents that were deleted long ago, bytes of erased ones, old events and keys.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::erase_document::{erase, finish};
use crate::ports::{BlobStore, Clock, DocumentRepository, Outbox};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How many documents are erased at once, and of how many the bytes are deleted.
const BATCH: u32 = 100;

/// How long things are kept that nobody sees any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Deleted documents, which may be restored until then.
    pub documents: Duration,
    /// Published events.
    pub events: Duration,
    /// Idempotency keys.
    pub idempotency_keys: Duration,
}

impl Default for Retention {
    /// Thirty days, seven days and one day.
    fn default() -> Self {
        let days = |count: u64| Duration::from_secs(count * 24 * 60 * 60);
        Self { documents: days(30), events: days(7), idempotency_keys: days(1) }
    }
}

/// Purges all owners' things.
#[derive(Clone)]
pub struct PurgeDeleted {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Where their bytes are.
    pub blobs: Arc<dyn BlobStore>,
    /// Where events are kept.
    pub outbox: Arc<dyn Outbox>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// How long things are kept.
    pub retention: Retention,
}

/// How much was purged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// Documents that were erased, 100 at most.
    pub documents: u64,
    /// Files that were deleted, those of earlier erasures among them, 100 at most.
    pub files: u64,
    /// Events that were forgotten.
    pub events: u64,
    /// Idempotency keys that were forgotten.
    pub idempotency_keys: u64,
}

impl PurgeDeleted {
    /// Purges up to 100 documents, and up to 100 files that erasures have left; the next call goes on.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`], [`UseCaseError::Storage`]; what was purged before stays so, and the next call
    /// finishes the rest.
    pub async fn execute(&self) -> Result<Purged, UseCaseError> {
        let scope = Scope::system();
        let now = self.clock.now();
        let events = self.outbox.prune(&scope, before(now, self.retention.events)).await?;
        let keys = self.documents.forget_keys(&scope, before(now, self.retention.idempotency_keys)).await?;
        let documents = self.erase_documents(&scope, before(now, self.retention.documents)).await?;
        let files = self.delete_files(&scope).await?;
        Ok(Purged { documents, files, events, idempotency_keys: keys })
    }

    async fn erase_documents(&self, scope: &Scope, moment: Timestamp) -> Result<u64, UseCaseError> {
        let mut erased = 0;
        for id in self.documents.deleted_before(scope, moment, BATCH).await? {
            match erase(&*self.documents, &*self.clock, scope, id, None).await {
                Ok(_) => erased += 1,
                // Another process was faster.
                Err(UseCaseError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(erased)
    }

    async fn delete_files(&self, scope: &Scope) -> Result<u64, UseCaseError> {
        let mut deleted = 0;
        for sha256 in self.documents.erasures(scope, BATCH).await? {
            finish(&*self.documents, &*self.blobs, scope, &sha256).await?;
            deleted += 1;
        }
        Ok(deleted)
    }
}

fn before(now: Timestamp, retention: Duration) -> Timestamp {
    now.checked_sub(retention).unwrap_or(Timestamp::MIN)
}
