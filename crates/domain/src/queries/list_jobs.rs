//! Jobs that fit some conditions.

use std::sync::Arc;

use super::window;
use crate::job::{Job, JobQuery};
use crate::listing::Listing;
use crate::ports::JobRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lists jobs.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::listing::Window;
///
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
/// let list = use_cases.list_jobs();
/// let waiting = JobQuery { statuses: vec![JobStatus::Queued], ..JobQuery::default() };
/// assert_eq!(list.execute(&scope, &waiting).await?.items[0].id, job_id);
///
/// let window = Window { limit: 0, offset: 0 };
/// let error = list.execute(&scope, &JobQuery { window, ..waiting }).await.unwrap_err();
/// assert_eq!(error.code(), "validation_failed");
/// # Ok(())
/// # }
/// ```
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
