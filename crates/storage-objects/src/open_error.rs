//! Why a storage cannot be opened.

use std::io;
use std::path::PathBuf;

/// An invalid setting, or an unusable place. Messages contain no secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The address is invalid.
    #[error(
        "the address of the storage is wrong: {reason}; write file:///folder, file:folder or s3://bucket/prefix"
    )]
    Url {
        /// What is wrong, with the address itself if it cannot contain a secret.
        reason: String,
    },
    /// The settings for S3 are inconsistent.
    #[error("the settings for S3 are wrong: {reason}")]
    Settings {
        /// Which settings, and why.
        reason: String,
    },
    /// The folder cannot be created or used.
    #[error("the folder {} cannot be used", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
}

impl OpenError {
    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Url { .. } => "storage_url_invalid",
            Self::Settings { .. } => "storage_settings_invalid",
            Self::Folder { .. } => "storage_folder_unusable",
        }
    }
}
