//! The repositories of a database, as the program uses them.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::ports::{DocumentRepository, FileAudit, JobQueue, LabelRepository, Outbox};

use super::Database;
use crate::cache::{CacheOptions, CachedDocuments, DocumentCache, InvalidatingJobs, InvalidatingLabels};

/// Limit of the cache's time to live on SQLite, where changes by other processes are not notified.
const MAX_TTL_ON_SQLITE: Duration = Duration::from_secs(1);

/// All repositories of one database.
#[derive(Clone)]
pub struct Ports {
    /// Documents.
    pub documents: Arc<dyn DocumentRepository>,
    /// Labels and their history.
    pub labels: Arc<dyn LabelRepository>,
    /// Jobs.
    pub jobs: Arc<dyn JobQueue>,
    /// Events until they are published.
    pub outbox: Arc<dyn Outbox>,
    /// The files that documents need.
    pub file_audit: Arc<dyn FileAudit>,
    /// The document cache of the first three; `None` without a cache.
    pub cache: Option<Arc<DocumentCache>>,
}

impl Database {
    /// The repositories, with a cache for document reads if requested. Each call creates a new
    /// cache, which sees changes through these ports at once, and other changes as
    /// [`CacheOptions::ttl`] says.
    #[must_use]
    pub fn ports(&self, cache: Option<CacheOptions>) -> Ports {
        let plain = Ports {
            documents: self.documents(),
            labels: self.labels(),
            jobs: self.jobs(),
            outbox: self.outbox(),
            file_audit: self.file_audit(),
            cache: None,
        };
        match cache {
            Some(options) => plain.cached(self.listening(DocumentCache::new(self.fitting(options)))),
            None => plain,
        }
    }

    /// Limits the time to live where changes by other processes are not notified.
    fn fitting(&self, options: CacheOptions) -> CacheOptions {
        let longest = if self.is_sqlite() { MAX_TTL_ON_SQLITE } else { Duration::MAX };
        CacheOptions { ttl: options.ttl.min(longest), ..options }
    }

    /// A cache that is notified of changes by other processes.
    fn listening(&self, cache: DocumentCache) -> Arc<DocumentCache> {
        let cache = Arc::new(cache);
        self.signals().attach(&cache);
        cache
    }
}

impl Ports {
    fn cached(self, cache: Arc<DocumentCache>) -> Self {
        Self {
            documents: Arc::new(CachedDocuments::new(self.documents, Arc::clone(&cache))),
            labels: Arc::new(InvalidatingLabels::new(self.labels, Arc::clone(&cache))),
            jobs: Arc::new(InvalidatingJobs::new(self.jobs, Arc::clone(&cache))),
            outbox: self.outbox,
            file_audit: self.file_audit,
            cache: Some(cache),
        }
    }
}
