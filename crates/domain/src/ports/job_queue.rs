//! Where workers get jobs and report how they end.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::RepositoryError;
use crate::document::Document;
use crate::event::Event;
use crate::job::{ClaimedJob, JobEnd, Lease};
use crate::scope::Scope;

/// A worker's wish for a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who will work on it, for people.
    pub worker: String,
    /// What tells the lease from all others.
    pub token: Uuid,
    /// The moment.
    pub now: Timestamp,
    /// Until when the lease holds.
    pub until: Timestamp,
}

/// How a hold of a job ends without success, with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// The right to the job, run out or not; it must be the job's last one.
    pub lease: Lease,
    /// How it ends.
    pub end: JobEnd,
    /// The document as it shall be, with the version of what it was; `None` when it is gone or stays as it is.
    pub document: Option<Document>,
    /// What happened, if it is worth telling.
    pub event: Option<Event>,
    /// The moment.
    pub now: Timestamp,
}

/// Gives jobs to workers, each to one worker at a time: only what does the jobs needs it. What
/// people do with jobs is the business of [`super::JobRepository`].
///
/// Each method is one transaction: after an error nothing of it has happened.
///
/// ```
/// # use fieldmark_domain::{document::*, event::*, job::*, ports::*, samples, scope::*};
/// # use fieldmark_domain::{identity::new_id, jiff::SignedDuration};
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
/// let queue = repositories.queue;
/// let (now, minute) = (samples::NOW, SignedDuration::from_mins(1));
/// let (worker, until) = ("worker 1".to_owned(), now + minute);
/// let claim = Claim { worker, token: new_id(now), now, until };
/// let claimed = queue.claim(&scope, &claim).await?.unwrap();
/// assert_eq!((claimed.job.id, claimed.job.attempts), (job_id, 1));
///
/// let is_cancelled = queue.renew(&scope, &claimed.lease, now + minute * 2, 0.5).await?;
/// assert!(!is_cancelled);
/// let lost = queue.lost(&scope, now + minute * 3, 10).await?;
/// assert_eq!(lost[0].job.id, job_id);
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait JobQueue: Send + Sync {
    /// Gives out the job that waits and may be begun: the most urgent, of those the one that may be begun the
    /// longest. Its attempt is counted. `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn claim(&self, scope: &Scope, claim: &Claim) -> Result<Option<ClaimedJob>, RepositoryError>;

    /// Lets a lease hold until a later moment and notes the progress (0..1). Answers whether somebody wants the job
    /// to end.
    ///
    /// # Errors
    /// [`RepositoryError::LeaseLost`] when the job is another's or over, [`RepositoryError::OutOfSpace`],
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn renew(
        &self,
        scope: &Scope,
        lease: &Lease,
        until: Timestamp,
        progress: f32,
    ) -> Result<bool, RepositoryError>;

    /// Ends a hold: the job waits again or is over, and its document changes with it.
    ///
    /// # Errors
    /// [`RepositoryError::LeaseLost`] when the job is another's or over, [`RepositoryError::Stale`] when the
    /// document has another version, [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`],
    /// [`RepositoryError::Failed`].
    async fn settle(&self, scope: &Scope, settlement: &Settlement) -> Result<(), RepositoryError>;

    /// Jobs whose leases ran out before a moment, up to `limit`: their workers are dead or cut off.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn lost(
        &self,
        scope: &Scope,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, RepositoryError>;

    /// Waits until there may be a job to claim, `longest` at most. It may return early for nothing.
    async fn wait(&self, scope: &Scope, longest: Duration);
}
