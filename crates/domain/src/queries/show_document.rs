//! One document with all that is known of it.

use std::sync::Arc;

use crate::document::{DocumentId, DocumentRecord};
use crate::ports::DocumentRepository;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows a document.
///
/// ```
/// # use std::sync::Arc;
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
/// let show = use_cases.show_document();
/// let record = show.execute(&scope, samples::DOCUMENT).await?;
/// assert_eq!(record.document.description.filename(), "invoice.pdf");
///
/// let another = Scope::owner(OwnerId::LOCAL);
/// let error = show.execute(&another, samples::DOCUMENT).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ShowDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
}

impl ShowDocument {
    /// The document with its labels and all that was read.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Repository`].
    pub async fn execute(&self, scope: &Scope, id: DocumentId) -> Result<DocumentRecord, UseCaseError> {
        self.documents.show(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)
    }
}
