//! A worker takes the next job.

use std::sync::Arc;
use std::time::Duration;

use crate::identity::new_id;
use crate::job::{ClaimedJob, JobLimits, JobQuery, JobStatus};
use crate::listing::Window;
use crate::ports::{Claim, Clock, JobQueue};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Gives a worker the next job of any owner.
#[derive(Clone)]
pub struct ClaimJob {
    /// Where jobs wait.
    pub jobs: Arc<dyn JobQueue>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// How long a lease holds.
    pub limits: JobLimits,
}

impl ClaimJob {
    /// The next job under a new lease; `None` when none waits. `worker` is the worker's name, for people.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self, worker: &str) -> Result<Option<ClaimedJob>, UseCaseError> {
        let now = self.clock.now();
        let until = self.limits.lease_until(now);
        let claim = Claim { worker: worker.to_owned(), token: new_id(now), now, until };
        Ok(self.jobs.claim(&Scope::system(), &claim).await?)
    }

    /// Whether a job of any owner waits or runs.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn is_any_open(&self) -> Result<bool, UseCaseError> {
        let statuses = JobStatus::ALL.into_iter().filter(|status| !status.is_over()).collect();
        let query = JobQuery { statuses, window: Window { limit: 1, offset: 0 }, ..JobQuery::default() };
        Ok(self.jobs.list(&Scope::system(), &query).await?.total > 0)
    }

    /// Waits until there may be a job, `longest` at most.
    pub async fn wait(&self, longest: Duration) {
        self.jobs.wait(&Scope::system(), longest).await;
    }
}
