//! The collections, and what several ports do with them: finding a document in a scope, writing jobs and events.
//!
//! Methods that return an error check and write nothing; methods that write cannot fail. A port calls the former first.

use std::collections::BTreeMap;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::event::{Event, EventId};
use fieldmark_domain::job::{Job, JobId, JobStatus, NewJob};
use fieldmark_domain::ports::RepositoryError;
use fieldmark_domain::scope::{OwnerId, Scope};
use jiff::Timestamp;

use crate::kept::{KeptDocument, KeptJob, failed, kept_event};
use crate::options::MemoryOptions;

/// Everything that is kept but the bytes of files.
pub(crate) struct State {
    pub(crate) options: MemoryOptions,
    pub(crate) documents: BTreeMap<DocumentId, KeptDocument>,
    pub(crate) jobs: BTreeMap<JobId, KeptJob>,
    pub(crate) events: BTreeMap<EventId, KeptEvent>,
    pub(crate) keys: BTreeMap<(OwnerId, String), UsedKey>,
    pub(crate) erasures: BTreeMap<Sha256, Erasure>,
    /// How far the verification of files has come.
    pub(crate) verification: Option<Place>,
    news: News,
}

/// An event, and when it was published.
pub(crate) struct KeptEvent {
    pub(crate) event: Event,
    pub(crate) published_at: Option<Timestamp>,
}

/// What an idempotency key was used for.
pub(crate) struct UsedKey {
    pub(crate) request: Sha256,
    pub(crate) document: DocumentId,
    pub(crate) at: Timestamp,
}

/// Bytes that no document has any more and that are still to be deleted.
pub(crate) struct Erasure {
    pub(crate) owner: OwnerId,
    pub(crate) since: Timestamp,
    pub(crate) claimed_until: Option<Timestamp>,
}

/// Where a round of verification goes on, and when.
pub(crate) struct Place {
    pub(crate) after: Option<DocumentId>,
    pub(crate) next: Timestamp,
}

/// What others wait for.
#[derive(Default)]
pub(crate) struct News {
    pub(crate) job_waits: bool,
    pub(crate) job_ended: bool,
}

impl State {
    pub(crate) fn new(options: MemoryOptions) -> Self {
        Self {
            options,
            documents: BTreeMap::new(),
            jobs: BTreeMap::new(),
            events: BTreeMap::new(),
            keys: BTreeMap::new(),
            erasures: BTreeMap::new(),
            verification: None,
            news: News::default(),
        }
    }

    /// What has happened since the last call.
    pub(crate) fn take_news(&mut self) -> News {
        std::mem::take(&mut self.news)
    }

    /// A document, deleted or not.
    pub(crate) fn document(&self, scope: &Scope, id: DocumentId) -> Option<&KeptDocument> {
        self.documents.get(&id).filter(|kept| scope.permits(kept.document.owner))
    }

    /// A document that is not deleted.
    pub(crate) fn standing(&self, scope: &Scope, id: DocumentId) -> Option<&KeptDocument> {
        self.document(scope, id).filter(|kept| kept.is_there())
    }

    /// Another document of the same owner with the same bytes that is not deleted.
    pub(crate) fn with_same_bytes(&self, document: &Document) -> Option<&Document> {
        let is_same = |kept: &&KeptDocument| {
            let other = &kept.document;
            kept.is_there()
                && other.sha256 == document.sha256
                && other.owner == document.owner
                && other.id != document.id
        };
        self.documents.values().find(is_same).map(|kept| &kept.document)
    }

    /// A copy of a document, deleted or not, with what it shall be in its place; `None` when it is not there.
    pub(crate) fn changed(
        &self,
        scope: &Scope,
        document: &Document,
    ) -> Result<Option<KeptDocument>, RepositoryError> {
        let Some(kept) = self.document(scope, document.id) else { return Ok(None) };
        let changed = kept.changed(document)?;
        if changed.is_there() && self.with_same_bytes(&changed.document).is_some() {
            return Err(RepositoryError::DocumentExists);
        }
        Ok(Some(changed))
    }

    /// The same for a document that changes with its job: a job whose document is gone is gone with it.
    pub(crate) fn changed_with_job(
        &self,
        scope: &Scope,
        document: Option<&Document>,
    ) -> Result<Option<KeptDocument>, RepositoryError> {
        let Some(document) = document else { return Ok(None) };
        self.changed(scope, document)?.ok_or(RepositoryError::Stale).map(Some)
    }

    pub(crate) fn put_document(&mut self, kept: KeptDocument) {
        self.documents.insert(kept.document.id, kept);
    }

    /// A job in a scope.
    pub(crate) fn job(&self, scope: &Scope, id: JobId) -> Option<&KeptJob> {
        self.jobs.get(&id).filter(|kept| scope.permits(kept.job.owner))
    }

    pub(crate) fn check_job(&self, job: &NewJob, document: &Document) -> Result<(), RepositoryError> {
        if self.jobs.contains_key(&job.id) {
            return Err(failed("a job was to be added twice"));
        }
        if job.document != document.id {
            return Err(failed("a job of another document was to be added"));
        }
        Ok(())
    }

    pub(crate) fn add_job(&mut self, job: &NewJob) {
        self.put_job(KeptJob { job: Job::from(job), hold: None });
    }

    /// Puts a job in the place of what it was, and answers with it as it is kept.
    pub(crate) fn put_job(&mut self, kept: KeptJob) -> KeptJob {
        let kept = kept.settled();
        self.news.job_waits |= kept.job.status == JobStatus::Queued;
        self.news.job_ended |= kept.job.status.is_over();
        self.jobs.insert(kept.job.id, kept.clone());
        kept
    }

    /// A document's jobs are gone with it.
    pub(crate) fn remove_jobs(&mut self, document: DocumentId) {
        self.jobs.retain(|_, kept| kept.job.document != document);
        self.news.job_ended = true;
    }

    /// Whether there is room for events that nobody has written before.
    pub(crate) fn check_events<'a>(
        &self,
        events: impl IntoIterator<Item = &'a Event>,
    ) -> Result<(), RepositoryError> {
        let mut count = self.events.len();
        for event in events {
            if self.events.contains_key(&event.id) {
                return Err(failed("an event was to be written twice"));
            }
            count += 1;
            if count > self.options.events {
                return Err(RepositoryError::OutOfSpace);
            }
        }
        Ok(())
    }

    pub(crate) fn add_event(&mut self, event: &Event) {
        self.events.insert(event.id, KeptEvent { event: kept_event(event), published_at: None });
    }
}
