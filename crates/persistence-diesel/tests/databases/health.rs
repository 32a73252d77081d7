//! Whether a database can be used, and its metrics.

use std::time::Duration;

use fieldmark_domain::ports::{Created, RepositoryError};
use fieldmark_persistence_diesel::{Connections, Database, DatabaseOptions, Inspection};
use fieldmark_testkit::postgres::Cluster;
use fieldmark_testkit::repositories::sample::{SampleOwner, moment};
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::ground::Ground;

async fn can_be_used_once_it_has_tables(ground: &Ground) {
    let database = ground.connect().await;
    let without_tables = database.check(moment(1)).await;
    assert!(matches!(&without_tables, Err(RepositoryError::Failed { reason }) if reason.contains("jobs")));
    database.migrate_up().await.unwrap();
    assert_eq!(database.check(moment(1)).await, Ok(()));
}

#[tokio::test]
async fn sqlite_can_be_used_once_it_has_tables() {
    can_be_used_once_it_has_tables(&Ground::sqlite()).await;
}

#[tokio::test]
async fn postgres_can_be_used_once_it_has_tables() {
    can_be_used_once_it_has_tables(&Ground::postgres()).await;
}

#[tokio::test]
async fn a_file_that_is_no_database_any_more_cannot_be_used() {
    let ground = Ground::sqlite();
    let database = ground.migrated().await;
    let Ground::Sqlite(folder) = &ground else { unreachable!() };
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        std::fs::write(entry.unwrap().path(), vec![7; 65536]).unwrap();
    }
    assert!(database.check(moment(1)).await.is_err());
}

/// The errors of a database whose file was changed by `change` while it was open.
async fn after(change: impl FnOnce(&std::path::Path)) -> (RepositoryError, Result<Created, RepositoryError>) {
    let ground = Ground::sqlite();
    let database = ground.migrated().await;
    database.check(moment(1)).await.unwrap();
    // The content of the log would hide what the file has lost.
    database.keep_up().await.unwrap();
    let Ground::Sqlite(folder) = &ground else { unreachable!() };
    change(&folder.path().join("fieldmark.db"));
    let error = database.check(moment(2)).await.unwrap_err();
    let owner = SampleOwner::fresh();
    (error, database.repositories().documents.create(&owner.scope(), &owner.incoming(moment(3))).await)
}

#[tokio::test]
async fn a_file_that_lost_its_name_is_not_written_to() {
    let moved = |path: &std::path::Path| path.with_file_name("moved.db");
    let (removed, write) = after(|path| std::fs::remove_file(path).unwrap()).await;
    assert!(removed.to_string().contains("was removed"), "{removed}");
    assert_eq!(write, Err(removed));
    let (replaced, write) = after(|path| {
        std::fs::copy(path, moved(path)).unwrap();
        std::fs::rename(moved(path), path).unwrap();
    })
    .await;
    assert!(replaced.to_string().contains("was replaced"), "{replaced}");
    assert_eq!(write, Err(replaced));
    let (lost, write) =
        after(|path| std::fs::remove_file(path.with_file_name("fieldmark.db-wal")).unwrap()).await;
    assert!(lost.to_string().contains("write-ahead log"), "{lost}");
    assert_eq!(write, Err(lost));
}

#[tokio::test]
async fn a_file_that_was_cut_or_overwritten_is_found_out() {
    let (cut, _) = after(|path| {
        let length = std::fs::metadata(path).unwrap().len();
        std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(length / 2).unwrap();
    })
    .await;
    assert!(cut.to_string().contains("malformed"), "{cut}");
    let (zeros, _) = after(|path| {
        let length = std::fs::metadata(path).unwrap().len();
        std::fs::write(path, vec![0; usize::try_from(length).unwrap()]).unwrap();
    })
    .await;
    assert!(zeros.to_string().contains("not a database"), "{zeros}");
    let (empty, _) = after(|path| std::fs::write(path, b"").unwrap()).await;
    assert!(empty.to_string().contains("is empty"), "{empty}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_not_opened() {
    for (content, words) in [(vec![0; 4096], "not a database"), (b"words ".repeat(1000), "not a database")] {
        let ground = Ground::sqlite();
        let Ground::Sqlite(folder) = &ground else { unreachable!() };
        std::fs::write(folder.path().join("fieldmark.db"), content).unwrap();
        let error = Database::connect(&ground.options()).await.err().unwrap();
        assert_eq!(error.code(), "database_damaged", "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

async fn is_sound(ground: &Ground) {
    let database = ground.migrated().await;
    assert_eq!(database.inspect().await, Ok(Inspection::Sound));
}

#[tokio::test]
async fn a_new_database_is_sound_on_sqlite() {
    is_sound(&Ground::sqlite()).await;
}

#[tokio::test]
async fn a_new_database_is_sound_on_postgres() {
    is_sound(&Ground::postgres()).await;
}

#[tokio::test]
async fn a_page_that_was_overwritten_is_found_by_the_inspection() {
    use std::os::unix::fs::FileExt as _;
    let ground = Ground::sqlite();
    let database = ground.migrated().await;
    database.keep_up().await.unwrap();
    drop(database);
    let Ground::Sqlite(folder) = &ground else { unreachable!() };
    let file = std::fs::OpenOptions::new().write(true).open(folder.path().join("fieldmark.db")).unwrap();
    file.write_all_at(&[0xA5; 4096], 3 * 4096).unwrap();
    let database = Database::connect(&ground.options()).await.unwrap();
    let found = database.inspect().await;
    assert!(!matches!(found, Ok(Inspection::Sound)), "{found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_away_cannot_be_used_until_it_is_back() {
    let cluster = Cluster::start().unwrap();
    let options = DatabaseOptions {
        url: cluster.url(),
        min_connections: 1,
        max_connections: 1,
        acquire_timeout: Duration::from_secs(5),
        min_free_bytes: 0,
    };
    let database = Database::connect(&options).await.unwrap();
    database.migrate_up().await.unwrap();
    cluster.stop().unwrap();
    let away = database.check(moment(1)).await;
    assert!(matches!(away, Err(RepositoryError::Unavailable { .. })), "{away:?}");
    cluster.resume().unwrap();
    assert_eq!(database.check(moment(1)).await, Ok(()));
}

/// The metrics as Prometheus scrapes them. The recorder belongs to this thread, which runs the
/// whole test.
async fn connections_are_measured(ground: &Ground) {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _measuring = metrics::set_default_local_recorder(&recorder);
    let database = ground.migrated().await;
    database.check(moment(1)).await.unwrap();
    assert_eq!(database.connections(), Connections { busy: 0, idle: 1, waiting: 0 });
    database.measure();
    let measured = recorder.handle().render();
    for (state, count) in [("busy", 0), ("idle", 1), ("waiting", 0)] {
        let line = format!("fieldmark_database_connections{{state=\"{state}\"}} {count}");
        assert!(measured.lines().any(|measured| measured == line), "{line}\n{measured}");
    }
}

#[tokio::test]
async fn connections_to_sqlite_are_measured() {
    connections_are_measured(&Ground::sqlite()).await;
}

#[tokio::test]
async fn connections_to_postgres_are_measured() {
    connections_are_measured(&Ground::postgres()).await;
}
