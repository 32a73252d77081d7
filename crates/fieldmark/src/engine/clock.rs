//! The machine's clock behind the domain's port.

use std::time::{Duration, Instant};

use fieldmark_domain::ports::{Clock, to_the_microsecond};

/// The machine's clock.
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time begins now.
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the machine is asked")]
    fn now(&self) -> jiff::Timestamp {
        to_the_microsecond(jiff::Timestamp::now())
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
