//! What happened to a document, for whoever wants to know.
//!
//! An event is written in the transaction of the change that it tells of, and published once that is committed:
//! never before, never not at all, perhaps twice. Subscribers know an event by its id.

use jiff::Timestamp;
use uuid::Uuid;

use crate::document::{Document, DocumentId};
use crate::field::Field;
use crate::identity::new_id;
use crate::label::LabelId;
use crate::scope::OwnerId;

/// An event's id, a UUIDv7 (RFC 9562).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub Uuid);

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose document it happened to.
    pub owner: OwnerId,
    /// The document.
    pub document: DocumentId,
    /// What happened.
    pub occurrence: Occurrence,
    /// When.
    pub at: Timestamp,
}

impl Event {
    /// Something that happened to a document just now.
    #[must_use]
    pub fn of(document: &Document, occurrence: Occurrence, now: Timestamp) -> Self {
        let id = EventId(new_id(now));
        Self { id, owner: document.owner, document: document.id, occurrence, at: now }
    }
}

/// What may happen.
///
/// ```
/// use fieldmark_domain::event::Occurrence;
///
/// let read = Occurrence::DocumentProcessed { decision: "review".to_owned() };
/// assert_eq!(read.name(), "document.processed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occurrence {
    /// A document came in.
    DocumentReceived,
    /// It was read.
    DocumentProcessed {
        /// Whether somebody should look at it: `accept` or `review`.
        decision: String,
    },
    /// It could not be read.
    DocumentFailed {
        /// The stable code of the reason.
        code: String,
    },
    /// A reviewer approved it.
    DocumentApproved,
    /// A reviewer rejected it.
    DocumentRejected,
    /// Its owner said something else of it.
    DocumentChanged,
    /// It was deleted, and may be restored.
    DocumentDeleted,
    /// It was restored.
    DocumentRestored,
    /// It was erased with its bytes and history.
    DocumentErased,
    /// A person added a label.
    LabelAdded {
        /// The label.
        label: LabelId,
        /// Its field.
        field: Field,
    },
    /// A person corrected a label.
    LabelCorrected {
        /// The label.
        label: LabelId,
        /// Its field.
        field: Field,
    },
    /// A person deleted a label.
    LabelDeleted {
        /// The label.
        label: LabelId,
        /// Its field.
        field: Field,
    },
}

impl Occurrence {
    /// The stable name, for instance `document.processed`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DocumentReceived => "document.received",
            Self::DocumentProcessed { .. } => "document.processed",
            Self::DocumentFailed { .. } => "document.failed",
            Self::DocumentApproved => "document.approved",
            Self::DocumentRejected => "document.rejected",
            Self::DocumentChanged => "document.changed",
            Self::DocumentDeleted => "document.deleted",
            Self::DocumentRestored => "document.restored",
            Self::DocumentErased => "document.erased",
            Self::LabelAdded { .. } => "label.added",
            Self::LabelCorrected { .. } => "label.corrected",
            Self::LabelDeleted { .. } => "label.deleted",
        }
    }
}
