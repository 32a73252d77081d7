//! A job ends because somebody wanted it to.

use std::sync::Arc;

use super::settling::{JobOutcome, Settling};
use crate::job::{ClaimedJob, JobEnd};
use crate::ports::{Clock, DocumentRepository, JobQueue};
use crate::use_case_error::UseCaseError;

/// Ends a job that a worker has and somebody cancelled.
#[derive(Clone)]
pub struct EndCancelledJob {
    /// Where the job is kept.
    pub jobs: Arc<dyn JobQueue>,
    /// Where its document is kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl EndCancelledJob {
    /// Ends the job; its document is what it was before.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`]; the lease runs out then, and the job is recovered as a lost
    /// one. [`UseCaseError::Contended`] when others change the document all the time.
    pub async fn execute(&self, claimed: &ClaimedJob) -> Result<JobOutcome, UseCaseError> {
        let settling = Settling { jobs: &*self.jobs, documents: &*self.documents, clock: &*self.clock };
        settling.settle(claimed, JobEnd::Cancelled).await
    }
}
