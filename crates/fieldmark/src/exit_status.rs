//! How the command ends, for scripts.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit status. Its numbers are a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Everything was read; of what `doctor` looks at, everything needed works.
    AllWell,
    /// Some files could not be read, the results could not be written, or `doctor` misses something; each says why
    /// in its place.
    SomeFailed,
    /// Nothing was begun: wrong options or settings, nothing to read, a model that does not load.
    Usage,
}

impl ExitStatus {
    /// The status of a run that ended with this error.
    pub fn of(error: &anyhow::Error) -> Self {
        if error.is::<Unwritten>() { Self::SomeFailed } else { Self::Usage }
    }
}

/// What an error bears as its context when results were there and their target did not take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwritten;

impl fmt::Display for Unwritten {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the results cannot be written")
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::AllWell => Self::SUCCESS,
            ExitStatus::SomeFailed => Self::from(1),
            ExitStatus::Usage => Self::from(2),
        }
    }
}

/// Whether an error says that the reader of a pipe has had enough (`| head`): there is nothing more
/// to do, and nothing to say.
pub fn nobody_reads_on(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
