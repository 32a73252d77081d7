//! A person says what the reading did not find.

use super::changing::is_expected;
use super::label_editing::{Edited, Editor, LabelEditing, is_free};
use super::said_by_person;
use crate::document::DocumentId;
use crate::field::Field;
use crate::geometry::PageBox;
use crate::identity::new_id;
use crate::label::{LabelAct, LabelId, StoredLabel};
use crate::scope::{Scope, UserId};
use crate::use_case_error::UseCaseError;

/// Adds a label to a document.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::commands::AddLabelRequest;
/// use fieldmark_domain::field::Field;
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
/// let request = AddLabelRequest {
///     document: samples::DOCUMENT,
///     field: Field::InvoiceDate,
///     value: "2026-03-01".to_owned(),
///     place: None,
///     by: UserId::LOCAL,
///     expected_version: None,
/// };
/// let label = use_cases.add_label().execute(&scope, &request).await?;
/// assert_eq!((label.version, label.label.confidence), (1, 1.0));
///
/// let error = use_cases.add_label().execute(&scope, &request).await.unwrap_err();
/// assert_eq!(error.code(), "label_exists");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AddLabel {
    /// Edits the label, and what follows from it.
    pub editing: LabelEditing,
}

/// A label that is to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct AddLabelRequest {
    /// The document.
    pub document: DocumentId,
    /// The field, which has no label yet.
    pub field: Field,
    /// Its value: a date as ISO 8601 writes it or as the document does, an amount with a decimal point or as the
    /// document writes it, anything else as it is printed.
    pub value: String,
    /// Where it stands.
    pub place: Option<PageBox>,
    /// Who says so.
    pub by: UserId,
    /// The version of the document that the caller has seen; `None` for whichever is there.
    pub expected_version: Option<u64>,
}

impl AddLabel {
    /// Adds the label and answers with it as it is kept.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Invalid`] for `value` that is none of the
    /// field's kind and for `box`, [`UseCaseError::LabelExists`], [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &AddLabelRequest,
    ) -> Result<StoredLabel, UseCaseError> {
        let editor = Editor { scope, by: request.by };
        let change = self.editing.edit(editor, request.document, |record, now| {
            is_expected(record.document.version, request.expected_version)?;
            is_free(record, request.field, None)?;
            if let Some(place) = &request.place {
                said_by_person::check_place(record, place)?;
            }
            let value = said_by_person::value(record, request.field, &request.value)?;
            let label = StoredLabel {
                id: LabelId(new_id(now)),
                document: request.document,
                label: said_by_person::label(record, request.field, value, request.place),
                reviewed_by: Some(request.by),
                version: 0,
                created_at: now,
                updated_at: now,
                deleted_at: None,
            };
            Ok(Edited { label, act: LabelAct::Added })
        });
        change.await
    }
}
