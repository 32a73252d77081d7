//! Settings of jobs: how many at once, how long, how often.

use std::time::Duration;

use fieldmark_domain::job::{JobLimits, RetryPolicy};
use serde::{Deserialize, Serialize};

use super::{Unacceptable, duration};

/// How jobs are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JobSettings {
    /// How many documents a process reads at once; when not given, one for each processor core.
    pub workers: Option<usize>,
    /// How long a job is a worker's own without a sign of life; then it is another's.
    #[serde(with = "duration")]
    pub lease: Duration,
    /// How often a job is begun before it is given up.
    pub max_attempts: u32,
    /// After so long a job comes to its end with what it has.
    #[serde(with = "duration")]
    pub soft_limit: Duration,
    /// After so long a job is broken off, and tried again.
    #[serde(with = "duration")]
    pub hard_limit: Duration,
    /// The longest wait before the second attempt; it doubles with each further one.
    #[serde(with = "duration")]
    pub retry_first: Duration,
    /// The longest wait before any attempt.
    #[serde(with = "duration")]
    pub retry_cap: Duration,
    /// How long deleted documents can be restored, and published events are kept.
    #[serde(with = "duration")]
    pub retention: Duration,
}

impl Default for JobSettings {
    fn default() -> Self {
        let retry = RetryPolicy::default();
        Self {
            workers: None,
            lease: Duration::from_secs(30),
            max_attempts: 20,
            soft_limit: Duration::from_secs(60),
            hard_limit: Duration::from_secs(120),
            retry_first: retry.first,
            retry_cap: retry.cap,
            retention: Duration::from_secs(30 * 24 * 60 * 60),
        }
    }
}

impl JobSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        let refused = |key: &str, reason: &str| Err(Unacceptable::new(format!("jobs.{key}"), reason));
        if self.workers.is_some_and(|workers| !(1..=256).contains(&workers)) {
            return refused("workers", "must be 1 to 256");
        }
        if self.lease < Duration::from_secs(1) {
            return refused("lease", "must be at least 1s");
        }
        if self.max_attempts == 0 {
            return refused("max_attempts", "must be above 0");
        }
        if self.soft_limit.is_zero() {
            return refused("soft_limit", "must be above 0");
        }
        if self.hard_limit < self.soft_limit {
            return refused("hard_limit", "must not be below jobs.soft_limit");
        }
        if self.retry_first.is_zero() {
            return refused("retry_first", "must be above 0");
        }
        if self.retry_cap < self.retry_first {
            return refused("retry_cap", "must not be below jobs.retry_first");
        }
        Ok(())
    }

    /// Lease and time limits.
    pub const fn limits(&self) -> JobLimits {
        JobLimits { lease: self.lease, soft: self.soft_limit, hard: self.hard_limit }
    }

    /// When a failed attempt is tried again.
    pub const fn retry(&self) -> RetryPolicy {
        RetryPolicy { first: self.retry_first, cap: self.retry_cap }
    }
}
