//! The health of a database for its operator: whether it can be used, and how its connections are
//! used.

use fieldmark_domain::ports::RepositoryError;
use jiff::Timestamp;
use metrics::gauge;

use super::{Database, Engine};

/// How this process uses its connections to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Connections {
    /// Connections in use.
    pub busy: usize,
    /// Open connections that are idle.
    pub idle: usize,
    /// Calls that wait for a connection.
    pub waiting: usize,
}

impl Database {
    /// Checks whether the database can be used now: writes a row and reads it back on a connection
    /// of the pool; an SQLite file must be the one that was opened and look like a database. The
    /// tables must exist. Takes up to [`super::DatabaseOptions::acquire_timeout`] when no
    /// connection is free, and may be cancelled earlier.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    pub async fn check(&self, now: Timestamp) -> Result<(), RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.check(now).await,
            Engine::Sqlite(store) => store.check(now).await,
        }
    }

    /// The current use of the connections.
    #[must_use]
    pub fn connections(&self) -> Connections {
        match &self.engine {
            Engine::Postgres(store) => store.connections(),
            Engine::Sqlite(store) => store.connections(),
        }
    }

    /// Sets the gauges `fieldmark_database_connections{state="busy|idle|waiting"}` to the current
    /// numbers. Nothing else sets them: call it before they are read.
    pub fn measure(&self) {
        let Connections { busy, idle, waiting } = self.connections();
        for (state, count) in [("busy", busy), ("idle", idle), ("waiting", waiting)] {
            // More connections than 32 bits can count are impossible.
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            gauge!("fieldmark_database_connections", "state" => state).set(count);
        }
    }
}
