//! Why there is no way to a database.

/// Why there is no way to a database. Nothing of the address but the place is repeated: passwords stay unsaid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The address cannot be understood.
    #[error("the database's address is not usable: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The folder of the database's file cannot be made.
    #[error("the folder `{folder}` for the database cannot be made: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        reason: String,
    },
    /// What is there is no database any more.
    #[error("the {place} is damaged: {reason}; put a backup in its place, or move it away and begin anew")]
    Damaged {
        /// The file.
        place: String,
        /// What was found.
        reason: String,
    },
    /// Nothing usable answers there.
    #[error("the {place} cannot be reached: {reason}")]
    Unreachable {
        /// Server and database, or the file.
        place: String,
        /// What happened.
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
