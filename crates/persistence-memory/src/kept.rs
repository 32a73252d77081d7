//! What is kept of a document and of a job beyond what the domain's nouns say, and how exactly moments
//! are kept: to the microsecond, as databases keep them.

use std::collections::BTreeMap;

use fieldmark_domain::document::{Document, DocumentRecord};
use fieldmark_domain::event::Event;
use fieldmark_domain::extraction::Findings;
use fieldmark_domain::field::Field;
use fieldmark_domain::job::{ClaimedJob, Job, JobStatus, Lease};
use fieldmark_domain::label::{LabelChange, StoredLabel};
use fieldmark_domain::ports::{RepositoryError, to_the_microsecond};
use jiff::Timestamp;
use uuid::Uuid;

/// A document with all that belongs to it alone. A change is made on a copy, which takes its place.
#[derive(Debug, Clone)]
pub(crate) struct KeptDocument {
    pub(crate) document: Document,
    pub(crate) findings: Option<Findings>,
    pub(crate) labels: Vec<StoredLabel>,
    pub(crate) history: BTreeMap<Uuid, LabelChange>,
}

impl KeptDocument {
    /// A document that comes in.
    pub(crate) fn new(document: &Document) -> Self {
        let document = in_microseconds(document.clone());
        Self { document, findings: None, labels: Vec::new(), history: BTreeMap::new() }
    }

    /// A copy with another document in its place, one version later.
    pub(crate) fn changed(&self, document: &Document) -> Result<Self, RepositoryError> {
        if document.version != self.document.version {
            return Err(RepositoryError::Stale);
        }
        let mut changed = self.clone();
        changed.document = in_microseconds(document.clone());
        changed.document.version = document.version.saturating_add(1);
        Ok(changed)
    }

    pub(crate) const fn is_there(&self) -> bool {
        self.document.deleted_at.is_none()
    }

    /// The labels that nobody deleted, in the order of all fields.
    pub(crate) fn standing(&self) -> impl Iterator<Item = &StoredLabel> {
        self.labels.iter().filter(|stored| stored.is_there())
    }

    /// The label of a field that nobody deleted.
    pub(crate) fn label_of(&self, field: Field) -> Option<&StoredLabel> {
        self.standing().find(|stored| stored.label.field == field)
    }

    pub(crate) fn record(&self) -> DocumentRecord {
        DocumentRecord {
            document: self.document.clone(),
            labels: self.standing().cloned().collect(),
            findings: self.findings.clone(),
        }
    }

    /// By field, and the older first where several labels of one field were deleted.
    pub(crate) fn sort_labels(&mut self) {
        self.labels.sort_by_key(|stored| (stored.label.field, stored.id));
    }

    /// Adds to the history.
    pub(crate) fn add_changes(&mut self, changes: &[LabelChange]) -> Result<(), RepositoryError> {
        for change in changes {
            let change = LabelChange { at: to_the_microsecond(change.at), ..change.clone() };
            if self.history.insert(change.id, change).is_some() {
                return Err(failed("an entry of the history was to be added twice"));
            }
        }
        Ok(())
    }
}

/// A job with the hold that a worker has of it.
#[derive(Debug, Clone)]
pub(crate) struct KeptJob {
    pub(crate) job: Job,
    /// There while the job runs.
    pub(crate) hold: Option<Hold>,
}

/// A worker's hold of a job.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    pub(crate) token: Uuid,
    pub(crate) until: Timestamp,
}

impl KeptJob {
    /// The job as it is kept. Nobody holds a job that does not run.
    pub(crate) fn settled(self) -> Self {
        let Self { job, hold } = self;
        let hold = hold.filter(|_| job.status == JobStatus::Running);
        let job = Job {
            run_at: to_the_microsecond(job.run_at),
            created_at: to_the_microsecond(job.created_at),
            started_at: job.started_at.map(to_the_microsecond),
            finished_at: job.finished_at.map(to_the_microsecond),
            ..job
        };
        let hold = hold.map(|hold| Hold { until: to_the_microsecond(hold.until), ..hold });
        Self { job, hold }
    }

    /// Whether somebody works on it under this lease, in time or late.
    pub(crate) fn is_held_under(&self, lease: &Lease) -> bool {
        self.job.id == lease.job && self.hold.is_some_and(|hold| hold.token == lease.token)
    }

    /// The job with the lease under which it runs; `None` when it does not run.
    pub(crate) fn claimed(&self) -> Option<ClaimedJob> {
        let hold = self.hold?;
        Some(ClaimedJob { job: self.job.clone(), lease: Lease { job: self.job.id, token: hold.token } })
    }
}

/// A fault of the caller's: no request of a person ends so.
pub(crate) fn failed(reason: &str) -> RepositoryError {
    RepositoryError::Failed { reason: reason.to_owned() }
}

/// A label of this version, as it is kept.
pub(crate) fn kept_label(stored: &StoredLabel, version: u64) -> StoredLabel {
    StoredLabel {
        version,
        created_at: to_the_microsecond(stored.created_at),
        updated_at: to_the_microsecond(stored.updated_at),
        deleted_at: stored.deleted_at.map(to_the_microsecond),
        ..stored.clone()
    }
}

/// An event as it is kept.
pub(crate) fn kept_event(event: &Event) -> Event {
    Event { at: to_the_microsecond(event.at), ..event.clone() }
}

fn in_microseconds(document: Document) -> Document {
    Document {
        created_at: to_the_microsecond(document.created_at),
        updated_at: to_the_microsecond(document.updated_at),
        processed_at: document.processed_at.map(to_the_microsecond),
        deleted_at: document.deleted_at.map(to_the_microsecond),
        ..document
    }
}
