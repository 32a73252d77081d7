//! A clock that stands still until its owner moves it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fieldmark_domain::ports::{Clock, to_the_microsecond};
use jiff::Timestamp;

/// A clock for tests: leases run out and retries come due when the test says so, and nobody sleeps.
///
/// ```
/// use std::time::Duration;
/// use fieldmark_domain::ports::Clock;
/// use fieldmark_persistence_memory::ManualClock;
///
/// let clock = ManualClock::at("2026-03-01T10:00:00Z".parse()?);
/// clock.advance(Duration::from_secs(90));
/// assert_eq!(clock.now().to_string(), "2026-03-01T10:01:30Z");
/// assert_eq!(clock.monotonic(), Duration::from_secs(90));
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Debug)]
pub struct ManualClock {
    /// The moment, and how far it was moved.
    state: Mutex<(Timestamp, Duration)>,
}

impl ManualClock {
    /// A clock that shows a moment.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self { state: Mutex::new((now, Duration::ZERO)) }
    }

    /// Moves the clock on, to the last moment that there is at most.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.0 = state.0.checked_add(by).unwrap_or(Timestamp::MAX);
        state.1 = state.1.saturating_add(by);
    }

    fn state(&self) -> MutexGuard<'_, (Timestamp, Duration)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        to_the_microsecond(self.state().0)
    }

    fn monotonic(&self) -> Duration {
        self.state().1
    }
}
