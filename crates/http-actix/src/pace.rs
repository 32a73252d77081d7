//! The least pace of a request's body, a bound that the service is configured with. How it is held is
//! in `incoming.rs`.

use std::time::Duration;

/// The least pace at which the body of a request must arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many bytes come within each time, unless the body ends before.
    pub bytes: u64,
    /// The time. It is the grace of a client that begins slowly, too.
    pub within: Duration,
}

impl Default for Pace {
    /// 1 KiB a second, over 10 seconds.
    fn default() -> Self {
        Self { bytes: 10 << 10, within: Duration::from_secs(10) }
    }
}
