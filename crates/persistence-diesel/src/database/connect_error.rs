//! Why a database cannot be reached.

/// Why a database cannot be reached. Messages contain no part of the address except host and
/// database or the file, because the address may contain a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The address is invalid.
    #[error("the database's address is not usable: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The folder of the database's file cannot be created.
    #[error("the folder `{folder}` for the database cannot be created: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// The system's error message.
        reason: String,
    },
    /// The file is not a database any more.
    #[error(
        "the {place} is damaged: {reason}; put a backup in its place, or move it away to start with an empty database"
    )]
    Damaged {
        /// The file.
        place: String,
        /// The fault.
        reason: String,
    },
    /// No usable database answers at the address.
    #[error("the {place} cannot be reached: {reason}")]
    Unreachable {
        /// Server and database, or the file.
        place: String,
        /// The error.
        reason: String,
    },
}

impl ConnectError {
    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "database_url_invalid",
            Self::Folder { .. } => "database_folder_unusable",
            Self::Damaged { .. } => "database_damaged",
            Self::Unreachable { .. } => "database_unavailable",
        }
    }
}
