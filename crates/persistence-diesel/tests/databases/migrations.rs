//! Migrations create and remove tables, whichever process runs them.

use diesel::sql_types::Text;
use diesel::{QueryableByName, SqliteConnection};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, RunQueryDsl};
use fieldmark_persistence_diesel::MigrateError;

use super::ground::Ground;
use crate::sql;

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The existing tables and the objects that belong to them, so that a leftover index or type would
/// be found.
async fn tables(ground: &Ground) -> Vec<String> {
    let found: Vec<Table> = match ground {
        Ground::Sqlite(folder) => {
            let path = folder.path().join("fieldmark.db").display().to_string();
            let mut session = SyncConnectionWrapper::<SqliteConnection>::establish(&path).await.unwrap();
            let names = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
            diesel::sql_query(names).load(&mut session).await.unwrap()
        }
        Ground::Postgres(schema) => {
            let mut session = sql::session(schema).await;
            let names = "SELECT relname::text AS name FROM pg_class
                WHERE relnamespace = current_schema()::regnamespace AND relkind <> 'i'";
            diesel::sql_query(names).load(&mut session).await.unwrap()
        }
    };
    found.into_iter().map(|table| table.name).collect()
}

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
    assert_eq!(tables(&ground).await, ["__diesel_schema_migrations"]);
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

/// Processes that start at the same moment migrate only once.
async fn many_at_once(ground: Ground) {
    let databases = [ground.connect().await, ground.connect().await, ground.connect().await];
    let [first, two, three] = &databases;
    let (one, two, three) = tokio::join!(first.migrate_up(), two.migrate_up(), three.migrate_up());
    let done: Vec<String> = [one, two, three].into_iter().flat_map(Result::unwrap).collect();
    assert_eq!(done, first.migration_status().await.unwrap().applied);
}

#[tokio::test]
async fn sqlite_is_migrated_by_many_at_once() {
    many_at_once(Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_is_migrated_by_many_at_once() {
    many_at_once(Ground::postgres()).await;
}

async fn is_removed_when_not_in_use(ground: Ground) {
    let service = ground.migrated().await;
    let (one, other) = (service.hold().await.unwrap(), service.hold().await.unwrap());
    let database = ground.connect().await;
    let refused = database.migrate_down(1).await.unwrap_err();
    assert_eq!((&refused, refused.code()), (&MigrateError::InUse, "database_in_use"));
    drop(one);
    assert_eq!(database.migrate_down(1).await, Err(MigrateError::InUse));
    assert!(database.migration_status().await.unwrap().pending.is_empty());
    drop(other);
    // A server notices only after a moment that a session has ended.
    for _ in 0..200 {
        if database.migrate_down(1).await != Err(MigrateError::InUse) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(database.migration_status().await.unwrap().pending.len(), 1);
}

#[tokio::test]
async fn sqlite_keeps_its_tables_while_a_service_works_with_them() {
    is_removed_when_not_in_use(Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_keeps_its_tables_while_a_service_works_with_them() {
    is_removed_when_not_in_use(Ground::postgres()).await;
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let ground = Ground::postgres();
    let database = ground.migrated().await;
    let Ground::Postgres(schema) = &ground else { unreachable!() };
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
    diesel::sql_query(newer).execute(&mut sql::session(schema).await).await.unwrap();
    let refused = database.migrate_up().await.unwrap_err();
    assert_eq!(refused, MigrateError::TooNew { unknown: vec!["9999".to_owned()] });
    assert_eq!(refused.code(), "database_too_new");
    assert_eq!(database.migrate_down(1).await.unwrap_err(), refused);
}
