//! The suites of documents and labels, with and without the cache in front.

use fieldmark_testkit::repositories::{documents, labels};

use crate::ground::Ground;
use crate::jobs::{CACHE, repositories};

async fn keep_their_promises(ground: &Ground) {
    let database = ground.migrated().await;
    for cache in [None, Some(CACHE)] {
        let repositories = repositories(&database.ports(cache));
        documents::keeps_its_promises(&repositories).await.unwrap();
        labels::keeps_its_promises(&repositories).await.unwrap();
    }
}

#[tokio::test]
async fn sqlite_keeps_the_promises_of_documents_and_labels() {
    keep_their_promises(&Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_keeps_the_promises_of_documents_and_labels() {
    keep_their_promises(&Ground::postgres()).await;
}
