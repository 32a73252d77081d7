//! One job.

use std::sync::Arc;

use crate::job::{Job, JobId};
use crate::ports::JobRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows a job.
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
/// let job = use_cases.show_job().execute(&scope, job_id).await?;
/// assert_eq!((job.document, job.status), (samples::DOCUMENT, JobStatus::Queued));
///
/// let error = use_cases.show_job().execute(&scope, samples::JOB).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
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
