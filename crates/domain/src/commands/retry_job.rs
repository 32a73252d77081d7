//! A job that came to no good end is tried again.

use std::sync::Arc;

use super::changing::TRIES;
use crate::job::{Job, JobId, JobStatus};
use crate::ports::{Clock, DocumentRepository, JobChange, JobRepository, RepositoryError};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lets a job that failed, is dead or was cancelled wait again as if it were new.
#[derive(Clone)]
pub struct RetryJob {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
    /// Where their documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl RetryJob {
    /// Queues the job again and answers with it as it is then.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`] when the job or its document is gone,
    /// [`UseCaseError::WrongJobStatus`] for a job that waits, runs or succeeded,
    /// [`UseCaseError::WrongDocumentStatus`] while another job waits for the document or reads it,
    /// [`UseCaseError::Contended`] when others change it all the time,
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: JobId) -> Result<Job, UseCaseError> {
        for _ in 0..TRIES {
            let job = self.jobs.find(scope, id).await?.ok_or(UseCaseError::JOB_NOT_FOUND)?;
            if !matches!(job.status, JobStatus::Failed | JobStatus::Dead | JobStatus::Cancelled) {
                return Err(UseCaseError::WrongJobStatus { status: job.status, change: "tried again" });
            }
            let found = self.documents.find(scope, job.document).await?;
            let mut document = found.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
            let now = self.clock.now();
            document.queue(now)?;
            let change = JobChange { job: id, document: Some(document), now };
            match self.jobs.retry(scope, &change).await {
                Ok(kept) => return kept.ok_or(UseCaseError::JOB_NOT_FOUND),
                Err(RepositoryError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(UseCaseError::Contended)
    }
}
