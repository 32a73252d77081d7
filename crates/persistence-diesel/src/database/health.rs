//! How a database does, for who operates the program: whether it can be used, and how its connections are.

use fieldmark_domain::ports::RepositoryError;
use jiff::Timestamp;
use metrics::gauge;

use super::{Database, Engine};

/// How the connections of this process to its database are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Connections {
    /// So many work.
    pub busy: usize,
    /// So many are open and have nothing to do.
    pub idle: usize,
    /// So many calls wait for one.
    pub waiting: usize,
}

impl Database {
    /// Whether the database can be used now: a row is written and read back on a connection as all
    /// calls use them, and an SQLite file is the one that was opened and looks like a database. The
    /// tables must be there. It takes as long as [`super::DatabaseOptions::acquire_timeout`] when
    /// no connection is free, and may be given up earlier.
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

    /// How the connections are used now.
    #[must_use]
    pub fn connections(&self) -> Connections {
        match &self.engine {
            Engine::Postgres(store) => store.connections(),
            Engine::Sqlite(store) => store.connections(),
        }
    }

    /// Sets the gauges `fieldmark_database_connections{state="busy|idle|waiting"}` to what is now. Nobody else sets
    /// them: it is called whenever they are read.
    pub fn measure(&self) {
        let Connections { busy, idle, waiting } = self.connections();
        for (state, count) in [("busy", busy), ("idle", idle), ("waiting", waiting)] {
            // More connections than 32 bits can count there are not.
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            gauge!("fieldmark_database_connections", "state" => state).set(count);
        }
    }
}
