//! The time, as a port, so that tests decide what it is.

use std::time::Duration;

/// Tells the time.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
pub trait Clock: Send + Sync {
    /// The moment in UTC.
    fn now(&self) -> jiff::Timestamp;

    /// Time since a fixed moment of this process; never goes backwards. For measuring durations.
    fn monotonic(&self) -> Duration;
}
