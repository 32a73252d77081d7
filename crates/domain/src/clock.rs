//! The machine's clock behind the port [`Clock`]: the one place of all crates where the machine is asked.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::ports::{Clock, to_the_microsecond};

/// The machine's clock. Its monotonic time begins when it is made.
///
/// ```
/// use fieldmark_domain::clock::SystemClock;
/// use fieldmark_domain::ports::Clock;
///
/// let clock = SystemClock::new();
/// assert_eq!(clock.now().subsec_nanosecond() % 1000, 0);
/// let before = clock.monotonic();
/// assert!(clock.monotonic() >= before);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time begins now.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the machine is asked")]
    fn now(&self) -> Timestamp {
        to_the_microsecond(Timestamp::now())
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_one_that_databases_keep() {
        let clock = SystemClock::new();
        for _ in 0..20 {
            assert_eq!(clock.now().subsec_nanosecond() % 1000, 0);
        }
    }
}
