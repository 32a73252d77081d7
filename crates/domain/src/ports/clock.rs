//! The time, as a port, so that tests decide what it is.

use std::time::Duration;

use jiff::Timestamp;

/// A moment without what is finer than a microsecond.
///
/// ```
/// # use fieldmark_domain::ports::to_the_microsecond;
/// let moment = "2026-11-21T14:03:29.123456789Z".parse()?;
/// assert_eq!(to_the_microsecond(moment).to_string(), "2026-11-21T14:03:29.123456Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn to_the_microsecond(moment: Timestamp) -> Timestamp {
    // Each moment that there is has its microseconds.
    Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment)
}

/// Tells the time.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
pub trait Clock: Send + Sync {
    /// The moment in UTC, to the microsecond ([`to_the_microsecond`]): databases keep no more of
    /// it, and what was answered when something was made must be what is answered later.
    fn now(&self) -> Timestamp;

    /// Time since a fixed moment of this process; never goes backwards. For measuring durations.
    fn monotonic(&self) -> Duration;
}
