//! What nobody may want back goes: documents that were deleted long ago, bytes of erased ones, old events and keys.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::erase_document::{erase, finish};
use crate::document::DocumentId;
use crate::ports::{BlobStore, Clock, DocumentRepository, ErasureRepository, Outbox};
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
///
/// ```
/// # use std::sync::Arc;
/// # use std::time::Duration;
/// # use fieldmark_domain::{document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # use fieldmark_persistence_memory::ManualClock;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// let clock = Arc::new(ManualClock::at(samples::NOW));
/// # let ports = Ports { repositories, blobs, clock: clock.clone() };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// use_cases.delete_document().execute(&scope, samples::DOCUMENT, None).await?;
/// let purge = use_cases.purge_deleted();
/// assert_eq!(purge.execute().await?.documents, 0);
///
/// clock.advance(Duration::from_secs(31 * 24 * 60 * 60));
/// let purged = purge.execute().await?;
/// assert_eq!((purged.documents, purged.files), (1, 1));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PurgeDeleted {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// What removes them.
    pub erasures: Arc<dyn ErasureRepository>,
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
        let keys = self.erasures.forget_keys(&scope, before(now, self.retention.idempotency_keys)).await?;
        let documents = self.erase_documents(&scope, before(now, self.retention.documents)).await?;
        let files = self.delete_files(&scope).await?;
        Ok(Purged { documents, files, events, idempotency_keys: keys })
    }

    async fn erase_documents(&self, scope: &Scope, moment: Timestamp) -> Result<u64, UseCaseError> {
        let mut erased = 0;
        for id in self.erasures.deleted_before(scope, moment, BATCH).await? {
            match self.erase_document(scope, id, moment).await {
                Ok(is_erased) => erased += u64::from(is_erased),
                Err(UseCaseError::Repository(error)) if error.is_transient() => return Err(error.into()),
                // One that cannot be erased keeps no other from it.
                Err(error) => tracing::warn!(document = %id, %error, "a deleted document cannot be erased"),
            }
        }
        Ok(erased)
    }

    /// Whether the document was erased: not one that was restored, or erased by another process, meanwhile.
    async fn erase_document(
        &self,
        scope: &Scope,
        id: DocumentId,
        moment: Timestamp,
    ) -> Result<bool, UseCaseError> {
        let found = self.documents.find_deleted(scope, id).await?;
        let due = found.filter(|document| document.deleted_at.is_some_and(|deleted| deleted < moment));
        let Some(document) = due else { return Ok(false) };
        match erase(&*self.erasures, &*self.clock, scope, &document).await {
            Ok(_) => Ok(true),
            Err(UseCaseError::NotFound { .. } | UseCaseError::Stale) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn delete_files(&self, scope: &Scope) -> Result<u64, UseCaseError> {
        let mut deleted = 0;
        let mut trouble = None;
        for sha256 in self.erasures.erasures(scope, BATCH).await? {
            match finish(&*self.erasures, &*self.blobs, &*self.clock, scope, &sha256).await {
                Ok(is_deleted) => deleted += u64::from(is_deleted),
                Err(error) if error.is_transient() => return Err(error),
                Err(error) => trouble = Some(error),
            }
        }
        trouble.map_or(Ok(deleted), Err)
    }
}

fn before(now: Timestamp, retention: Duration) -> Timestamp {
    now.checked_sub(retention).unwrap_or(Timestamp::MIN)
}
