//! Where people find their jobs, cancel them and have them tried again.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::RepositoryError;
use crate::document::Document;
use crate::job::{Job, JobCounts, JobId, JobQuery, JobStatus};
use crate::listing::{Listing, Window};
use crate::scope::Scope;

/// A change of a job from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct JobChange {
    /// The job.
    pub job: JobId,
    /// The document as it shall be once the job waits again or is over, with the version of what it
    /// was; `None` when it is gone or stays as it is.
    pub document: Option<Document>,
    /// The moment.
    pub now: Timestamp,
}

/// Keeps jobs, as people see and change them. Jobs come in with their documents, by
/// [`super::DocumentRepository::create`] and [`super::DocumentRepository::update`].
///
/// Each method is one transaction: after an error nothing of it has happened.
///
/// ```
/// # use fieldmark_domain::{document::*, event::*, job::*, ports::*, samples, scope::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let repositories = fieldmark_persistence_memory::Memory::default().repositories();
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Queued);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let job = NewJob::to_process(&document, Urgency::default(), samples::NOW);
/// # let job_id = job.id;
/// # let new = NewDocument { document, job: Some(job), event, idempotency: None };
/// # repositories.documents.create(&scope, &new).await?;
/// let jobs = repositories.jobs;
/// assert_eq!(jobs.counts(&scope).await?.queued, 1);
///
/// let change = JobChange { job: job_id, document: None, now: samples::NOW };
/// let cancelled = jobs.cancel(&scope, &change).await?.unwrap();
/// assert_eq!(cancelled.status, JobStatus::Cancelled);
/// assert_eq!(jobs.find(&scope, job_id).await?, Some(cancelled));
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait JobRepository: Send + Sync {
    /// A job; `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn find(&self, scope: &Scope, id: JobId) -> Result<Option<Job>, RepositoryError>;

    /// The jobs that fit a query, and how many there are.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn list(&self, scope: &Scope, query: &JobQuery) -> Result<Listing<Job>, RepositoryError>;

    /// How many jobs have each status. Unless an adapter overrides it, it lists the jobs of each
    /// status for their total.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn counts(&self, scope: &Scope) -> Result<JobCounts, RepositoryError> {
        let mut counts = JobCounts::default();
        for status in JobStatus::ALL {
            let window = Window { limit: 1, offset: 0 };
            let query = JobQuery { statuses: vec![status], window, ..JobQuery::default() };
            counts.set(status, self.list(scope, &query).await?.total);
        }
        Ok(counts)
    }

    /// Cancels a job that waits, and changes its document with it; asks one that runs to end, and
    /// leaves its document; leaves one that is over. Answers with the job as it is then; `None`
    /// when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when the document has another version,
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    async fn cancel(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError>;

    /// Lets a job that failed, is dead or was cancelled wait again as if it were new, and changes
    /// its document with it; leaves any other. Answers with the job as it is then; `None` when
    /// there is none.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when the document has another version,
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    async fn retry(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError>;

    /// Waits until a job may be over or gone, `longest` at most. It may return early for nothing,
    /// and the end that another process brings may go unheard. What happened before it was first
    /// polled is not waited for: whoever polls it, then looks at the job, and then waits on misses
    /// no end.
    async fn wait_for_end(&self, scope: &Scope, job: JobId, longest: Duration);
}
