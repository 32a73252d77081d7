//! The periodic maintenance of a database, and its integrity check.

use fieldmark_domain::ports::RepositoryError;

use super::{Database, Engine};

/// The result of an integrity check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inspection {
    /// No fault.
    Sound,
    /// No fault, in a file from an older version: erased rows may have left copies in it.
    Outdated,
    /// A fault.
    Damaged {
        /// The first fault, in the database's own words.
        what: String,
    },
    /// The file was too large to be checked as a whole.
    TooLarge {
        /// Its size in bytes.
        bytes: i64,
    },
}

/// The result of rewriting a file that may contain copies of erased rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewriting {
    /// Nothing was erased since the last rewriting, or the database has no file of ours.
    NotNeeded,
    /// It was rewritten.
    Done,
    /// It is larger than the limit and was not changed.
    TooLarge {
        /// Its size in bytes.
        bytes: i64,
    },
}

impl Database {
    /// Does the periodic maintenance: returns some free pages of an SQLite file to the disk,
    /// empties its log, and rewrites a file of up to 64 MiB after erasures. PostgreSQL needs none.
    /// Returns the result of the rewriting.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    pub async fn keep_up(&self) -> Result<Rewriting, RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.keep_up().await,
            Engine::Sqlite(store) => store.keep_up().await,
        }
    }

    /// Rewrites an SQLite file of any size, if something was erased since the last rewriting:
    /// SQLite overwrites deleted rows, but may leave copies from moving them between pages. Writing
    /// is blocked meanwhile, and the disk needs space for two more copies of the file.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    pub async fn forget_erased(&self) -> Result<Rewriting, RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.forget_erased(i64::MAX).await,
            Engine::Sqlite(store) => store.forget_erased(i64::MAX).await,
        }
    }

    /// Rewrites an SQLite file from a version that did not overwrite deleted rows. Returns whether
    /// it was one.
    ///
    /// # Errors
    /// As [`Self::forget_erased`].
    pub async fn modernise(&self) -> Result<bool, RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.modernise().await,
            Engine::Sqlite(store) => store.modernise().await,
        }
    }

    /// Runs the database's own integrity check: of a whole SQLite file up to 2 GiB, which takes
    /// some seconds; on PostgreSQL it reads a row of each table.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`], also for a file that cannot
    /// be read to its end.
    pub async fn inspect(&self) -> Result<Inspection, RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.inspect().await,
            Engine::Sqlite(store) => store.inspect().await,
        }
    }
}
