//! Owners, documents, jobs and events for the suites, new ones for each check, so that checks do
//! not affect each other.

use std::sync::atomic::{AtomicU64, Ordering};

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId, DocumentStatus, Failure};
use fieldmark_domain::event::{Event, EventId, Occurrence};
use fieldmark_domain::job::{JobId, JobKind, NewJob, Priority};
use fieldmark_domain::ports::NewDocument;
use fieldmark_domain::scope::{OwnerId, Scope};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A moment, this many seconds after the start of all samples.
#[must_use]
pub fn moment(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_750_000_000 + seconds)
}

/// A unique id in the form of a UUIDv7; later ones are larger.
#[must_use]
pub fn fresh_id() -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + u128::from(count()))
}

fn count() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// The reason of a failed attempt.
#[must_use]
pub fn failure(code: &str) -> Failure {
    Failure { code: code.to_owned(), message: format!("made up: {code}") }
}

/// A new owner.
#[derive(Debug, Clone, Copy)]
pub struct SampleOwner {
    /// Its id.
    pub id: OwnerId,
}

impl SampleOwner {
    /// Creates a new owner.
    #[must_use]
    pub fn fresh() -> Self {
        Self { id: OwnerId(fresh_id()) }
    }

    /// The owner's scope.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        Scope::owner(self.id)
    }

    /// A queued document, created at this moment, with unique bytes.
    #[must_use]
    pub fn document(&self, at: Timestamp) -> Document {
        let mut sha256 = [0; 32];
        for (byte, value) in sha256.iter_mut().zip(count().to_be_bytes()) {
            *byte = value;
        }
        Document {
            id: DocumentId(fresh_id()),
            owner: self.id,
            sha256: Sha256(sha256),
            created_at: at,
            updated_at: at,
            ..Document::sample(DocumentStatus::Queued)
        }
    }

    /// A job that reads a document, due when the document is created.
    #[must_use]
    pub fn job(&self, document: &Document) -> NewJob {
        NewJob {
            id: JobId(fresh_id()),
            owner: self.id,
            kind: JobKind::ProcessDocument,
            document: document.id,
            priority: Priority::default(),
            max_attempts: 3,
            created_at: document.created_at,
        }
    }

    /// An event of a document.
    #[must_use]
    pub fn event(&self, document: DocumentId, occurrence: Occurrence, at: Timestamp) -> Event {
        Event { id: EventId(fresh_id()), owner: self.id, document, occurrence, at }
    }

    /// A new document with its job and its event.
    #[must_use]
    pub fn incoming(&self, at: Timestamp) -> NewDocument {
        let document = self.document(at);
        NewDocument {
            job: Some(self.job(&document)),
            event: self.event(document.id, Occurrence::DocumentReceived, at),
            document,
            idempotency: None,
        }
    }
}
