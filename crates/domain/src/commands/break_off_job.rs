//! A job took too long.

use std::sync::Arc;

use super::settling::{JobOutcome, Settling, retried_or_dead};
use crate::document::Failure;
use crate::identity::chance;
use crate::job::{ClaimedJob, JobLimits, RetryPolicy, after};
use crate::ports::{Clock, DocumentRepository, JobQueue};
use crate::use_case_error::UseCaseError;

/// Ends a worker's hold of a job that went over the hard limit: it is tried again later, or dead.
#[derive(Clone)]
pub struct BreakOffJob {
    /// Where the job is kept.
    pub jobs: Arc<dyn JobQueue>,
    /// Where its document is kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
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
        let now = self.clock.now();
        let run_at = after(now, self.retry.wait_after(claimed.job.attempts, chance(now)));
        let settling = Settling { jobs: &*self.jobs, documents: &*self.documents, clock: &*self.clock };
        settling.settle(claimed, retried_or_dead(claimed, failure, run_at)).await
    }
}
