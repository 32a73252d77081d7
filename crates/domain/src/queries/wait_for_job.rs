//! One job, when it is over.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crate::job::{Job, JobId};
use crate::ports::{Clock, JobRepository};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How long nobody looks: the end that another process brings may go unheard.
const LONGEST_WITHOUT_LOOKING: Duration = Duration::from_secs(1);

/// Waits for a job's end.
///
/// ```
/// # use std::sync::Arc;
/// # use std::time::Duration;
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
/// let wait = use_cases.wait_for_job();
/// assert_eq!(wait.execute(&scope, job_id, Duration::ZERO).await?.status, JobStatus::Queued);
///
/// use_cases.cancel_job().execute(&scope, job_id).await?;
/// let job = wait.execute(&scope, job_id, Duration::from_secs(30)).await?;
/// assert_eq!(job.status, JobStatus::Cancelled);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct WaitForJob {
    /// Where jobs are kept.
    pub jobs: Arc<dyn JobRepository>,
    /// Tells how long it has been.
    pub clock: Arc<dyn Clock>,
}

impl WaitForJob {
    /// The job as soon as it is over, or as it is after `longest`; with no time at all, as it is now.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], also when the job goes with its document meanwhile; [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: JobId, longest: Duration) -> Result<Job, UseCaseError> {
        let begun = self.clock.monotonic();
        loop {
            let left = longest.saturating_sub(self.clock.monotonic().saturating_sub(begun));
            let wait = left.min(LONGEST_WITHOUT_LOOKING);
            let mut end = self.jobs.wait_for_end(scope, id, wait);
            // The wait begins before the look, so that no end falls between them.
            let is_early = poll_fn(|context| Poll::Ready(end.as_mut().poll(context).is_ready())).await;
            let job = self.jobs.find(scope, id).await?.ok_or(UseCaseError::JOB_NOT_FOUND)?;
            if job.status.is_over() || left.is_zero() {
                return Ok(job);
            }
            if !is_early {
                end.await;
            }
        }
    }
}
