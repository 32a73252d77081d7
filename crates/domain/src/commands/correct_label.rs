//! A person says something else than what was read.

use jiff::Timestamp;

use super::changing::is_expected;
use super::label_editing::{Edited, Editor, LabelEditing, is_free, label_of};
use super::said_by_person;
use crate::document::{DocumentId, DocumentRecord};
use crate::field::Field;
use crate::geometry::PageBox;
use crate::label::{Label, LabelAct, LabelId, StoredLabel};
use crate::scope::{Scope, UserId};
use crate::use_case_error::UseCaseError;

/// Corrects a label, or confirms it. What it said before stays in the history. One that was deleted is there again.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::field::Field;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::commands::CorrectLabelRequest;
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
/// let request = CorrectLabelRequest {
///     document: added.document,
///     label: added.id,
///     value: Some("2026-8".to_owned()),
///     field: None,
///     place: None,
///     by: UserId::LOCAL,
///     expected_version: Some(1),
/// };
/// let corrected = use_cases.correct_label().execute(&scope, &request).await?;
/// assert_eq!((corrected.label.value.to_string(), corrected.version), ("2026-8".to_owned(), 2));
///
/// let error = use_cases.correct_label().execute(&scope, &request).await.unwrap_err();
/// assert_eq!(error.code(), "changed_meanwhile");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CorrectLabel {
    /// Edits the label, and what follows from it.
    pub editing: LabelEditing,
}

/// What a label shall say; what is `None` stays. With nothing but `None` a person confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectLabelRequest {
    /// The label's document.
    pub document: DocumentId,
    /// The label.
    pub label: LabelId,
    /// Its value, as [`super::AddLabelRequest::value`] says.
    pub value: Option<String>,
    /// Its field, which has no other label. The value must be one of the field's kind.
    pub field: Option<Field>,
    /// Where it stands.
    pub place: Option<PageBox>,
    /// Who says so.
    pub by: UserId,
    /// The version of the label that the caller has seen; `None` for whichever is there.
    pub expected_version: Option<u64>,
}

impl CorrectLabel {
    /// Corrects the label and answers with it as it is kept.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Invalid`] for `value` that is none of the
    /// field's kind and for `box`, [`UseCaseError::LabelExists`], [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &CorrectLabelRequest,
    ) -> Result<StoredLabel, UseCaseError> {
        let editor = Editor { scope, by: request.by };
        self.editing.edit(editor, request.document, |record, now| corrected(record, request, now)).await
    }
}

fn corrected(
    record: &DocumentRecord,
    request: &CorrectLabelRequest,
    now: Timestamp,
) -> Result<Edited, UseCaseError> {
    let before = label_of(record, request.label)?;
    is_expected(before.version, request.expected_version)?;
    let field = request.field.unwrap_or(before.label.field);
    is_free(record, field, Some(before.id))?;
    if let Some(place) = &request.place {
        said_by_person::check_place(record, place)?;
    }
    let value = match &request.value {
        None if field.kind() == before.label.field.kind() => before.label.value.clone(),
        None => said_by_person::value(record, field, &before.label.value.to_string())?,
        Some(text) => said_by_person::value(record, field, text)?,
    };
    let said = said_by_person::label(record, field, value, request.place.or(before.label.place));
    // What the model saw stays, so that a reviewer may look at it again.
    let label = Label {
        raw: before.label.raw.clone(),
        caption: before.label.caption,
        candidates: if field == before.label.field { before.label.candidates.clone() } else { Vec::new() },
        ..said
    };
    let label = StoredLabel {
        label,
        reviewed_by: Some(request.by),
        updated_at: now,
        deleted_at: None,
        ..before.clone()
    };
    Ok(Edited { label, act: LabelAct::Corrected })
}
