//! A worker takes the next job.

use std::sync::Arc;
use std::time::Duration;

use crate::identity::new_id;
use crate::job::{ClaimedJob, JobLimits};
use crate::ports::{Claim, Clock, JobQueue};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Gives a worker the next job of any owner.
#[derive(Clone)]
pub struct ClaimJob {
    /// Where jobs wait.
    pub queue: Arc<dyn JobQueue>,
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
        Ok(self.queue.claim(&Scope::system(), &claim).await?)
    }

    /// Waits until there may be a job, `longest` at most.
    pub async fn wait(&self, longest: Duration) {
        self.queue.wait(&Scope::system(), longest).await;
    }
}
