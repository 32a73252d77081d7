//! The state and the errors of migrations, for both databases.

use fieldmark_domain::ports::RepositoryError;

/// The migrations of a database. Each is identified by its version, for instance `0001`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MigrationStatus {
    /// Applied migrations, the oldest first.
    pub applied: Vec<String>,
    /// Migrations that are not applied yet, the oldest first.
    pub pending: Vec<String>,
    /// Migrations that a newer program applied.
    pub unknown: Vec<String>,
}

/// Why a database was not migrated. No part of the migration was applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// A newer program has migrated the database.
    #[error("the database is newer than this program: it contains the migrations {}; run a newer program, or let the newer one migrate it down", .unknown.join(", "))]
    TooNew {
        /// The migrations that this program does not know.
        unknown: Vec<String>,
    },
    /// The tables would be removed while a service uses them.
    #[error("a service or a worker uses the database: stop `fieldmark serve` and `fieldmark worker` first")]
    InUse,
    /// The database returned an error.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl MigrateError {
    /// The system does not allow a necessary operation.
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
