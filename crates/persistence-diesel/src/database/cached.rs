//! The repositories of a database with a cache in front of document reads.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::ports::Repositories;

use super::Database;
use crate::cache::{
    CacheOptions, CachedDocuments, DocumentCache, InvalidatingErasures, InvalidatingJobs, InvalidatingLabels,
};

/// The longest that something is cached on SQLite, where nothing reports the changes of other
/// processes.
const LONGEST_ON_SQLITE: Duration = Duration::from_secs(1);

impl Database {
    /// The repositories behind a cache, and the cache. Each call makes a cache of its own, which
    /// learns of changes through these repositories at once, and of others as [`CacheOptions::ttl`]
    /// says.
    #[must_use]
    pub fn cached_repositories(&self, options: CacheOptions) -> (Repositories, Arc<DocumentCache>) {
        let cache = Arc::new(DocumentCache::new(self.fitting(options)));
        self.signals().attach(&cache);
        (behind(&cache, self.repositories()), cache)
    }

    /// Where nothing reports the changes of other processes, a document is soon read anew.
    fn fitting(&self, options: CacheOptions) -> CacheOptions {
        let longest = if self.is_sqlite() { LONGEST_ON_SQLITE } else { Duration::MAX };
        CacheOptions { ttl: options.ttl.min(longest), ..options }
    }
}

fn behind(cache: &Arc<DocumentCache>, plain: Repositories) -> Repositories {
    let jobs = Arc::new(InvalidatingJobs::new(plain.jobs, plain.queue, Arc::clone(cache)));
    Repositories {
        documents: Arc::new(CachedDocuments::new(plain.documents, Arc::clone(cache))),
        erasures: Arc::new(InvalidatingErasures::new(plain.erasures, Arc::clone(cache))),
        labels: Arc::new(InvalidatingLabels::new(plain.labels, Arc::clone(cache))),
        jobs: jobs.clone(),
        queue: jobs,
        outbox: plain.outbox,
        file_audit: plain.file_audit,
    }
}
