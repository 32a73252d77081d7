//! Settings of jobs: how many at once, how long, how often.

use std::time::Duration;

use fieldmark_domain::job::{JobLimits, RetryPolicy, Urgency};

use super::bound::Bound;
use super::described::settings;
use super::{Unacceptable, duration};

settings! {
    /// How jobs are done.
    pub struct JobSettings in "jobs" {
        /// Documents that a process extracts at once.
        #[within(Bound::Between(1.0, 256.0))]
        #[otherwise = "one for each processor core"]
        pub workers: Option<usize>,
        /// The time without a sign of life after which a worker's job goes to another worker.
        #[within(Bound::AtLeastSeconds(1))]
        #[serde(with = "duration")]
        pub lease: Duration,
        /// Attempts before a job is given up.
        #[within(Bound::AboveZero)]
        pub max_attempts: u32,
        /// The time after which a job ends with what it has.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub soft_limit: Duration,
        /// The time after which an attempt is aborted, and tried again; not below
        /// `jobs.soft_limit`.
        #[serde(with = "duration")]
        pub hard_limit: Duration,
        /// The longest wait before the second attempt; it doubles with each further one.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub retry_first: Duration,
        /// The longest wait before any attempt; not below `jobs.retry_first`.
        #[serde(with = "duration")]
        pub retry_cap: Duration,
        /// How long deleted documents can be restored, and published events are kept.
        #[serde(with = "duration")]
        pub retention: Duration,
    }
}

impl Default for JobSettings {
    fn default() -> Self {
        let retry = RetryPolicy::default();
        Self {
            workers: None,
            lease: Duration::from_secs(30),
            max_attempts: Urgency::default().max_attempts,
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
        self.check_bounds()?;
        if self.hard_limit < self.soft_limit {
            return refused("hard_limit", "must not be below jobs.soft_limit");
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
