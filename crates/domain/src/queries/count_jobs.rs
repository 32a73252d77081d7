//! How many jobs there are, for the operator.

use std::sync::Arc;

use crate::job::{JobCounts, JobQuery, JobStatus};
use crate::listing::Window;
use crate::ports::JobRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Counts the jobs of all owners.
#[derive(Clone)]
pub struct CountJobs {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
}

impl CountJobs {
    /// How many have each status. Nothing of any one job is told.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self) -> Result<JobCounts, UseCaseError> {
        Ok(self.jobs.counts(&Scope::system()).await?)
    }

    /// Whether a job of any owner waits or runs, which is found without counting.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn is_any_open(&self) -> Result<bool, UseCaseError> {
        let statuses = JobStatus::ALL.into_iter().filter(|status| !status.is_over()).collect();
        let query = JobQuery {
            statuses,
            window: Window { limit: 1, offset: 0 },
            without_total: true,
            ..JobQuery::default()
        };
        Ok(!self.jobs.list(&Scope::system(), &query).await?.items.is_empty())
    }
}
