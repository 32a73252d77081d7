//! That a service or a worker is at work on the database: its tables are not taken away meanwhile.
//!
//! The hold is a lock on a file, or of a session on the server: it ends with its process, however
//! that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use tokio::task::AbortHandle;

use super::{ConnectError, Database, DatabaseFile, Engine};
use crate::migrations::MigrateError;
use crate::postgres;

/// What follows the name of an SQLite file in the name of the file that is locked.
const SUFFIX: &str = "-in-use";

/// A hold on a database; dropped, it ends.
#[must_use]
pub struct InUse(Hold);

enum Hold {
    /// Locked until it is closed.
    File { _locked: File },
    /// Keeps a session with a lock.
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
    /// Says that a service works on the database, until the answer is dropped. Any number of
    /// services may. It waits for a [`Self::migrate_down`] that is going on.
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

/// Locks the file beside a database against everybody else, until the answer is dropped.
///
/// # Errors
/// [`MigrateError::InUse`] while a service works on the database.
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
