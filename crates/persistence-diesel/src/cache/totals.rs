//! Caches how many documents match a query, until any document changes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fieldmark_domain::document::{DocumentQuery, ListedDocument};
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{DocumentRepository, RepositoryError};
use fieldmark_domain::scope::{OwnerId, Scope};

use super::DocumentCache;

/// Maximum number of cached queries.
const MAX_QUERIES: u64 = 1000;

/// The totals counted since the last change.
#[derive(Debug)]
pub(super) struct Totals {
    counted: moka::sync::Cache<Counted, u64>,
    /// The number of changes so far: a total from before the last change is not used.
    changes: AtomicU64,
}

/// The key of a total: the number of changes, the owner and the query.
type Counted = (u64, Option<OwnerId>, String);

impl Totals {
    pub(super) fn new(ttl: Duration) -> Self {
        let counted = moka::sync::Cache::builder().max_capacity(MAX_QUERIES).time_to_live(ttl).build();
        Self { counted, changes: AtomicU64::new(0) }
    }

    /// A document was added, changed or removed.
    pub(super) fn forget(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// The key of a query's total: its conditions, without the page and the order.
    fn place(&self, scope: &Scope, query: &DocumentQuery) -> Counted {
        let DocumentQuery { statuses, created_from, created_before, text, fields, min_confidence, .. } =
            query;
        let conditions = format!(
            "{statuses:?} {created_from:?} {created_before:?} {text:?} {fields:?} {min_confidence:?}"
        );
        (self.changes.load(Ordering::SeqCst), scope.only(), conditions)
    }
}

impl DocumentCache {
    /// A list whose total is counted once between two changes.
    pub(super) async fn list(
        &self,
        scope: &Scope,
        query: &DocumentQuery,
        documents: &dyn DocumentRepository,
    ) -> Result<Listing<ListedDocument>, RepositoryError> {
        if query.without_total || self.is_suspended.load(Ordering::SeqCst) {
            return documents.list(scope, query).await;
        }
        let place = self.totals.place(scope, query);
        if let Some(total) = self.totals.counted.get(&place) {
            let page = DocumentQuery { without_total: true, ..query.clone() };
            let Listing { items, .. } = documents.list(scope, &page).await?;
            return Ok(Listing { items, total });
        }
        let listing = documents.list(scope, query).await?;
        self.totals.counted.insert(place, listing.total);
        Ok(listing)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fieldmark_domain::document::{DocumentId, DocumentStatus};
    use fieldmark_domain::listing::Window;
    use fieldmark_domain::ports::MockDocumentRepository;
    use uuid::Uuid;

    use super::*;
    use crate::cache::CacheOptions;

    const SCOPE: Scope = Scope::owner(OwnerId(Uuid::nil()));

    /// A repository that has one more document at each count.
    fn growing() -> MockDocumentRepository {
        let mut documents = MockDocumentRepository::new();
        let counted = Arc::new(AtomicU64::new(0));
        documents.expect_list().returning(move |_, query| {
            let total = if query.without_total { 0 } else { counted.fetch_add(1, Ordering::SeqCst) + 1 };
            Ok(Listing { items: Vec::new(), total })
        });
        documents
    }

    fn cache() -> DocumentCache {
        DocumentCache::new(CacheOptions { entries: 10, ttl: Duration::from_secs(60) })
    }

    #[tokio::test]
    async fn a_query_is_counted_once_until_a_document_changes() {
        let (cache, documents) = (cache(), growing());
        let first = DocumentQuery::default();
        let second =
            DocumentQuery { window: Window { limit: 5, offset: 5 }, with_labels: true, ..first.clone() };
        let total = async |query: &DocumentQuery| cache.list(&SCOPE, query, &documents).await.unwrap().total;
        assert_eq!((total(&first).await, total(&second).await), (1, 1));
        let another = DocumentQuery { statuses: vec![DocumentStatus::Failed], ..first.clone() };
        assert_eq!((total(&another).await, total(&first).await), (2, 1));
        cache.forget(DocumentId(Uuid::nil()));
        assert_eq!((total(&first).await, total(&first).await), (3, 3));
        cache.forget_all();
        assert_eq!(total(&first).await, 4);
    }

    #[tokio::test]
    async fn another_owners_total_is_counted_by_itself() {
        let (cache, documents) = (cache(), growing());
        let other = Scope::owner(OwnerId(Uuid::from_u128(1)));
        let query = DocumentQuery::default();
        assert_eq!(cache.list(&SCOPE, &query, &documents).await.unwrap().total, 1);
        assert_eq!(cache.list(&other, &query, &documents).await.unwrap().total, 2);
    }

    #[tokio::test]
    async fn a_disconnected_cache_counts_in_the_database() {
        let (cache, documents) = (cache(), growing());
        cache.suspend();
        let query = DocumentQuery::default();
        assert_eq!(cache.list(&SCOPE, &query, &documents).await.unwrap().total, 1);
        assert_eq!(cache.list(&SCOPE, &query, &documents).await.unwrap().total, 2);
    }
}
