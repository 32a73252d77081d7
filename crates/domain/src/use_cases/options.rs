//! What use cases need of a service's settings.

use std::time::Duration;

use crate::commands::Retention;
use crate::job::{JobLimits, RetryPolicy, Urgency};
use crate::reading::ReadingOptions;

/// What use cases do the same for every request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UseCaseOptions {
    /// The largest file that is received, in bytes.
    pub max_file_bytes: u64,
    /// How sure a reading and every decision after it must be. Candidates are kept whatever it
    /// says.
    pub reading: ReadingOptions,
    /// Whether e-invoices in the files of jobs are read.
    pub electronic_invoices: bool,
    /// How often a job may be begun before it is dead; 0 counts as 1.
    pub max_attempts: u32,
    /// How long a lease holds, and how long a job may take.
    pub limits: JobLimits,
    /// When a failed attempt is tried again.
    pub retry: RetryPolicy,
    /// How long things are kept that nobody sees any more.
    pub retention: Retention,
    /// How many bytes of stored files are verified a second by all programs on one database
    /// together; 0 verifies none.
    pub verify_rate: u64,
}

impl Default for UseCaseOptions {
    /// Files of up to 25 MiB, e-invoices read, leases of 30 seconds, jobs that end after 60 seconds
    /// and are broken off after 120, a mebibyte verified a second, and the defaults of everything
    /// else.
    fn default() -> Self {
        Self {
            max_file_bytes: 25 << 20,
            reading: ReadingOptions::default(),
            electronic_invoices: true,
            max_attempts: Urgency::default().max_attempts,
            limits: JobLimits {
                lease: Duration::from_secs(30),
                soft: Duration::from_secs(60),
                hard: Duration::from_secs(120),
            },
            retry: RetryPolicy::default(),
            retention: Retention::default(),
            verify_rate: 1 << 20,
        }
    }
}
