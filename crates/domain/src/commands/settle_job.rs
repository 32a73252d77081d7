//! A worker's hold of a job ends without success: job, document and event together.

use std::sync::Arc;

use jiff::Timestamp;

use super::changing::TRIES;
use crate::document::{Document, Failure, WrongStatus};
use crate::event::{Event, Occurrence};
use crate::job::{ClaimedJob, JobEnd, JobQuery, JobStatus};
use crate::listing::Window;
use crate::ports::{Clock, DocumentRepository, JobQueue, JobRepository, RepositoryError, Settlement};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How a worker's hold of a job came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOutcome {
    /// The document was read.
    Succeeded,
    /// It was not.
    Ended(JobEnd),
    /// Another worker has the job, or it is over: nothing was changed.
    LeaseLost,
}

/// Ends a worker's hold of a job without success: [`JobEnd::Released`] for a worker that stops,
/// [`JobEnd::Cancelled`] once somebody cancelled the job, or a failure.
#[derive(Clone)]
pub struct SettleJob {
    /// Where the hold ends.
    pub queue: Arc<dyn JobQueue>,
    /// Where other jobs of the document are found.
    pub jobs: Arc<dyn JobRepository>,
    /// Where the job's document is kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// When it ends.
    pub clock: Arc<dyn Clock>,
}

impl SettleJob {
    /// Ends the hold. A released job waits again as if it had not been begun. A document whose
    /// status does not fit any more stays as it is.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`]; the lease runs out then, and the job is recovered as a lost
    /// one. [`UseCaseError::Contended`] when others change the document all the time.
    pub async fn execute(&self, claimed: &ClaimedJob, end: JobEnd) -> Result<JobOutcome, UseCaseError> {
        let scope = Scope::owner(claimed.job.owner);
        for _ in 0..TRIES {
            let found = self.documents.find(&scope, claimed.job.document).await?;
            let now = self.clock.now();
            let is_alone = !self.is_another_open(&scope, claimed).await?;
            let document = found.filter(|_| is_alone).and_then(|document| changed(document, &end, now).ok());
            let event = document.as_ref().and_then(|document| event_of(document, &end, now));
            let settlement = Settlement { lease: claimed.lease, end: end.clone(), document, event, now };
            match self.queue.settle(&scope, &settlement).await {
                Ok(()) => return Ok(JobOutcome::Ended(end)),
                Err(RepositoryError::LeaseLost) => return Ok(JobOutcome::LeaseLost),
                Err(RepositoryError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(UseCaseError::Contended)
    }

    /// Whether another job waits for the document or reads it: then the document's status is that
    /// one's business. One that is made after this was asked gives the document another version.
    async fn is_another_open(&self, scope: &Scope, claimed: &ClaimedJob) -> Result<bool, UseCaseError> {
        let statuses = JobStatus::ALL.into_iter().filter(|status| !status.is_over()).collect();
        let window = Window { limit: 2, offset: 0 };
        let query =
            JobQuery { statuses, document: Some(claimed.job.document), window, ..JobQuery::default() };
        let open = self.jobs.list(scope, &query).await?;
        Ok(open.items.iter().any(|job| job.id != claimed.job.id))
    }
}

fn changed(mut document: Document, end: &JobEnd, now: Timestamp) -> Result<Document, WrongStatus> {
    match end {
        JobEnd::Released | JobEnd::Retried { .. } => document.requeue(now)?,
        JobEnd::Failed(failure) | JobEnd::Dead(failure) => document.fail(failure.clone(), now)?,
        JobEnd::Cancelled => document.withdraw(now)?,
    }
    Ok(document)
}

fn event_of(document: &Document, end: &JobEnd, now: Timestamp) -> Option<Event> {
    let (JobEnd::Failed(failure) | JobEnd::Dead(failure)) = end else { return None };
    let occurrence = Occurrence::DocumentFailed { code: failure.code.clone() };
    Some(Event::of(document, occurrence, now))
}

/// The end of an attempt that may be tried again: later, or never when the attempts are used up.
pub(super) fn retried_or_dead(claimed: &ClaimedJob, error: Failure, run_at: Timestamp) -> JobEnd {
    if claimed.job.attempts < claimed.job.max_attempts {
        JobEnd::Retried { error, run_at }
    } else {
        JobEnd::Dead(error)
    }
}
