//! The files that documents need: the suite.

use fieldmark_testkit::repositories::file_audit;

use crate::ground::Ground;
use crate::ports::repositories;

async fn files_are_known(ground: &Ground) {
    let ports = ground.migrated().await.ports(None);
    file_audit::keeps_its_promises(&repositories(&ports), &*ports.file_audit).await.unwrap();
}

#[tokio::test]
async fn sqlite_keeps_the_promises_of_the_file_audit() {
    files_are_known(&Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_keeps_the_promises_of_the_file_audit() {
    files_are_known(&Ground::postgres()).await;
}
