//! A separate database for each test, of either kind, removed afterwards.

use std::time::Duration;

use fieldmark_persistence_diesel::{Database, DatabaseOptions};
use fieldmark_testkit::postgres::{Cluster, Schema};
use tempfile::TempDir;

/// Where a database is; dropping it removes the database.
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
            min_free_bytes: 0,
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
