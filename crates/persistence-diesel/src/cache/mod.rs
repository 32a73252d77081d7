//! Documents that were read lately, so that reading them again asks no database.
//!
//! Wraps the ports and knows no database. What was read goes into a *shelf* of its document, taken before the read;
//! a change throws the document's shelf away. A read that was under way meanwhile fills the shelf that was thrown
//! away, where nobody looks any more: an old state never comes after a new one. Within a shelf, what is kept is kept
//! for one scope. That a document is not there is never kept.
//!
//! How many documents fit a query is kept, too, until any document changes: counting them costs more than a page of them.

mod documents;
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
pub use jobs::InvalidatingJobs;
pub use labels::InvalidatingLabels;

use shelf::{Kept, Shelf};
use totals::Totals;

/// How much is kept, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheOptions {
    /// How many documents at most.
    pub entries: u64,
    /// How old a state may be that is answered. Changes by other processes are seen at once on PostgreSQL, and on
    /// SQLite after so long.
    pub ttl: Duration,
}

/// How often a read of a document was answered without the database, and how often not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheStatistics {
    /// Without.
    pub hits: u64,
    /// Not.
    pub misses: u64,
}

/// What is kept of documents, for all the ports that read or change them.
#[derive(Debug)]
pub struct DocumentCache {
    shelves: moka::sync::Cache<Place, Arc<Shelf>>,
    totals: Totals,
    /// Counted up, it makes all shelves unreachable at one moment.
    epoch: AtomicU64,
    /// Whether changes by others are not told at present, so that nothing kept can be relied on.
    is_deaf: AtomicBool,
    hits: AtomicU64,
    misses: AtomicU64,
}

type Place = (u64, DocumentId);

/// What a longer time to live is cut to: more than any process lives.
const LONGEST_TTL: Duration = Duration::from_secs(365 * 24 * 60 * 60);

impl DocumentCache {
    /// An empty cache.
    #[must_use]
    pub fn new(options: CacheOptions) -> Self {
        let ttl = options.ttl.min(LONGEST_TTL);
        let shelves = moka::sync::Cache::builder().max_capacity(options.entries).time_to_live(ttl).build();
        Self {
            shelves,
            totals: Totals::new(ttl),
            epoch: AtomicU64::new(0),
            is_deaf: AtomicBool::new(false),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// How well it does.
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

    /// A document changed: what is kept of it, and what is being read of it, is not answered any more.
    pub fn forget(&self, id: DocumentId) {
        self.totals.forget();
        self.shelves.invalidate(&self.place(id));
    }

    /// Any document may have changed.
    pub fn forget_all(&self) {
        self.totals.forget();
        self.epoch.fetch_add(1, Ordering::SeqCst);
        self.shelves.invalidate_all();
    }

    /// From now on changes by others are not told: nothing is answered from here.
    pub(crate) fn turn_deaf(&self) {
        self.is_deaf.store(true, Ordering::SeqCst);
        self.forget_all();
    }

    /// From now on changes by others are told.
    pub(crate) fn hear_again(&self) {
        self.forget_all();
        self.is_deaf.store(false, Ordering::SeqCst);
    }

    fn place(&self, id: DocumentId) -> Place {
        (self.epoch.load(Ordering::SeqCst), id)
    }

    /// What is kept for a scope, else what `read` gives.
    async fn get<T: Kept>(
        &self,
        scope: &Scope,
        id: DocumentId,
        read: impl Future<Output = Result<Option<T>, RepositoryError>>,
    ) -> Result<Option<T>, RepositoryError> {
        if self.is_deaf.load(Ordering::SeqCst) {
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
            // Whoever asks for what is not there shall not push out what is.
            Ok(None) | Err(_) if shelf.is_empty() => self.shelves.invalidate(&place),
            Ok(None) | Err(_) => {}
        }
        found
    }

    /// Forgets documents when it goes: after the change, however that ended, even when its caller did not wait for
    /// the end. A change whose answer was lost may have happened, and one that found another version shows that what
    /// is kept is old.
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
