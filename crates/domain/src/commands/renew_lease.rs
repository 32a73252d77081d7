//! A worker says that it is still at a job.

use std::sync::Arc;

use crate::job::{JobLimits, Lease};
use crate::ports::{Clock, JobQueue, RepositoryError};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lets a worker's lease hold longer, and notes how far the job has come.
#[derive(Clone)]
pub struct RenewLease {
    /// Where the job is kept.
    pub queue: Arc<dyn JobQueue>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// How long a lease holds.
    pub limits: JobLimits,
}

/// What a worker learns when it renews its lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaseState {
    /// The job is its own.
    Held,
    /// The job is its own, and somebody wants it to end.
    CancelRequested,
    /// The job is another's, or over. What is done from now on is for nothing.
    Lost,
}

impl RenewLease {
    /// Renews the lease. `progress` is how much of the job is done, 0..1.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`]; the lease may hold nonetheless until it runs out.
    pub async fn execute(&self, lease: &Lease, progress: f32) -> Result<LeaseState, UseCaseError> {
        let until = self.limits.lease_until(self.clock.now());
        match self.queue.renew(&Scope::system(), lease, until, progress).await {
            Ok(true) => Ok(LeaseState::CancelRequested),
            Ok(false) => Ok(LeaseState::Held),
            Err(RepositoryError::LeaseLost) => Ok(LeaseState::Lost),
            Err(error) => Err(error.into()),
        }
    }
}
