//! One job.

use std::sync::Arc;

use crate::job::{Job, JobId};
use crate::ports::JobRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows a job.
#[derive(Clone)]
pub struct ShowJob {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
}

impl ShowJob {
    /// The job.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: JobId) -> Result<Job, UseCaseError> {
        self.jobs.find(scope, id).await?.ok_or(UseCaseError::JOB_NOT_FOUND)
    }
}
