//! Things that the tests of several use cases start from.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::SettleJob;
use crate::blob::Sha256;
use crate::document::{Description, Document, DocumentId, DocumentStatus, Outcome};
use crate::extraction::{Decision, Findings, Locale, Provenance, Timing};
use crate::field::Field;
use crate::identity::new_id;
use crate::job::{ClaimedJob, Job, JobId, JobKind, JobStatus, Lease, NewJob, Urgency};
use crate::label::{Label, LabelId, Source, StoredLabel};
use crate::listing::Listing;
use crate::media_type::MediaType;
use crate::ports::{
    Clock, DetectorIdentity, DocumentRepository, DocumentUpdate, MockClock, MockDocumentRepository,
    MockJobQueue, MockJobRepository, RepositoryError,
};
use crate::scope::{OwnerId, Scope, UserId};
use crate::values::{Currency, FieldValue, Notation};

pub const OWNER: OwnerId = OwnerId(Uuid::from_u128(7));
pub const SCOPE: Scope = Scope::owner(OWNER);
pub const REVIEWER: UserId = UserId(Uuid::from_u128(8));
pub const DOCUMENT: DocumentId = DocumentId(Uuid::from_u128(9));
pub const JOB: JobId = JobId(Uuid::from_u128(10));
pub const OTHER: DocumentId = DocumentId(Uuid::from_u128(11));
pub const SHA256: Sha256 = Sha256([5; 32]);

pub fn now() -> Timestamp {
    "2026-03-01T10:00:00Z".parse().unwrap()
}

pub fn clock() -> Arc<dyn Clock> {
    let mut clock = MockClock::new();
    clock.expect_now().returning(now);
    clock.expect_monotonic().return_const(Duration::ZERO);
    Arc::new(clock)
}

pub fn away() -> RepositoryError {
    RepositoryError::Unavailable { reason: "connection refused".to_owned() }
}

pub fn document(status: DocumentStatus) -> Document {
    let earlier = "2026-02-01T10:00:00Z".parse().unwrap();
    let is_read =
        matches!(status, DocumentStatus::Processed | DocumentStatus::Approved | DocumentStatus::Rejected);
    Document {
        id: DOCUMENT,
        owner: OWNER,
        description: Description::of_file("invoice.pdf"),
        media_type: MediaType::Pdf,
        size: 5,
        sha256: SHA256,
        status,
        outcome: is_read.then(|| outcome(Decision::Accept)),
        failure: None,
        version: 3,
        created_at: earlier,
        updated_at: earlier,
        processed_at: is_read.then_some(earlier),
        deleted_at: None,
    }
}

pub fn outcome(decision: Decision) -> Outcome {
    Outcome {
        kind: None,
        currency: Some(Currency::SEK),
        page_count: 1,
        decision,
        min_confidence: Some(0.9),
        repeats: None,
    }
}

pub fn job(status: JobStatus) -> Job {
    let new = NewJob::to_process(&document(DocumentStatus::Queued), Urgency::default(), now());
    Job {
        id: JOB,
        owner: OWNER,
        kind: JobKind::ProcessDocument,
        document: DOCUMENT,
        status,
        priority: new.priority,
        attempts: 1,
        max_attempts: 3,
        progress: 0.0,
        cancel_requested: false,
        error: None,
        worker: Some("w1".to_owned()),
        run_at: now(),
        created_at: now(),
        started_at: Some(now()),
        finished_at: None,
    }
}

pub fn lease() -> Lease {
    Lease { job: JOB, token: Uuid::from_u128(77) }
}

pub fn claimed(attempts: u32) -> ClaimedJob {
    ClaimedJob { job: Job { attempts, ..job(JobStatus::Running) }, lease: lease() }
}

pub fn label(field: Field, value: &str) -> Label {
    Label {
        field,
        value: FieldValue::parse(field.kind(), value, &Notation::default()).unwrap(),
        currency: None,
        raw: value.to_owned(),
        confidence: 0.9,
        source: Source::TextLayer,
        place: None,
        caption: None,
        checks: Vec::new(),
        candidates: Vec::new(),
    }
}

/// A label as the model left it.
pub fn stored(field: Field, value: &str) -> StoredLabel {
    StoredLabel {
        id: LabelId(new_id(now())),
        document: DOCUMENT,
        label: label(field, value),
        reviewed_by: None,
        version: 1,
        created_at: now(),
        updated_at: now(),
        deleted_at: None,
    }
}

/// A label as a person left it.
pub fn reviewed(field: Field, value: &str) -> StoredLabel {
    let label = Label { source: Source::Person, confidence: 1.0, ..label(field, value) };
    StoredLabel { label, reviewed_by: Some(REVIEWER), version: 2, ..stored(field, value) }
}

pub fn findings() -> Findings {
    Findings {
        kind: None,
        kind_confidence: None,
        locale: Locale::parse("sv-SE"),
        currency: Some(Currency::SEK),
        pages: Vec::new(),
        page_count: 1,
        tax: Vec::new(),
        lines: Vec::new(),
        electronic_invoice: None,
        checks: Vec::new(),
        decision: Decision::Accept,
        provenance: Provenance {
            file_sha256: None,
            model: DetectorIdentity { name: "mock-1".to_owned(), sha256: String::new() },
            rules: "1".into(),
            engine: "0".into(),
        },
        timing: Timing::default(),
    }
}

/// A repository with one document.
pub fn documents_with(document: Document) -> MockDocumentRepository {
    let mut documents = MockDocumentRepository::new();
    documents
        .expect_find()
        .withf(|scope, id| *scope == SCOPE && *id == DOCUMENT)
        .returning(move |_, _| Ok(Some(document.clone())));
    documents
}

/// A repository without any.
pub fn no_documents() -> MockDocumentRepository {
    let mut documents = MockDocumentRepository::new();
    documents.expect_find().returning(|_, _| Ok(None));
    documents.expect_find_deleted().returning(|_, _| Ok(None));
    documents.expect_show().returning(|_, _| Ok(None));
    documents
}

/// Takes one update that is as wanted, and answers as a repository does.
pub fn expect_update(
    documents: &mut MockDocumentRepository,
    is_wanted: impl Fn(&DocumentUpdate) -> bool + Send + 'static,
) {
    documents.expect_update().times(1).withf(move |_, update| is_wanted(update)).returning(|_, update| {
        Ok(Some(Document { version: update.document.version + 1, ..update.document.clone() }))
    });
}

/// The names of an update's events.
pub fn events(update: &DocumentUpdate) -> Vec<&'static str> {
    update.events.iter().map(|event| event.occurrence.name()).collect()
}

/// Jobs of which no other one is open.
pub(crate) fn no_other_jobs() -> MockJobRepository {
    let mut jobs = MockJobRepository::new();
    jobs.expect_list().returning(|_, _| Ok(Listing { items: Vec::new(), total: 0 }));
    jobs
}

/// Ends holds by this queue, where no other job is open.
pub(crate) fn settling(queue: MockJobQueue, documents: Arc<dyn DocumentRepository>) -> SettleJob {
    SettleJob { queue: Arc::new(queue), jobs: Arc::new(no_other_jobs()), documents, clock: clock() }
}
