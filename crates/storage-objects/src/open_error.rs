//! Why storage was not opened.

use std::io;
use std::path::PathBuf;

/// What is wrong with a setting or with the place that it names. Prints no secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The address names no place.
    #[error(
        "the address of the storage is wrong: {reason}; write file:///folder, file:folder or s3://bucket/prefix"
    )]
    Url {
        /// What is wrong with it, and the address itself where it cannot hold a secret.
        reason: String,
    },
    /// The settings for S3 do not fit together.
    #[error("the settings for S3 are wrong: {reason}")]
    Settings {
        /// Which, and why.
        reason: String,
    },
    /// The folder is not there and cannot be made, or cannot be used.
    #[error("the folder {} cannot be used", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
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
