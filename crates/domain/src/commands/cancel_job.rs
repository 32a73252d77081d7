//! Somebody wants a job to end.

use std::sync::Arc;

use super::changing::TRIES;
use crate::document::Document;
use crate::job::{Job, JobId, JobStatus};
use crate::ports::{Clock, DocumentRepository, JobChange, JobRepository, RepositoryError};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Cancels a job that waits, or asks one that runs to end.
#[derive(Clone)]
pub struct CancelJob {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
    /// Where their documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl CancelJob {
    /// Cancels the job and answers with it as it is then: cancelled, or running and asked to end.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::WrongJobStatus`] for a job that is over,
    /// [`UseCaseError::Contended`] when others change its document all the time,
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: JobId) -> Result<Job, UseCaseError> {
        for _ in 0..TRIES {
            let job = self.jobs.find(scope, id).await?.ok_or(UseCaseError::JOB_NOT_FOUND)?;
            may_be_cancelled(&job)?;
            let found = self.documents.find(scope, job.document).await?;
            let now = self.clock.now();
            let document = found.and_then(|mut document: Document| {
                document.withdraw(now).ok()?;
                Some(document)
            });
            match self.jobs.cancel(scope, &JobChange { job: id, document, now }).await {
                Ok(kept) => {
                    let kept = kept.ok_or(UseCaseError::JOB_NOT_FOUND)?;
                    // It may have come to its end meanwhile.
                    if kept.status != JobStatus::Cancelled {
                        may_be_cancelled(&kept)?;
                    }
                    return Ok(kept);
                }
                Err(RepositoryError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(UseCaseError::Contended)
    }
}

const fn may_be_cancelled(job: &Job) -> Result<(), UseCaseError> {
    if job.status.is_over() {
        return Err(UseCaseError::WrongJobStatus { status: job.status, change: "cancelled" });
    }
    Ok(())
}
