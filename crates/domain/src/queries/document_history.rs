//! What was done with a document's labels.

use std::sync::Arc;

use super::window;
use crate::document::DocumentId;
use crate::label::LabelChange;
use crate::listing::{Listing, Window};
use crate::ports::LabelRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows who said what of a document's labels, and when.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::field::Field;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::label::LabelAct;
/// use fieldmark_domain::listing::Window;
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
/// let history = use_cases.document_history();
/// let changes = history.execute(&scope, samples::DOCUMENT, Window::default()).await?;
/// assert_eq!(changes.total, 1);
/// let change = &changes.items[0];
/// assert_eq!((change.act, change.by), (LabelAct::Added, Some(UserId::LOCAL)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DocumentHistory {
    /// Where labels are kept.
    pub labels: Arc<dyn LabelRepository>,
}

impl DocumentHistory {
    /// A part of the history, the newest first.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Invalid`] for `limit` (1 to 100), [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        window: Window,
    ) -> Result<Listing<LabelChange>, UseCaseError> {
        window::check(window)?;
        self.labels.history(scope, document, window).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)
    }
}
