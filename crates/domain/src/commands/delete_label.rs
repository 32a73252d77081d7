//! A person says that a document does not have what was read.

use super::changing::is_expected;
use super::label_editing::{Edited, Editor, LabelEditing, label_of};
use crate::document::DocumentId;
use crate::label::{LabelAct, LabelId, StoredLabel};
use crate::scope::{Scope, UserId};
use crate::use_case_error::UseCaseError;

/// Deletes a label. It is kept as a deleted one, so that reading the document again does not bring it back.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::field::Field;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::commands::DeleteLabelRequest;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// # let request = fieldmark_domain::commands::AddLabelRequest {
/// #     document: samples::DOCUMENT,
/// #     field: Field::InvoiceNumber,
/// #     value: "2026-7".to_owned(),
/// #     place: None,
/// #     by: UserId::LOCAL,
/// #     expected_version: None,
/// # };
/// # let added = use_cases.add_label().execute(&scope, &request).await?;
/// let request = DeleteLabelRequest {
///     document: added.document,
///     label: added.id,
///     by: UserId::LOCAL,
///     expected_version: None,
/// };
/// let deleted = use_cases.delete_label().execute(&scope, &request).await?;
/// assert!(deleted.deleted_at.is_some());
///
/// let error = use_cases.delete_label().execute(&scope, &request).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DeleteLabel {
    /// Edits the label, and what follows from it.
    pub editing: LabelEditing,
}

/// A label that is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteLabelRequest {
    /// The label's document.
    pub document: DocumentId,
    /// The label.
    pub label: LabelId,
    /// Who says so.
    pub by: UserId,
    /// The version of the label that the caller has seen; `None` for whichever is there.
    pub expected_version: Option<u64>,
}

impl DeleteLabel {
    /// Deletes the label and answers with it as it is kept.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`] also for a label that is deleted, [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &DeleteLabelRequest,
    ) -> Result<StoredLabel, UseCaseError> {
        let editor = Editor { scope, by: request.by };
        let change = self.editing.edit(editor, request.document, |record, now| {
            let before = label_of(record, request.label)?;
            if !before.is_there() {
                return Err(UseCaseError::NotFound { what: "label" });
            }
            is_expected(before.version, request.expected_version)?;
            let label = StoredLabel {
                reviewed_by: Some(request.by),
                updated_at: now,
                deleted_at: Some(now),
                ..before.clone()
            };
            Ok(Edited { label, act: LabelAct::Deleted })
        });
        change.await
    }
}
