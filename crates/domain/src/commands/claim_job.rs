//! A worker takes the next job.

use std::sync::Arc;
use std::time::Duration;

use crate::identity::new_id;
use crate::job::{ClaimedJob, JobLimits};
use crate::ports::{Claim, Clock, JobQueue};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Gives a worker the next job of any owner.
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
/// # let new = NewDocument { document, job: Some(job), event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// let claim = use_cases.claim_job();
/// let claimed = claim.execute("worker 1").await?.unwrap();
/// assert_eq!((claimed.job.status, claimed.job.attempts), (JobStatus::Running, 1));
/// assert_eq!(claim.execute("worker 2").await?, None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClaimJob {
    /// Where jobs wait.
    pub queue: Arc<dyn JobQueue>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// How long a lease holds.
    pub limits: JobLimits,
}

impl ClaimJob {
    /// The next job under a new lease; `None` when none waits. `worker` is the worker's name, for people.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`].
    pub async fn execute(&self, worker: &str) -> Result<Option<ClaimedJob>, UseCaseError> {
        let now = self.clock.now();
        let until = self.limits.lease_until(now);
        let claim = Claim { worker: worker.to_owned(), token: new_id(now), now, until };
        Ok(self.queue.claim(&Scope::system(), &claim).await?)
    }

    /// Waits until there may be a job, `longest` at most.
    pub async fn wait(&self, longest: Duration) {
        self.queue.wait(&Scope::system(), longest).await;
    }
}
