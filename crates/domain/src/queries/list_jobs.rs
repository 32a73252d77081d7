//! Jobs that fit some conditions.

use std::sync::Arc;

use super::window;
use crate::job::{Job, JobQuery};
use crate::listing::Listing;
use crate::ports::JobRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lists jobs.
#[derive(Clone)]
pub struct ListJobs {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
}

impl ListJobs {
    /// The jobs that fit, the newest first.
    ///
    /// # Errors
    /// [`UseCaseError::Invalid`] for `limit` (1 to 100), [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, query: &JobQuery) -> Result<Listing<Job>, UseCaseError> {
        window::check(query.window)?;
        Ok(self.jobs.list(scope, query).await?)
    }
}
