//! A job that came to no good end is tried again.

use std::sync::Arc;

use super::changing::TRIES;
use crate::job::{Job, JobId, JobStatus};
use crate::ports::{Clock, DocumentRepository, JobChange, JobRepository, RepositoryError};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lets a job that failed, is dead or was cancelled wait again as if it were new.
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
/// let error = use_cases.retry_job().execute(&scope, job_id).await.unwrap_err();
/// assert_eq!(error.code(), "wrong_status");
///
/// use_cases.cancel_job().execute(&scope, job_id).await?;
/// let job = use_cases.retry_job().execute(&scope, job_id).await?;
/// assert_eq!((job.status, job.attempts), (JobStatus::Queued, 0));
/// # Ok(())
/// # }
/// ```
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
