//! What a database needs from time to time beside what is asked of it, and its own check.

use fieldmark_domain::ports::RepositoryError;

use super::{Database, Engine};

/// What a check of everything that is kept found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inspection {
    /// No fault.
    Sound,
    /// No fault, in a file that an older version made: erased rows may have left copies in it.
    Outdated,
    /// Something is not as it should be.
    Damaged {
        /// The first fault, in the database's own words.
        what: String,
    },
    /// The file was not read as a whole.
    TooLarge {
        /// Its size.
        bytes: i64,
    },
}

/// What became of a file that may hold copies of erased rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewriting {
    /// Nothing was erased since it was rewritten last, or there is no file of ours.
    NotNeeded,
    /// It was rewritten.
    Done,
    /// It is larger than what was allowed, and stays as it is.
    TooLarge {
        /// Its size.
        bytes: i64,
    },
}

impl Database {
    /// Does what is to be done from time to time: gives free pages of an SQLite file back to the
    /// disk, some at a time, empties its log, and rewrites a file of up to 64 MiB after erasures.
    /// PostgreSQL needs nothing. Answers what became of the file.
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

    /// Rewrites an SQLite file, however large, if something was erased since that was done last:
    /// SQLite overwrites the rows that go and may leave copies that it made when it moved them.
    /// Nobody else writes meanwhile, and the disk must have room for two more of the file.
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

    /// Rewrites an SQLite file that was made by a version which did not overwrite what it deleted.
    /// Answers whether it was one.
    ///
    /// # Errors
    /// As [`Self::forget_erased`].
    pub async fn modernise(&self) -> Result<bool, RepositoryError> {
        match &self.engine {
            Engine::Postgres(store) => store.modernise().await,
            Engine::Sqlite(store) => store.modernise().await,
        }
    }

    /// The database's own check of what it keeps: of a whole SQLite file up to 2 GiB, which takes
    /// some seconds; on PostgreSQL a row of each table.
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
