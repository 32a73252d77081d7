//! A document as it is kept: an uploaded file, what has become of it, and what its owner says of it.
//!
//! Its states change by methods, which answer with an error where the change does not fit. What is *in* the file is
//! the business of [`crate::content`] and [`crate::extraction`].

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use uuid::Uuid;

use crate::blob::Sha256;
use crate::extraction::{Decision, DocumentKind};
use crate::media_type::MediaType;
use crate::scope::OwnerId;
use crate::values::Currency;

mod description;
mod query;
mod record;

pub use description::{Description, DescriptionError, Metadata, Tag};
pub use query::{DocumentQuery, FieldCondition, FieldMatch, ListedDocument, Order, SortKey, search_key};
pub use record::DocumentRecord;

/// A document's id, a UUIDv7 (RFC 9562) made when it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub Uuid);

impl fmt::Display for DocumentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// How far a document has come.
///
/// ```
/// use fieldmark_domain::document::DocumentStatus;
///
/// assert_eq!("processed".parse(), Ok(DocumentStatus::Processed));
/// let error = "done".parse::<DocumentStatus>().unwrap_err();
/// assert_eq!(error.to_string(), "`done` is no status of a document");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentStatus {
    /// It is there and nothing reads it.
    Received,
    /// A job waits to read it.
    Queued,
    /// A job reads it.
    Processing,
    /// It was read; a reviewer may decide.
    Processed,
    /// It could not be read, and why is said.
    Failed,
    /// A reviewer approved what was read.
    Approved,
    /// A reviewer rejected it.
    Rejected,
}

impl DocumentStatus {
    /// Every status.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Queued,
        Self::Processing,
        Self::Processed,
        Self::Failed,
        Self::Approved,
        Self::Rejected,
    ];

    /// The stable name, for instance `processed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::Processed => "processed",
            Self::Failed => "failed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for DocumentStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A name that is no document status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no status of a document")]
pub struct UnknownDocumentStatus(pub String);

impl FromStr for DocumentStatus {
    type Err = UnknownDocumentStatus;

    fn from_str(name: &str) -> Result<Self, UnknownDocumentStatus> {
        let found = Self::ALL.into_iter().find(|status| status.name() == name);
        found.ok_or_else(|| UnknownDocumentStatus(name.to_owned()))
    }
}

/// Why something was not done: a stable code, and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The code, for instance `document_encrypted`.
    pub code: String,
    /// The sentence; nothing in it is secret.
    pub message: String,
}

/// What a document was read as, as far as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What the document is for; `None` when nothing tells.
    pub kind: Option<DocumentKind>,
    /// The currency of the totals.
    pub currency: Option<Currency>,
    /// How many pages the file has.
    pub page_count: u32,
    /// Whether a person should look.
    pub decision: Decision,
    /// The least confidence of its labels; `None` when it has none.
    pub min_confidence: Option<f32>,
    /// The document with the same supplier and invoice number that was there before; `None` when there is none.
    pub repeats: Option<DocumentId>,
}

/// A document as it is kept.
///
/// ```
/// use fieldmark_domain::blob::Sha256;
/// use fieldmark_domain::document::{Description, Document, DocumentId, DocumentStatus};
/// use fieldmark_domain::identity::new_id;
/// use fieldmark_domain::media_type::MediaType;
/// use fieldmark_domain::scope::OwnerId;
///
/// let now = "2026-03-01T10:00:00Z".parse()?;
/// let mut document = Document {
///     id: DocumentId(new_id(now)),
///     owner: OwnerId::LOCAL,
///     description: Description::named("/home/ida/invoice.pdf")?,
///     media_type: MediaType::Pdf,
///     size: 4711,
///     sha256: Sha256([7; 32]),
///     status: DocumentStatus::Received,
///     outcome: None,
///     failure: None,
///     version: 1,
///     created_at: now,
///     updated_at: now,
///     processed_at: None,
///     deleted_at: None,
/// };
/// assert_eq!(document.description.filename(), "invoice.pdf");
/// // Its status changes by methods, which refuse what does not fit.
/// document.queue(now)?;
/// let error = document.approve(now).unwrap_err();
/// assert_eq!(error.to_string(), "a document that is queued cannot be approved");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Whose it is.
    pub owner: OwnerId,
    /// What its owner says of it.
    pub description: Description,
    /// What kind of file it is, by its bytes.
    pub media_type: MediaType,
    /// The size of the file in bytes.
    pub size: u64,
    /// The digest of the file, by which its bytes are found.
    pub sha256: Sha256,
    /// How far it has come.
    pub status: DocumentStatus,
    /// What it was read as; `None` before it was read, and kept while it is read again.
    pub outcome: Option<Outcome>,
    /// Why it could not be read; there when it is [`DocumentStatus::Failed`], and until it is read.
    pub failure: Option<Failure>,
    /// Counts its changes, from 1; an update names the version that it changes.
    pub version: u64,
    /// When it was received.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was last read.
    pub processed_at: Option<Timestamp>,
    /// When it was deleted; a deleted document is found by nothing but its restoration and the purge.
    pub deleted_at: Option<Timestamp>,
}

/// A change that does not fit the document's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a document that is {status} cannot be {change}")]
pub struct WrongStatus {
    /// What it is.
    pub status: DocumentStatus,
    /// What it should have become, for people.
    pub change: &'static str,
}

impl Document {
    /// A job was made that will read it.
    ///
    /// # Errors
    /// [`WrongStatus`] while one is waiting or reading already.
    pub fn queue(&mut self, now: Timestamp) -> Result<(), WrongStatus> {
        let may = !matches!(self.status, DocumentStatus::Queued | DocumentStatus::Processing);
        self.become_status(may, DocumentStatus::Queued, "queued again", now)
    }

    /// A job begins to read it; once more, if another one was lost while it did.
    ///
    /// # Errors
    /// [`WrongStatus`] unless it was queued.
    pub fn begin(&mut self, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Queued | DocumentStatus::Processing);
        self.become_status(may, DocumentStatus::Processing, "read", now)
    }

    /// The job that read it goes back to wait.
    ///
    /// # Errors
    /// [`WrongStatus`] unless it was being read or was waiting.
    pub fn requeue(&mut self, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Queued | DocumentStatus::Processing);
        self.become_status(may, DocumentStatus::Queued, "queued again", now)
    }

    /// It was read.
    ///
    /// # Errors
    /// [`WrongStatus`] unless a job was at it.
    pub fn finish(&mut self, outcome: Outcome, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Queued | DocumentStatus::Processing);
        self.become_status(may, DocumentStatus::Processed, "processed", now)?;
        (self.outcome, self.failure, self.processed_at) = (Some(outcome), None, Some(now));
        Ok(())
    }

    /// It cannot be read.
    ///
    /// # Errors
    /// [`WrongStatus`] unless a job was at it.
    pub fn fail(&mut self, failure: Failure, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Queued | DocumentStatus::Processing);
        self.become_status(may, DocumentStatus::Failed, "failed", now)?;
        self.failure = Some(failure);
        Ok(())
    }

    /// The job that was to read it was cancelled: it is what it was before, failed, read or not. A decision of a
    /// reviewer is not: it ended when somebody had the document read again.
    ///
    /// # Errors
    /// [`WrongStatus`] unless a job was at it.
    pub fn withdraw(&mut self, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Queued | DocumentStatus::Processing);
        let before = match (&self.failure, &self.outcome) {
            (Some(_), _) => DocumentStatus::Failed,
            (None, Some(_)) => DocumentStatus::Processed,
            (None, None) => DocumentStatus::Received,
        };
        self.become_status(may, before, "withdrawn", now)
    }

    /// A reviewer approves what was read.
    ///
    /// # Errors
    /// [`WrongStatus`] unless it was processed or rejected.
    pub fn approve(&mut self, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Processed | DocumentStatus::Rejected);
        self.become_status(may, DocumentStatus::Approved, "approved", now)
    }

    /// A reviewer rejects it.
    ///
    /// # Errors
    /// [`WrongStatus`] unless it was processed or approved.
    pub fn reject(&mut self, now: Timestamp) -> Result<(), WrongStatus> {
        let may = matches!(self.status, DocumentStatus::Processed | DocumentStatus::Approved);
        self.become_status(may, DocumentStatus::Rejected, "rejected", now)
    }

    /// It is out of sight until it is restored or purged.
    pub const fn delete(&mut self, now: Timestamp) {
        (self.deleted_at, self.updated_at) = (Some(now), now);
    }

    /// It is there again, as it was.
    pub const fn restore(&mut self, now: Timestamp) {
        (self.deleted_at, self.updated_at) = (None, now);
    }

    /// Its owner says something else of it.
    pub fn describe(&mut self, description: Description, now: Timestamp) {
        (self.description, self.updated_at) = (description, now);
    }

    fn become_status(
        &mut self,
        may: bool,
        status: DocumentStatus,
        change: &'static str,
        now: Timestamp,
    ) -> Result<(), WrongStatus> {
        if !may {
            return Err(WrongStatus { status: self.status, change });
        }
        (self.status, self.updated_at) = (status, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
