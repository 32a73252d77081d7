//! Documents and their labels: the suites, with and without a cache.

use fieldmark_testkit::repositories::{documents, erasures, labels};

use crate::ground::Ground;
use crate::ports::{CACHE, repositories};

async fn documents_are_kept(ground: &Ground) {
    let database = ground.migrated().await;
    for cache in [None, Some(CACHE)] {
        let repositories = repositories(&database, cache);
        documents::keeps_its_promises(&repositories).await.unwrap();
        erasures::keeps_its_promises(&repositories).await.unwrap();
    }
}

async fn labels_are_kept(ground: &Ground) {
    let database = ground.migrated().await;
    for cache in [None, Some(CACHE)] {
        labels::keeps_its_promises(&repositories(&database, cache)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_keeps_the_promises_of_documents() {
    documents_are_kept(&Ground::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_keeps_the_promises_of_documents() {
    documents_are_kept(&Ground::postgres()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_keeps_the_promises_of_labels() {
    labels_are_kept(&Ground::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_keeps_the_promises_of_labels() {
    labels_are_kept(&Ground::postgres()).await;
}
