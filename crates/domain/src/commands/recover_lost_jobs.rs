//! Jobs whose workers are dead or cut off wait again.

use jiff::Timestamp;

use super::settle_job::{JobOutcome, SettleJob, retried_or_dead};
use crate::document::Failure;
use crate::job::{ClaimedJob, JobEnd};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How many jobs are recovered at once.
const BATCH: u32 = 100;

/// Takes jobs from workers that have not renewed their leases.
#[derive(Clone)]
pub struct RecoverLostJobs {
    /// Ends the holds of dead workers.
    pub settle: SettleJob,
}

impl RecoverLostJobs {
    /// Recovers up to 100 jobs and answers how many: they may be begun at once, or are dead with the code
    /// `worker_lost` when their attempts are used up, or cancelled when somebody wanted that.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`]; those that were recovered before stay so.
    pub async fn execute(&self) -> Result<u64, UseCaseError> {
        let now = self.settle.clock.now();
        let lost = self.settle.queue.lost(&Scope::system(), now, BATCH).await?;
        let mut recovered = 0;
        for claimed in &lost {
            match self.settle.execute(claimed, end_of_lost(claimed, now)).await {
                Ok(JobOutcome::Ended(end)) => {
                    tracing::info!(job = %claimed.job.id, end = %end.status(), "recovered a lost job");
                    recovered += 1;
                }
                // Another process recovered it, or its worker came back in time.
                Ok(_) => {}
                // Its document is being changed: the next call finds the job again.
                Err(UseCaseError::Contended) => {}
                Err(UseCaseError::Repository(error)) if error.is_transient() => return Err(error.into()),
                // One that cannot be recovered keeps no other from it.
                Err(error) => {
                    tracing::error!(job = %claimed.job.id, %error, "a lost job cannot be recovered")
                }
            }
        }
        Ok(recovered)
    }
}

fn end_of_lost(claimed: &ClaimedJob, now: Timestamp) -> JobEnd {
    if claimed.job.cancel_requested {
        return JobEnd::Cancelled;
    }
    let worker = claimed.job.worker.as_deref().unwrap_or("unknown");
    let message = format!("the worker {worker} has not been heard of");
    let failure = Failure { code: "worker_lost".to_owned(), message };
    retried_or_dead(claimed, failure, now)
}
