//! Caches recently read documents, so that reading them again needs no database access.
//!
//! Wraps the ports and knows no database. The result of a read is stored in the *shelf* of its
//! document, which is taken before the read; a change discards the document's shelf. A read that
//! overlaps with a change fills the discarded shelf, which is never used again, so an old state
//! never follows a new one. Within a shelf, states are stored per scope. The absence of a document
//! is never cached.
//!
//! The number of documents that match a query is cached too, until any document changes: counting
//! costs more than reading a page of a list.

mod documents;
mod erasures;
mod jobs;
mod labels;
mod shelf;
#[cfg(test)]
mod tests;
mod totals;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::ports::RepositoryError;
use fieldmark_domain::scope::Scope;
use metrics::counter;

pub use documents::CachedDocuments;
pub use erasures::InvalidatingErasures;
pub use jobs::InvalidatingJobs;
pub use labels::InvalidatingLabels;

use shelf::{Kept, Shelf};
use totals::Totals;

/// The size of the cache and the lifetime of its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheOptions {
    /// Maximum number of documents.
    pub entries: u64,
    /// Maximum age of a cached state. Changes by other processes are seen at once on PostgreSQL,
    /// and after this time on SQLite.
    pub ttl: Duration,
}

/// How many document reads the cache answered, and how many went to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheStatistics {
    /// Reads answered by the cache.
    pub hits: u64,
    /// Reads that went to the database.
    pub misses: u64,
}

/// The cached states of documents, shared by all ports that read or change documents.
#[derive(Debug)]
pub struct DocumentCache {
    shelves: moka::sync::Cache<Place, Arc<Shelf>>,
    totals: Totals,
    /// Incrementing it makes all shelves unreachable at once.
    epoch: AtomicU64,
    /// Whether changes by others are not reported at present, so that nothing cached can be relied
    /// on.
    is_suspended: AtomicBool,
    hits: AtomicU64,
    misses: AtomicU64,
}

type Place = (u64, DocumentId);

/// Upper limit for the time to live: longer than any process runs.
const MAX_TTL: Duration = Duration::from_secs(365 * 24 * 60 * 60);

impl DocumentCache {
    /// Creates an empty cache.
    #[must_use]
    pub fn new(options: CacheOptions) -> Self {
        let ttl = options.ttl.min(MAX_TTL);
        let shelves = moka::sync::Cache::builder().max_capacity(options.entries).time_to_live(ttl).build();
        Self {
            shelves,
            totals: Totals::new(ttl),
            epoch: AtomicU64::new(0),
            is_suspended: AtomicBool::new(false),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// The cache's hits and misses so far.
    #[must_use]
    pub fn statistics(&self) -> CacheStatistics {
        CacheStatistics {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }

    fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
        counter!("fieldmark_cache_hits_total").increment(1);
    }

    fn missed(&self) {
        self.misses.fetch_add(1, Ordering::Relaxed);
        counter!("fieldmark_cache_misses_total").increment(1);
    }

    /// A document changed: discards its cached states, and those of reads in progress.
    pub fn forget(&self, id: DocumentId) {
        self.totals.forget();
        self.shelves.invalidate(&self.place(id));
    }

    /// Discards everything, because any document may have changed.
    pub fn forget_all(&self) {
        self.totals.forget();
        self.epoch.fetch_add(1, Ordering::SeqCst);
        self.shelves.invalidate_all();
    }

    /// From now on changes by others are not reported: nothing is answered from here.
    pub(crate) fn suspend(&self) {
        self.is_suspended.store(true, Ordering::SeqCst);
        self.forget_all();
    }

    /// From now on changes by others are reported.
    pub(crate) fn resume(&self) {
        self.forget_all();
        self.is_suspended.store(false, Ordering::SeqCst);
    }

    fn place(&self, id: DocumentId) -> Place {
        (self.epoch.load(Ordering::SeqCst), id)
    }

    /// The cached state for a scope, or else the result of `read`.
    async fn get<T: Kept>(
        &self,
        scope: &Scope,
        id: DocumentId,
        read: impl Future<Output = Result<Option<T>, RepositoryError>>,
    ) -> Result<Option<T>, RepositoryError> {
        if self.is_suspended.load(Ordering::SeqCst) {
            self.missed();
            return read.await;
        }
        let place = self.place(id);
        let shelf = self.shelves.get_with(place, Arc::default);
        if let Some(kept) = shelf.find(scope) {
            self.hit();
            return Ok(Some(kept));
        }
        self.missed();
        let found = read.await;
        match &found {
            Ok(Some(value)) => shelf.keep(scope, value.clone()),
            // Requests for missing documents must not evict existing ones.
            Ok(None) | Err(_) if shelf.is_empty() => self.shelves.invalidate(&place),
            Ok(None) | Err(_) => {}
        }
        found
    }

    /// Discards the documents when dropped: after the change, whatever its result, even if the
    /// caller did not wait for it. A change without a result may have happened, and a version
    /// conflict shows that the cached state is old.
    fn forgetting(&self, ids: impl IntoIterator<Item = DocumentId>) -> Forgetting<'_> {
        Forgetting { cache: self, ids: ids.into_iter().collect() }
    }
}

struct Forgetting<'a> {
    cache: &'a DocumentCache,
    ids: Vec<DocumentId>,
}

impl Drop for Forgetting<'_> {
    fn drop(&mut self) {
        for id in &self.ids {
            self.cache.forget(*id);
        }
    }
}
