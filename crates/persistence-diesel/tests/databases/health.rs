//! Whether a database can be used, and what is measured of it.

use std::time::Duration;

use fieldmark_domain::ports::RepositoryError;
use fieldmark_persistence_diesel::{Connections, Database, DatabaseOptions};
use fieldmark_testkit::postgres::Cluster;
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::ground::Ground;

async fn can_be_used_once_it_has_tables(ground: &Ground) {
    let database = ground.connect().await;
    let without_tables = database.check().await;
    assert!(matches!(&without_tables, Err(RepositoryError::Failed { reason }) if reason.contains("jobs")));
    database.migrate_up().await.unwrap();
    assert_eq!(database.check().await, Ok(()));
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
    assert!(database.check().await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_away_cannot_be_used_until_it_is_back() {
    let cluster = Cluster::start().unwrap();
    let options = DatabaseOptions {
        url: cluster.url(),
        min_connections: 1,
        max_connections: 1,
        acquire_timeout: Duration::from_secs(5),
    };
    let database = Database::connect(&options).await.unwrap();
    database.migrate_up().await.unwrap();
    cluster.stop().unwrap();
    let away = database.check().await;
    assert!(matches!(away, Err(RepositoryError::Unavailable { .. })), "{away:?}");
    cluster.resume().unwrap();
    assert_eq!(database.check().await, Ok(()));
}

/// What was measured, as Prometheus reads it. The recorder is this thread's, on which the whole test runs.
async fn connections_are_measured(ground: &Ground) {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _measuring = metrics::set_default_local_recorder(&recorder);
    let database = ground.migrated().await;
    database.check().await.unwrap();
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
