//! The files that documents need: the suite.

use fieldmark_testkit::repositories::file_audit;

use crate::ground::Ground;

async fn files_are_known(ground: &Ground) {
    let repositories = ground.migrated().await.repositories();
    file_audit::keeps_its_promises(&repositories).await.unwrap();
}

#[tokio::test]
async fn sqlite_keeps_the_promises_of_the_file_audit() {
    files_are_known(&Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_keeps_the_promises_of_the_file_audit() {
    files_are_known(&Ground::postgres()).await;
}
