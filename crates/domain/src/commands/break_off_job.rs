//! A job took too long.

use super::settle_job::{JobOutcome, SettleJob, retried_or_dead};
use crate::document::Failure;
use crate::identity::chance;
use crate::job::{ClaimedJob, JobLimits, RetryPolicy, after};
use crate::use_case_error::UseCaseError;

/// Ends a worker's hold of a job that went over the hard limit: it is tried again later, or dead.
#[derive(Clone)]
pub struct BreakOffJob {
    /// Ends the hold.
    pub settle: SettleJob,
    /// When it is tried again.
    pub retry: RetryPolicy,
    /// How long a job may take.
    pub limits: JobLimits,
}

impl BreakOffJob {
    /// Ends the hold with the code `time_limit`.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`]; the lease runs out then, and the job is recovered as a lost
    /// one. [`UseCaseError::Contended`] when others change the document all the time.
    pub async fn execute(&self, claimed: &ClaimedJob) -> Result<JobOutcome, UseCaseError> {
        let message = format!("reading took longer than {} s", self.limits.hard.as_secs_f32());
        let failure = Failure { code: "time_limit".to_owned(), message };
        let now = self.settle.clock.now();
        let run_at = after(now, self.retry.wait_after(claimed.job.attempts, chance(now)));
        self.settle.execute(claimed, retried_or_dead(claimed, failure, run_at)).await
    }
}
