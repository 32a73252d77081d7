//! Somebody wants a job to end.

use std::sync::Arc;

use super::changing::TRIES;
use crate::document::Document;
use crate::job::{Job, JobId, JobStatus};
use crate::ports::{Clock, DocumentRepository, JobChange, JobRepository, RepositoryError};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Cancels a job that waits, or asks one that runs to end.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Queued);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let job = NewJob::to_process(&document, Urgency::default(), samples::NOW);
/// # let job_id = job.id;
/// # let new = NewDocument { document, job: Some(job), event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// let job = use_cases.cancel_job().execute(&scope, job_id).await?;
/// assert_eq!(job.status, JobStatus::Cancelled);
///
/// let error = use_cases.cancel_job().execute(&scope, job_id).await.unwrap_err();
/// assert_eq!(error.code(), "wrong_status");
/// # Ok(())
/// # }
/// ```
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
