//! The repositories of a database, as the program holds them.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::ports::{DocumentRepository, FileAudit, JobQueue, LabelRepository, Outbox};

use super::Database;
use crate::cache::{CacheOptions, CachedDocuments, DocumentCache, InvalidatingJobs, InvalidatingLabels};

/// On SQLite another process may have changed what is kept, and nobody tells of it.
const LONGEST_ON_SQLITE: Duration = Duration::from_secs(1);

/// Everything that is kept in one database.
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
    /// Which files documents need.
    pub file_audit: Arc<dyn FileAudit>,
    /// What the first three keep in memory of documents; `None` when they keep nothing.
    pub cache: Option<Arc<DocumentCache>>,
}

impl Database {
    /// The repositories, with a cache in front of document reads when one is wanted. Each call makes a cache of its
    /// own, which learns of changes through these ports at once, and of others as [`CacheOptions::ttl`] says.
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

    /// Where nobody tells of changes by other processes, what is kept is soon read anew.
    fn fitting(&self, options: CacheOptions) -> CacheOptions {
        let longest = if self.is_sqlite() { LONGEST_ON_SQLITE } else { Duration::MAX };
        CacheOptions { ttl: options.ttl.min(longest), ..options }
    }

    /// A cache that is told of changes by others.
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
