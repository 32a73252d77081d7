//! How the command ends, for scripts.

use std::process::ExitCode;

/// The exit status. Its numbers are a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Everything was read; of what `doctor` looks at, everything needed works.
    AllRead,
    /// Some files could not be read, or `doctor` misses something; each says why in its place.
    SomeFailed,
    /// Nothing was begun: wrong options or settings, nothing to read, a model that does not load.
    Usage,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::AllRead => Self::SUCCESS,
            ExitStatus::SomeFailed => Self::from(1),
            ExitStatus::Usage => Self::from(2),
        }
    }
}
