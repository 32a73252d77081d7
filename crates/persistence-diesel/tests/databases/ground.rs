//! A database of its own for each test, on either engine, gone afterwards.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_persistence_diesel::{CacheOptions, Database, DatabaseOptions, Ports};
use fieldmark_testkit::postgres::{Cluster, Schema};
use fieldmark_testkit::repositories::Repositories;
use tempfile::TempDir;

/// A cache that forgets nothing by itself while a test runs.
pub const CACHE: CacheOptions = CacheOptions { entries: 1000, ttl: Duration::from_secs(3600) };

/// What the suites take.
pub fn repositories(ports: &Ports) -> Repositories {
    Repositories {
        documents: Arc::clone(&ports.documents),
        labels: Arc::clone(&ports.labels),
        jobs: Arc::clone(&ports.jobs),
        outbox: Arc::clone(&ports.outbox),
    }
}

/// Where a database stands; dropped, it is gone.
pub enum Ground {
    Sqlite(TempDir),
    Postgres(Schema),
}

impl Ground {
    pub fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub fn postgres() -> Self {
        Self::Postgres(Cluster::shared().unwrap().schema().unwrap())
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("fieldmark.db").display()),
            Self::Postgres(schema) => schema.url(),
        }
    }

    pub fn options(&self) -> DatabaseOptions {
        DatabaseOptions {
            url: self.url(),
            min_connections: 1,
            max_connections: 4,
            acquire_timeout: Duration::from_secs(20),
        }
    }

    /// The database without tables.
    pub async fn connect(&self) -> Database {
        Database::connect(&self.options()).await.unwrap()
    }

    /// The database with tables.
    pub async fn migrated(&self) -> Database {
        let database = self.connect().await;
        database.migrate_up().await.unwrap();
        database
    }
}
