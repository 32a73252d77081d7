//! A database of either kind: from an address to its repositories.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use diesel::ConnectionError;
use diesel_async::pooled_connection::SetupCallback;
use fieldmark_domain::ports::{Repositories, RepositoryError};
use tokio::runtime::Handle;

use crate::migrations::{MigrateError, MigrationStatus};
use crate::signals::SharedSignals;
use crate::{postgres, sqlite};

mod cached;
mod connect_error;
pub(crate) mod file;
mod health;
pub(crate) mod in_use;
mod keeping_up;

pub use connect_error::ConnectError;
use file::DatabaseFile;
pub use health::Connections;
pub use in_use::InUse;
pub use keeping_up::{Inspection, Rewriting};

/// The address of a database, and the limits of its connections.
#[derive(Clone)]
pub struct DatabaseOptions {
    /// `sqlite:///path/file.db`, `sqlite:relative/file.db`, or `postgres://user@host/database` with
    /// the parameters of libpq that the driver supports (`sslmode`, `options`, `application_name`,
    /// `connect_timeout` …).
    pub url: String,
    /// Number of connections that are opened at once and stay open.
    pub min_connections: u32,
    /// Maximum number of open connections, at least 1.
    pub max_connections: u32,
    /// How long a call waits for a connection, or for its turn to write, before the database counts
    /// as unavailable.
    pub acquire_timeout: Duration,
    /// Free space to keep on the disk of an SQLite file, in bytes: with less, no new data is
    /// stored, so that erasing works on an almost full disk. Unless it is 0, a reserve of 4 MiB
    /// next to the file makes erasing possible on a full disk, too.
    pub min_free_bytes: u64,
}

impl fmt::Debug for DatabaseOptions {
    /// Without the address, which may contain a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("DatabaseOptions");
        fields
            .field("min_connections", &self.min_connections)
            .field("max_connections", &self.max_connections);
        fields.field("acquire_timeout", &self.acquire_timeout).finish_non_exhaustive()
    }
}

/// A reachable database. Clones share its connections.
#[derive(Clone)]
pub struct Database {
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Postgres(postgres::Store),
    Sqlite(sqlite::Store),
}

impl Database {
    /// Connects to a database. Creates the folder and the file of an SQLite database;
    /// [`Self::migrate_up`] creates the tables.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn connect(options: &DatabaseOptions) -> Result<Self, ConnectError> {
        match options.url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Self::sqlite(options).await,
            Some("postgres" | "postgresql") => Self::postgres(options).await,
            _ => {
                let reason = "it begins neither with `sqlite:` nor with `postgres:`".to_owned();
                Err(ConnectError::Address { reason })
            }
        }
    }

    /// Whether it is an SQLite file.
    const fn is_sqlite(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    async fn sqlite(options: &DatabaseOptions) -> Result<Self, ConnectError> {
        let path =
            sqlite::connection::path(&options.url).map_err(|reason| ConnectError::Address { reason })?;
        if let Some(folder) = path.parent() {
            make_private(folder, &path).map_err(|error| ConnectError::Folder {
                folder: folder.display().to_string(),
                reason: error.to_string(),
            })?;
        }
        let place = format!("database `{}`", path.display());
        let file = Arc::new(DatabaseFile::at(path, options.min_free_bytes));
        let opened = match Self::open_file(options, &file).await {
            // SQLite needs some space to open a file.
            Err(_) if file.is_disk_full() && file.spend_reserve() => Self::open_file(options, &file).await,
            opened => opened,
        };
        opened.map_err(|error| unreachable(&place, error))
    }

    async fn open_file(options: &DatabaseOptions, file: &Arc<DatabaseFile>) -> Result<Self, RepositoryError> {
        let patience = options.acquire_timeout;
        let opened = Arc::clone(file);
        let establish: SetupCallback<sqlite::Connection> = Box::new(move |_| {
            let file = Arc::clone(&opened);
            Box::pin(async move { sqlite::connection::establish(&file, patience).await })
        });
        let signals = SharedSignals::within_this_process();
        let store = sqlite::Store::new(options, establish, signals, Arc::clone(file))?;
        store.warm_up(opened_at_once(options)).await?;
        file.note_identity();
        file.make_reserve();
        Ok(Self { engine: Engine::Sqlite(store) })
    }

    async fn postgres(options: &DatabaseOptions) -> Result<Self, ConnectError> {
        let config =
            postgres::connection::parse(&options.url).map_err(|reason| ConnectError::Address { reason })?;
        let place = postgres::connection::place(&config);
        let signals = postgres::listener::start(&config);
        let home = Arc::new(config.clone());
        // The task that drives a connection runs on the runtime that opened the database, because
        // the runtime of the caller that opens the connection may end earlier or be busy.
        let runtime = Handle::current();
        let establish: SetupCallback<postgres::Connection> = Box::new(move |_| {
            let (config, runtime) = (config.clone(), runtime.clone());
            Box::pin(async move {
                let opening = runtime.spawn(async move { postgres::connection::establish(&config).await });
                opening.await.map_err(|error| ConnectionError::BadConnection(error.to_string()))?
            })
        });
        let store = postgres::Store::new(options, establish, signals, home)
            .map_err(|error| unreachable(&place, error))?;
        store.warm_up(opened_at_once(options)).await.map_err(|error| unreachable(&place, error))?;
        Ok(Self { engine: Engine::Postgres(store) })
    }

    /// The repositories on it, without a cache.
    #[must_use]
    pub fn repositories(&self) -> Repositories {
        match &self.engine {
            Engine::Postgres(store) => store.repositories(),
            Engine::Sqlite(store) => store.repositories(),
        }
    }

    fn signals(&self) -> &SharedSignals {
        match &self.engine {
            Engine::Postgres(store) => store.signals(),
            Engine::Sqlite(store) => store.signals(),
        }
    }

    /// Applies the migrations that this program needs, and returns the versions of those it
    /// applied. Several processes may call it at the same time.
    ///
    /// # Errors
    /// [`MigrateError`].
    pub async fn migrate_up(&self) -> Result<Vec<String>, MigrateError> {
        match &self.engine {
            Engine::Postgres(store) => store.migrate_up().await,
            Engine::Sqlite(store) => store.migrate_up().await,
        }
    }

    /// Reverts the last migrations, including all data in the tables they created, and returns
    /// their versions, the last one first. Refused while a service uses the database
    /// ([`Self::hold`]).
    ///
    /// # Errors
    /// [`MigrateError`].
    pub async fn migrate_down(&self, steps: u32) -> Result<Vec<String>, MigrateError> {
        match &self.engine {
            Engine::Postgres(store) => store.migrate_down(steps).await,
            Engine::Sqlite(store) => store.migrate_down(steps).await,
        }
    }

    /// The migrations that have been applied.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    pub async fn migration_status(&self) -> Result<MigrationStatus, RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.migration_status().await,
            Engine::Sqlite(store) => store.migration_status().await,
        }
    }
}

/// Creates the folder and the file of a database, if missing, with access only for their owner:
/// labels contain names and account numbers. SQLite gives the files next to it the same
/// permissions.
#[cfg(unix)]
fn make_private(folder: &Path, file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(|_| ()),
    }
}

/// Creates the folder of a database, if missing.
#[cfg(not(unix))]
fn make_private(folder: &Path, _file: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// At least one connection, so that an unreachable database is reported at once.
fn opened_at_once(options: &DatabaseOptions) -> u32 {
    options.min_connections.clamp(1, options.max_connections.max(1))
}

fn unreachable(place: &str, error: RepositoryError) -> ConnectError {
    let reason = match error {
        RepositoryError::Unavailable { reason } | RepositoryError::Failed { reason } => reason,
        other => other.to_string(),
    };
    let place = place.to_owned();
    // SQLite's messages for SQLITE_NOTADB and SQLITE_CORRUPT.
    if ["file is not a database", "database disk image is malformed"]
        .iter()
        .any(|words| reason.contains(words))
    {
        return ConnectError::Damaged { place, reason };
    }
    ConnectError::Unreachable { place, reason }
}
