//! A lock that shows that a service or a worker uses the database, so that its tables are not
//! removed meanwhile.
//!
//! The lock is a lock on a file, or of a session on the server: it ends with its process, however
//! that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use tokio::task::AbortHandle;

use super::file::DatabaseFile;
use super::{ConnectError, Database, Engine};
use crate::migrations::MigrateError;
use crate::postgres;

/// The suffix of the locked file's name, after the name of the SQLite file.
const SUFFIX: &str = "-in-use";

/// A lock on a database; dropping it releases the lock.
#[must_use]
pub struct InUse(Hold);

enum Hold {
    /// Locked until the file is closed.
    File { _locked: File },
    /// The task that keeps a session with the lock.
    Session { keeper: AbortHandle },
}

impl Drop for InUse {
    fn drop(&mut self) {
        if let Hold::Session { keeper } = &self.0 {
            keeper.abort();
        }
    }
}

impl Database {
    /// Marks the database as used by a service until the result is dropped. Any number of services
    /// may do so. Waits for a [`Self::migrate_down`] in progress.
    ///
    /// # Errors
    /// [`ConnectError::Unreachable`], [`ConnectError::Folder`].
    pub async fn hold(&self) -> Result<InUse, ConnectError> {
        Ok(InUse(match &self.engine {
            Engine::Postgres(store) => {
                Hold::Session { keeper: postgres::in_use::hold(store.home().clone()).await? }
            }
            Engine::Sqlite(store) => {
                let path = store.home().beside(SUFFIX);
                let locking = tokio::task::spawn_blocking(move || share(&path)).await;
                let locked = locking.map_err(io::Error::other).and_then(|locked| locked);
                Hold::File { _locked: locked.map_err(|error| unusable(store.home(), &error))? }
            }
        }))
    }
}

/// Locks the file next to a database exclusively, until the result is dropped.
///
/// # Errors
/// [`MigrateError::InUse`] while a service uses the database.
pub(crate) fn alone(database: &DatabaseFile) -> Result<File, MigrateError> {
    let file = opened(&database.beside(SUFFIX)).map_err(|error| MigrateError::failed(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(MigrateError::InUse),
        Err(TryLockError::Error(error)) => Err(MigrateError::failed(&error)),
    }
}

fn share(path: &Path) -> io::Result<File> {
    let file = opened(path)?;
    file.lock_shared()?;
    Ok(file)
}

fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn unusable(database: &DatabaseFile, error: &io::Error) -> ConnectError {
    let folder = database.path().parent().unwrap_or_else(|| Path::new("/"));
    ConnectError::Folder { folder: folder.display().to_string(), reason: error.to_string() }
}
