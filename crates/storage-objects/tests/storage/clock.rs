//! A clock that the tests set.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fieldmark_domain::ports::Clock;

/// Seconds since the Unix epoch, and since the start.
pub struct SetClock(AtomicU64);

impl SetClock {
    pub fn at(seconds: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(seconds)))
    }

    /// The time of new files' timestamps.
    pub fn of_files() -> Arc<Self> {
        let stamped = tempfile::tempfile().unwrap().metadata().unwrap().modified().unwrap();
        Self::at(stamped.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs())
    }

    pub fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}
