//! What `fieldmark extract` prints of a file, and `fieldmark eval` reads back.

use serde::Serialize;

use crate::{ErrorReport, ExtractionReport};

/// One file and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    /// The file as it was named or found.
    pub file: String,
    /// What was read, or why nothing was.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of a file.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// It was read.
    Read(Box<ExtractionReport>),
    /// It could not be read.
    Failed {
        /// Why.
        error: ErrorReport,
    },
}

impl FileReport {
    /// A file that could not be read.
    pub fn failed(file: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        let error = ErrorReport { code: code.to_owned(), message: message.into() };
        Self { file: file.into(), outcome: Outcome::Failed { error } }
    }

    /// What was read, if anything was.
    pub fn extraction(&self) -> Option<&ExtractionReport> {
        match &self.outcome {
            Outcome::Read(extraction) => Some(extraction),
            Outcome::Failed { .. } => None,
        }
    }

    /// Why the file could not be read, if it could not.
    pub fn error(&self) -> Option<&ErrorReport> {
        match &self.outcome {
            Outcome::Read(_) => None,
            Outcome::Failed { error } => Some(error),
        }
    }
}
