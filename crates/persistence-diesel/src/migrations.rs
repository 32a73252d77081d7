//! What there is to say about migrations, whichever database they change.

use fieldmark_domain::ports::RepositoryError;

/// Which migrations a database has seen. Each is named by its version, for instance `0001`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MigrationStatus {
    /// Those that have been run, the oldest first.
    pub applied: Vec<String>,
    /// Those that are still to be run, the oldest first.
    pub pending: Vec<String>,
    /// Those that have been run by a newer program.
    pub unknown: Vec<String>,
}

/// Why a database was not migrated. Nothing of it has happened then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// A newer program has changed its tables.
    #[error("the database is newer than this program: it has seen {}; run a newer program, or let the newer one migrate it down", .unknown.join(", "))]
    TooNew {
        /// The migrations that this program does not have.
        unknown: Vec<String>,
    },
    /// Its tables would go while somebody works with them.
    #[error(
        "a service or a worker is at work on the database: stop `fieldmark serve` and `fieldmark worker` first"
    )]
    InUse,
    /// The database could not do it.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl MigrateError {
    /// The system does not allow what is needed.
    pub(crate) fn failed(error: &std::io::Error) -> Self {
        Self::Repository(RepositoryError::Failed { reason: error.to_string() })
    }

    /// The stable code of this error: `database_too_new`, `database_in_use`, or that of a
    /// [`RepositoryError`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooNew { .. } => "database_too_new",
            Self::InUse => "database_in_use",
            Self::Repository(error) => error.code(),
        }
    }
}
