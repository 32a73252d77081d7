//! What reading a sample document gave: one label, and little around it.

use fieldmark_domain::document::{Document, DocumentId, Outcome};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::extraction::{Decision, Findings, Provenance, Timing};
use fieldmark_domain::field::Field;
use fieldmark_domain::job::Lease;
use fieldmark_domain::label::{Label, LabelAct, LabelChange, LabelId, LabelState, Source, StoredLabel};
use fieldmark_domain::ports::{DetectorIdentity, ReadLabels, RepositoryError};
use fieldmark_domain::values::{FieldValue, Identifier};
use jiff::Timestamp;

use super::sample::{SampleOwner, fresh_id};

impl SampleOwner {
    /// A document was read under a lease, and has its first label.
    ///
    /// # Errors
    /// [`RepositoryError::Stale`] when nothing was reading it.
    pub fn reading(
        &self,
        lease: Lease,
        mut document: Document,
        now: Timestamp,
    ) -> Result<ReadLabels, RepositoryError> {
        document.finish(outcome(), now).map_err(|_| RepositoryError::Stale)?;
        let occurrence = Occurrence::DocumentProcessed { decision: "accept".to_owned() };
        let event = self.event(document.id, occurrence, now);
        let label = label(&document, now)?;
        let change = read(&label, now);
        Ok(ReadLabels {
            lease,
            document,
            findings: findings(),
            labels: vec![label],
            removed: Vec::new(),
            changes: vec![change],
            identity: None,
            event,
        })
    }
}

/// What little was read comes to.
pub(super) fn outcome() -> Outcome {
    Outcome {
        kind: None,
        currency: None,
        page_count: 1,
        decision: Decision::Accept,
        min_confidence: Some(0.5),
        repeats: None,
    }
}

/// What was read beside the label: almost nothing.
pub(super) fn findings() -> Findings {
    Findings {
        kind: None,
        kind_confidence: None,
        locale: None,
        currency: None,
        pages: Vec::new(),
        page_count: 1,
        tax: Vec::new(),
        lines: Vec::new(),
        electronic_invoice: None,
        checks: Vec::new(),
        decision: Decision::Accept,
        provenance: Provenance {
            file_sha256: None,
            model: DetectorIdentity { name: "made up".to_owned(), sha256: String::new() },
            rules: "1".into(),
            engine: "1".into(),
        },
        timing: Timing::default(),
    }
}

fn label(document: &Document, now: Timestamp) -> Result<StoredLabel, RepositoryError> {
    let number = Identifier::parse("INV-20417").map_err(|error| RepositoryError::Failed {
        reason: format!("the sample's invoice number is none: {error}"),
    })?;
    let label = Label {
        field: Field::InvoiceNumber,
        value: FieldValue::Identifier(number),
        currency: None,
        raw: "INV-20417".to_owned(),
        confidence: 0.5,
        source: Source::TextLayer,
        place: None,
        caption: None,
        checks: Vec::new(),
        candidates: Vec::new(),
    };
    Ok(unsaved(document.id, label, now))
}

/// A label that is not kept yet.
pub(super) fn unsaved(document: DocumentId, label: Label, now: Timestamp) -> StoredLabel {
    StoredLabel {
        id: LabelId(fresh_id()),
        document,
        label,
        reviewed_by: None,
        version: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}

/// That a label was read.
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
