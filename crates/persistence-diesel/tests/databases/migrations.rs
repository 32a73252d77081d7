//! Tables come and go as the migrations say, whoever runs them.

use super::ground::Ground;

async fn comes_goes_and_comes_again(ground: Ground) {
    let database = ground.connect().await;
    let before = database.migration_status().await.unwrap();
    assert!(before.applied.is_empty() && !before.pending.is_empty());

    assert_eq!(database.migrate_up().await.unwrap(), before.pending);
    assert!(database.migrate_up().await.unwrap().is_empty());
    assert!(database.migration_status().await.unwrap().pending.is_empty());

    let steps = u32::try_from(before.pending.len()).unwrap() + 1;
    assert_eq!(database.migrate_down(steps).await.unwrap().len(), before.pending.len());
    assert_eq!(database.migration_status().await.unwrap(), before);
    assert_eq!(database.migrate_up().await.unwrap(), before.pending);
}

#[tokio::test]
async fn sqlite_comes_goes_and_comes_again() {
    comes_goes_and_comes_again(Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_comes_goes_and_comes_again() {
    comes_goes_and_comes_again(Ground::postgres()).await;
}
