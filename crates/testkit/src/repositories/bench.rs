//! The documents, jobs and events of one owner: functions that a check uses to set them up and
//! inspect them.

use fieldmark_domain::document::{Document, DocumentId, DocumentStatus};
use fieldmark_domain::event::Event;
use fieldmark_domain::job::{ClaimedJob, Job, JobId, JobQuery, NewJob};
use fieldmark_domain::ports::{Claim, Created, JobQueue, JobRepository, NewDocument, RepositoryError};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::sample::{SampleOwner, fresh_id, moment};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use fieldmark_domain::ports::Repositories;

/// How long a sample's lease lasts, in seconds.
pub(super) const LEASE: i64 = 60;

/// The part of the database that belongs to one owner.
pub(super) struct Bench<'a> {
    pub(super) repositories: &'a Repositories,
    pub(super) owner: SampleOwner,
}

impl<'a> Bench<'a> {
    pub(super) fn new(repositories: &'a Repositories) -> Self {
        Self { repositories, owner: SampleOwner::fresh() }
    }

    pub(super) fn queue(&self) -> &dyn JobQueue {
        self.repositories.queue.as_ref()
    }

    pub(super) fn jobs(&self) -> &dyn JobRepository {
        self.repositories.jobs.as_ref()
    }

    pub(super) fn scope(&self) -> Scope {
        self.owner.scope()
    }

    /// Stores a document and returns its job.
    pub(super) async fn add(&self, new: NewDocument) -> Result<NewJob, Breach> {
        let created = self.repositories.documents.create(&self.scope(), &new).await;
        let created = succeeds("a document is kept with its job", created)?;
        promised_same("a new document is kept", &created, &Created::New)?;
        is_there("the sample has a job", new.job)
    }

    pub(super) async fn add_at(&self, seconds: i64) -> Result<NewJob, Breach> {
        self.add(self.owner.incoming(moment(seconds))).await
    }

    pub(super) async fn claim_at(&self, seconds: i64) -> Result<Option<ClaimedJob>, Breach> {
        succeeds("a claim is answered", self.queue().claim(&self.scope(), &claim(moment(seconds))).await)
    }

    /// Adds a job at a moment and claims it.
    pub(super) async fn running_at(&self, seconds: i64) -> Result<ClaimedJob, Breach> {
        self.add_at(seconds).await?;
        is_there("a queued job can be claimed", self.claim_at(seconds).await?)
    }

    pub(super) async fn job(&self, id: JobId) -> Result<Job, Breach> {
        let found = succeeds("a job is found", self.jobs().find(&self.scope(), id).await)?;
        is_there("a document's job is kept with it (DocumentRepository::create)", found)
    }

    pub(super) async fn jobs_of(&self, document: DocumentId) -> Result<Vec<Job>, Breach> {
        let query = JobQuery { document: Some(document), ..JobQuery::default() };
        Ok(succeeds("jobs are listed", self.jobs().list(&self.scope(), &query).await)?.items)
    }

    pub(super) async fn document(&self, id: DocumentId) -> Result<Document, Breach> {
        let found = self.repositories.documents.find(&self.scope(), id).await;
        is_there("a job's document is found", succeeds("a document is found", found)?)
    }

    pub(super) async fn events(&self) -> Result<Vec<Event>, Breach> {
        succeeds("events are found", self.repositories.outbox.pending(&self.scope(), 100).await)
    }

    /// The stored document with another status, as a use case would request it.
    pub(super) async fn document_as(
        &self,
        id: DocumentId,
        status: DocumentStatus,
    ) -> Result<Document, Breach> {
        let document = self.document(id).await?;
        Ok(Document { status, updated_at: moment(500), ..document })
    }
}

/// A claim with a new token.
pub(super) fn claim(now: Timestamp) -> Claim {
    Claim {
        worker: "worker".to_owned(),
        token: fresh_id(),
        now,
        until: now + jiff::SignedDuration::from_secs(LEASE),
    }
}

/// Checks a document that was changed once: as expected, with the next version.
pub(super) fn is_changed(found: &Document, wanted: &Document) -> Result<(), Breach> {
    let wanted = Document { version: wanted.version + 1, ..wanted.clone() };
    promised_same("the document changes with its job, and its version is counted up", found, &wanted)
}

pub(super) fn is_refused<T: std::fmt::Debug>(
    promise: &'static str,
    answer: Result<T, RepositoryError>,
    wanted: &RepositoryError,
) -> Result<(), Breach> {
    promised_same(promise, &answer.err().as_ref(), &Some(wanted))
}
