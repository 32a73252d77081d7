//! Why an evaluation was not made.

use std::io;
use std::path::PathBuf;

/// Why an evaluation was not made. Each message names the file.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// A file of rows cannot be opened.
    #[error("cannot open the {content} {}", path.display())]
    Open {
        /// What the file should hold, for instance `truth`.
        content: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A line of a file cannot be read.
    #[error("line {line} of {}", path.display())]
    Line {
        /// Counted from 1.
        line: usize,
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A line of a file is not an object of the expected shape.
    #[error("line {line} of {}", path.display())]
    Row {
        /// Counted from 1.
        line: usize,
        /// The file.
        path: PathBuf,
        /// What is wrong with the line.
        source: serde_json::Error,
    },
    /// The folder of the report cannot be made.
    #[error("cannot make {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file of the report cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}
