//! Attempts at the store, counted by how they end.

use fieldmark_domain::ports::BlobError;
use metrics::counter;

/// How an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The store did as it was asked, or said that there is nothing to do it with.
    Succeeded,
    /// It did not, and may in a moment.
    Failed,
    /// It did not, and will not until somebody changes something.
    Refused,
    /// It was not asked: the circuit breaker is open.
    HeldBack,
}

impl Outcome {
    /// What a call to a folder came to.
    pub const fn of<T>(outcome: &Result<T, BlobError>) -> Self {
        match outcome {
            Ok(_) => Self::Succeeded,
            Err(BlobError::Unavailable { .. }) => Self::Failed,
            Err(_) => Self::Refused,
        }
    }

    /// Counts one more in `fieldmark_storage_attempts_total`.
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
