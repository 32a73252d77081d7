//! One job, when it is over.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crate::job::{Job, JobId};
use crate::ports::{Clock, JobRepository};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How long nobody looks: the end that another process brings may go unheard.
const LONGEST_WITHOUT_LOOKING: Duration = Duration::from_secs(1);

/// Waits for a job's end.
#[derive(Clone)]
pub struct WaitForJob {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
    /// Tells how long it has been.
    pub clock: Arc<dyn Clock>,
}

impl WaitForJob {
    /// The job as soon as it is over, or as it is after `longest`; with no time at all, as it is now.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], also when the job goes with its document meanwhile; [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: JobId, longest: Duration) -> Result<Job, UseCaseError> {
        let begun = self.clock.monotonic();
        loop {
            let left = longest.saturating_sub(self.clock.monotonic().saturating_sub(begun));
            let wait = left.min(LONGEST_WITHOUT_LOOKING);
            let mut end = self.jobs.wait_for_end(scope, id, wait);
            // The wait begins before the look, so that no end falls between them.
            let is_early = poll_fn(|context| Poll::Ready(end.as_mut().poll(context).is_ready())).await;
            let job = self.jobs.find(scope, id).await?.ok_or(UseCaseError::JOB_NOT_FOUND)?;
            if job.status.is_over() || left.is_zero() {
                return Ok(job);
            }
            if !is_early {
                end.await;
            }
        }
    }
}
