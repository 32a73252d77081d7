//! The result of reading a sample document: one label and minimal findings.

use fieldmark_domain::document::{Document, DocumentId, Outcome};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::extraction::Findings;
use fieldmark_domain::field::Field;
use fieldmark_domain::job::Lease;
use fieldmark_domain::label::{Label, LabelAct, LabelChange, LabelId, LabelState, StoredLabel};
use fieldmark_domain::ports::{ReadLabels, RepositoryError};
use jiff::Timestamp;

use super::sample::{SampleOwner, fresh_id};

impl SampleOwner {
    /// A document was read under a lease, and has its first label.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when the document was not being read.
    pub fn reading(
        &self,
        lease: Lease,
        mut document: Document,
        now: Timestamp,
    ) -> Result<ReadLabels, RepositoryError> {
        document.finish(outcome(), now).map_err(|_| RepositoryError::Stale)?;
        let occurrence = Occurrence::DocumentProcessed { decision: "accept".to_owned() };
        let event = self.event(document.id, occurrence, now);
        let number = Label { confidence: 0.5, ..Label::sample(Field::InvoiceNumber, "INV-20417") };
        let label = unsaved(document.id, number, now);
        let change = read(&label, now);
        Ok(ReadLabels {
            lease,
            document,
            findings: Findings::sample(),
            labels: vec![label],
            removed: Vec::new(),
            changes: vec![change],
            identity: None,
            event,
        })
    }
}

/// The outcome of the minimal findings.
pub(super) fn outcome() -> Outcome {
    Outcome { min_confidence: Some(0.5), ..Outcome::sample() }
}

/// A label that is not stored yet.
pub(super) fn unsaved(document: DocumentId, label: Label, now: Timestamp) -> StoredLabel {
    StoredLabel {
        id: LabelId(fresh_id()),
        document,
        version: 0,
        created_at: now,
        updated_at: now,
        ..StoredLabel::sample(label)
    }
}

/// The history entry of a label that was read.
pub(super) fn read(label: &StoredLabel, now: Timestamp) -> LabelChange {
    LabelChange {
        id: fresh_id(),
        document: label.document,
        label: label.id,
        field: label.label.field,
        act: LabelAct::Read,
        before: None,
        after: Some(LabelState::from(&label.label)),
        by: None,
        at: now,
    }
}
