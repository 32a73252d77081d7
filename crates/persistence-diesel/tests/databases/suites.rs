//! The conformance suites, on both databases.

use std::sync::Arc;

use fieldmark_domain::ports::{MockJobQueue, MockOutbox};
use fieldmark_testkit::repositories::{Repositories, documents, labels};

use super::ground::Ground;

async fn repositories(ground: &Ground) -> Repositories {
    let database = ground.migrated().await;
    let mut outbox = MockOutbox::new();
    outbox.expect_pending().returning(|_, _| Ok(Vec::new()));
    Repositories {
        documents: database.documents(),
        labels: database.labels(),
        jobs: Arc::new(MockJobQueue::new()),
        outbox: Arc::new(outbox),
    }
}

#[tokio::test]
async fn documents_on_sqlite() {
    let ground = Ground::sqlite();
    documents::keeps_its_promises(&repositories(&ground).await).await.unwrap();
}

#[tokio::test]
async fn documents_on_postgres() {
    let ground = Ground::postgres();
    documents::keeps_its_promises(&repositories(&ground).await).await.unwrap();
}

#[tokio::test]
async fn labels_on_sqlite() {
    let ground = Ground::sqlite();
    labels::keeps_its_promises(&repositories(&ground).await).await.unwrap();
}

#[tokio::test]
async fn labels_on_postgres() {
    let ground = Ground::postgres();
    labels::keeps_its_promises(&repositories(&ground).await).await.unwrap();
}
