//! A document's labels.

use std::sync::Arc;

use crate::document::DocumentId;
use crate::label::StoredLabel;
use crate::ports::LabelRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Lists the labels of a document.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::field::Field;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
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
/// let labels = use_cases.list_labels().execute(&scope, samples::DOCUMENT).await?;
/// assert_eq!(labels, [added]);
///
/// let another = Scope::owner(OwnerId::LOCAL);
/// let error = use_cases.list_labels().execute(&another, samples::DOCUMENT).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ListLabels {
    /// Where labels are kept.
    pub labels: Arc<dyn LabelRepository>,
}

impl ListLabels {
    /// The labels in the order of [`crate::field::Field::ALL`], with their candidates, without those that people deleted.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
    ) -> Result<Vec<StoredLabel>, UseCaseError> {
        let labels = self.labels.list(scope, document).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        Ok(labels.into_iter().filter(|label| label.deleted_at.is_none()).collect())
    }
}
