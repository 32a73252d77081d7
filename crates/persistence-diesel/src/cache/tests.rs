//! Tests on mocks that count their calls.

use std::thread;

use fieldmark_domain::document::{Document, DocumentRecord};
use fieldmark_domain::job::JobId;
use fieldmark_domain::ports::{
    DocumentRepository as _, DocumentUpdate, JobChange, JobRepository as _, JobsChange,
    MockDocumentRepository, MockJobQueue, MockJobRepository,
};
use fieldmark_testkit::repositories::sample::{SampleOwner, fresh_id, moment};

use super::*;

const OPTIONS: CacheOptions = CacheOptions { entries: 100, ttl: Duration::from_secs(3600) };

fn cache() -> Arc<DocumentCache> {
    Arc::new(DocumentCache::new(OPTIONS))
}

/// Answers this number of reads of a document, for callers who may see it; further reads fail.
fn answering(document: &Document, times: usize) -> MockDocumentRepository {
    let mut inner = MockDocumentRepository::new();
    let document = document.clone();
    inner.expect_find().times(times).returning(move |scope, id| {
        Ok(Some(document.clone()).filter(|document| document.id == id && scope.permits(document.owner)))
    });
    inner
}

fn cached(inner: MockDocumentRepository, cache: &Arc<DocumentCache>) -> CachedDocuments {
    CachedDocuments::new(Arc::new(inner), Arc::clone(cache))
}

#[tokio::test]
async fn what_was_read_is_not_read_again() {
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let record = DocumentRecord { document: document.clone(), labels: Vec::new(), findings: None };
    let mut inner = answering(&document, 1);
    inner.expect_show().times(1).returning({
        let record = record.clone();
        move |_, _| Ok(Some(record.clone()))
    });
    let cache = cache();
    let documents = cached(inner, &cache);
    for _ in 0..3 {
        assert_eq!(documents.find(&owner.scope(), document.id).await, Ok(Some(document.clone())));
        assert_eq!(documents.show(&owner.scope(), document.id).await, Ok(Some(record.clone())));
    }
    assert_eq!(cache.statistics(), CacheStatistics { hits: 4, misses: 2 });
}

/// The metrics as Prometheus scrapes them. The recorder belongs to this thread, which runs the
/// whole test.
#[tokio::test]
async fn hits_and_misses_are_measured() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let _measuring = metrics::set_default_local_recorder(&recorder);
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let documents = cached(answering(&document, 1), &cache());
    for _ in 0..3 {
        documents.find(&owner.scope(), document.id).await.unwrap();
    }
    let measured = recorder.handle().render();
    for line in ["fieldmark_cache_hits_total 2", "fieldmark_cache_misses_total 1"] {
        assert!(measured.lines().any(|measured| measured == line), "{line}\n{measured}");
    }
}

#[tokio::test]
async fn another_owner_never_gets_what_was_kept() {
    let (owner, stranger) = (SampleOwner::fresh(), SampleOwner::fresh());
    let document = owner.document(moment(0));
    let documents = cached(answering(&document, 4), &cache());
    let id = document.id;
    assert_eq!(documents.find(&stranger.scope(), id).await, Ok(None));
    assert!(documents.find(&owner.scope(), id).await.unwrap().is_some());
    assert_eq!(documents.find(&stranger.scope(), id).await, Ok(None));
    assert!(documents.find(&Scope::of_everything(), id).await.unwrap().is_some());
    assert!(documents.find(&owner.scope(), id).await.unwrap().is_some());
}

#[tokio::test]
async fn that_nothing_is_there_is_not_kept() {
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let mut inner = MockDocumentRepository::new();
    inner.expect_find().times(1).returning(|_, _| Ok(None));
    inner.expect_find().times(1).returning(|_, _| Err(RepositoryError::Failed { reason: "x".to_owned() }));
    let found = document.clone();
    inner.expect_find().times(1).returning(move |_, _| Ok(Some(found.clone())));
    let cache = cache();
    let documents = cached(inner, &cache);
    assert_eq!(documents.find(&owner.scope(), document.id).await, Ok(None));
    assert!(documents.find(&owner.scope(), document.id).await.is_err());
    cache.shelves.run_pending_tasks();
    assert_eq!(cache.shelves.entry_count(), 0);
    assert!(documents.find(&owner.scope(), document.id).await.unwrap().is_some());
}

#[tokio::test]
async fn a_change_is_seen_at_once_even_when_it_was_refused() {
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let mut inner = answering(&document, 2);
    inner.expect_update().times(1).returning(|_, _| Err(RepositoryError::Stale));
    let documents = cached(inner, &cache());
    documents.find(&owner.scope(), document.id).await.unwrap();
    let update = DocumentUpdate { document: document.clone(), jobs: JobsChange::Keep, events: Vec::new() };
    assert_eq!(documents.update(&owner.scope(), &update).await, Err(RepositoryError::Stale));
    documents.find(&owner.scope(), document.id).await.unwrap();
}

#[tokio::test]
async fn a_jobs_end_is_a_change_of_its_document() {
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let cache = cache();
    let documents = cached(answering(&document, 2), &cache);
    let mut inner = MockJobRepository::new();
    inner.expect_cancel().times(1).returning(|_, _| Ok(None));
    let jobs = InvalidatingJobs::new(Arc::new(inner), Arc::new(MockJobQueue::new()), Arc::clone(&cache));
    documents.find(&owner.scope(), document.id).await.unwrap();
    let change = JobChange { job: JobId(fresh_id()), document: Some(document.clone()), now: moment(1) };
    jobs.cancel(&owner.scope(), &change).await.unwrap();
    documents.find(&owner.scope(), document.id).await.unwrap();
}

/// The change comes during the read: the read returns the old state, and no later read does.
#[tokio::test]
async fn a_read_that_a_change_overtakes_leaves_nothing_old() {
    let owner = SampleOwner::fresh();
    let old = owner.document(moment(0));
    let new = Document { version: 2, ..old.clone() };
    for overtake in
        [|cache: &DocumentCache, id| cache.forget(id), |cache: &DocumentCache, _| cache.forget_all()]
    {
        let cache = cache();
        let mut inner = MockDocumentRepository::new();
        inner.expect_find().times(1).returning({
            let (cache, old) = (Arc::clone(&cache), old.clone());
            move |_, id| {
                overtake(&cache, id);
                Ok(Some(old.clone()))
            }
        });
        let later = new.clone();
        inner.expect_find().times(1).returning(move |_, _| Ok(Some(later.clone())));
        let documents = cached(inner, &cache);
        assert_eq!(documents.find(&owner.scope(), old.id).await, Ok(Some(old.clone())));
        assert_eq!(documents.find(&owner.scope(), old.id).await, Ok(Some(new.clone())));
        assert_eq!(documents.find(&owner.scope(), old.id).await, Ok(Some(new.clone())));
    }
}

#[tokio::test]
async fn a_disconnected_cache_reads_the_database() {
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let cache = cache();
    let documents = cached(answering(&document, 4), &cache);
    let read = async || documents.find(&owner.scope(), document.id).await.unwrap();
    read().await;
    cache.suspend();
    read().await;
    read().await;
    cache.resume();
    read().await;
    read().await;
    assert_eq!(cache.statistics(), CacheStatistics { hits: 1, misses: 4 });
}

#[tokio::test]
async fn nothing_is_older_than_it_may_be() {
    let owner = SampleOwner::fresh();
    let document = owner.document(moment(0));
    let cache = Arc::new(DocumentCache::new(CacheOptions { ttl: Duration::from_millis(1), ..OPTIONS }));
    let documents = cached(answering(&document, 2), &cache);
    documents.find(&owner.scope(), document.id).await.unwrap();
    thread::sleep(Duration::from_millis(5));
    documents.find(&owner.scope(), document.id).await.unwrap();
}

#[tokio::test]
async fn no_more_is_kept_than_may_be() {
    let owner = SampleOwner::fresh();
    let mut inner = MockDocumentRepository::new();
    inner.expect_find().returning(move |_, id| Ok(Some(Document { id, ..owner.document(moment(0)) })));
    let cache = Arc::new(DocumentCache::new(CacheOptions { entries: 10, ..OPTIONS }));
    let documents = cached(inner, &cache);
    for _ in 0..200 {
        documents.find(&owner.scope(), DocumentId(fresh_id())).await.unwrap();
    }
    cache.shelves.run_pending_tasks();
    assert!((1..=10).contains(&cache.shelves.entry_count()));
}
