//! Counts attempts to use the storage, by outcome.

use fieldmark_domain::ports::BlobError;
use metrics::counter;

/// The outcome of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded, or the object does not exist.
    Succeeded,
    /// It failed with a transient fault.
    Failed,
    /// It failed, and will fail until the cause is fixed.
    Refused,
    /// It was not made: the circuit breaker is open.
    HeldBack,
}

impl Outcome {
    /// The outcome of a call to a folder.
    pub const fn of<T>(outcome: &Result<T, BlobError>) -> Self {
        match outcome {
            Ok(_) => Self::Succeeded,
            Err(BlobError::Unavailable { .. }) => Self::Failed,
            Err(_) => Self::Refused,
        }
    }

    /// Adds one to `fieldmark_storage_attempts_total`.
    pub fn count(self) {
        counter!("fieldmark_storage_attempts_total", "outcome" => self.name()).increment(1);
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::HeldBack => "held_back",
        }
    }
}
