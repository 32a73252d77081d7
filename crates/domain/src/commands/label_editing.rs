//! What one person does with one label: the value is read and checked, and what follows from it for the document's
//! other labels and its outcome is written with it.

use std::sync::Arc;

use jiff::Timestamp;

use super::changing::TRIES;
use crate::document::{DocumentId, DocumentRecord};
use crate::event::{Event, Occurrence};
use crate::field::Field;
use crate::identity::new_id;
use crate::label::{LabelAct, LabelChange, LabelId, LabelState, StoredLabel};
use crate::ports::{Clock, DocumentRepository, InvoiceIdentity, LabelEdit, LabelRepository, RepositoryError};
use crate::reading::ReadingOptions;
use crate::scope::{Scope, UserId};
use crate::use_case_error::UseCaseError;

/// What the use cases need that edit labels.
#[derive(Clone)]
pub struct LabelEditing {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Where labels are kept.
    pub labels: Arc<dyn LabelRepository>,
    /// When labels are edited.
    pub clock: Arc<dyn Clock>,
    /// The options of readings, by which a document is decided anew.
    pub options: ReadingOptions,
}

/// Who edits, and whose documents.
pub(super) struct Editor<'a> {
    pub scope: &'a Scope,
    pub by: UserId,
}

/// A label as it shall be, and what was done with it.
pub(super) struct Edited {
    pub label: StoredLabel,
    pub act: LabelAct,
}

impl LabelEditing {
    /// Edits a label of a document as it is now, and again when somebody was faster.
    pub(super) async fn edit(
        &self,
        editor: Editor<'_>,
        document: DocumentId,
        change: impl Fn(&DocumentRecord, Timestamp) -> Result<Edited, UseCaseError> + Send + Sync,
    ) -> Result<StoredLabel, UseCaseError> {
        for _ in 0..TRIES {
            let record = self.record(editor.scope, document).await?;
            let now = self.clock.now();
            let edited = change(&record, now)?;
            let edit = self.concluded(&editor, record, edited, now).await?;
            match self.labels.save(editor.scope, &edit).await {
                Ok(kept) => return kept.ok_or(NOT_FOUND),
                Err(RepositoryError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(UseCaseError::Contended)
    }

    async fn record(&self, scope: &Scope, id: DocumentId) -> Result<DocumentRecord, UseCaseError> {
        // The document comes first: whoever changes a label from now on changes its version.
        let record = self.documents.show(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        let labels = self.labels.list(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        Ok(DocumentRecord { labels, ..record })
    }

    /// The edit with everything that follows from it.
    async fn concluded(
        &self,
        editor: &Editor<'_>,
        mut record: DocumentRecord,
        edited: Edited,
        now: Timestamp,
    ) -> Result<LabelEdit, UseCaseError> {
        let before = record.clone();
        let Edited { label, act } = edited;
        let id = label.id;
        record.labels.retain(|other| other.id != id);
        record.labels.push(label.clone());
        let invoice = record.identity();
        let first = self.first_of(editor.scope, &before, invoice.as_ref()).await?;
        let sure = self.options.sure();
        let invoice = invoice.as_ref();
        if let Some(findings) = record.findings.take() {
            let outdated = before.possible_reasons();
            let (outcome, findings) = record.conclude(findings, &outdated, invoice, first, sure);
            (record.document.outcome, record.findings) = (Some(outcome), Some(findings));
        } else {
            // Nobody decides about a document that was not read.
            record.check_together(&[], invoice, first, sure);
        }
        record.document.updated_at = now;
        let label = record.labels.iter().find(|other| other.id == id).cloned().unwrap_or(label);
        let others =
            record.labels.into_iter().filter(|other| other.id != id && !before.labels.contains(other));
        Ok(LabelEdit {
            event: Event::of(&record.document, occurrence(act, &label), now),
            change: history(&before, &label, act, editor.by, now),
            others: others.collect(),
            document: record.document,
            findings: record.findings.filter(|findings| before.findings.as_ref() != Some(findings)),
            label,
        })
    }

    /// The first document of the same invoice, which is looked for when it became another invoice by the edit.
    async fn first_of(
        &self,
        scope: &Scope,
        before: &DocumentRecord,
        invoice: Option<&InvoiceIdentity>,
    ) -> Result<Option<DocumentId>, UseCaseError> {
        let Some(invoice) = invoice else { return Ok(None) };
        match &before.document.outcome {
            Some(outcome) if before.identity().as_ref() == Some(invoice) => Ok(outcome.repeats),
            _ => Ok(self.documents.first_of(scope, invoice, before.document.id).await?),
        }
    }
}

fn history(
    before: &DocumentRecord,
    label: &StoredLabel,
    act: LabelAct,
    by: UserId,
    now: Timestamp,
) -> LabelChange {
    let state = |stored: &StoredLabel| stored.is_there().then(|| LabelState::from(&stored.label));
    LabelChange {
        id: new_id(now),
        document: label.document,
        label: label.id,
        field: label.label.field,
        act,
        before: before.labels.iter().find(|other| other.id == label.id).and_then(state),
        after: state(label),
        by: Some(by),
        at: now,
    }
}

const NOT_FOUND: UseCaseError = UseCaseError::NotFound { what: "label" };

const fn occurrence(act: LabelAct, label: &StoredLabel) -> Occurrence {
    let (label, field) = (label.id, label.label.field);
    match act {
        LabelAct::Added => Occurrence::LabelAdded { label, field },
        LabelAct::Deleted => Occurrence::LabelDeleted { label, field },
        LabelAct::Read | LabelAct::Corrected => Occurrence::LabelCorrected { label, field },
    }
}

/// A label of a record, deleted or not.
pub(super) fn label_of(record: &DocumentRecord, id: LabelId) -> Result<&StoredLabel, UseCaseError> {
    record.labels.iter().find(|label| label.id == id).ok_or(NOT_FOUND)
}

/// Refuses a field that another label has.
pub(super) fn is_free(
    record: &DocumentRecord,
    field: Field,
    except: Option<LabelId>,
) -> Result<(), UseCaseError> {
    let mut others = record.labels.iter().filter(|label| label.is_there() && Some(label.id) != except);
    if others.any(|label| label.label.field == field) { Err(UseCaseError::LabelExists) } else { Ok(()) }
}
