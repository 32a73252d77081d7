//! How many jobs there are, for the operator.

use std::sync::Arc;

use crate::job::JobCounts;
use crate::ports::JobQueue;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Counts the jobs of all owners.
#[derive(Clone)]
pub struct CountJobs {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobQueue>,
}

impl CountJobs {
    /// How many have each status. Nothing of any one job is told.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self) -> Result<JobCounts, UseCaseError> {
        Ok(self.jobs.counts(&Scope::system()).await?)
    }
}
