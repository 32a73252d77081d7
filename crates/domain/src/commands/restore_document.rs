//! A deleted document is there again.

use std::sync::Arc;

use super::changing::{Target, change_document};
use crate::document::{Document, DocumentId};
use crate::event::{Event, Occurrence};
use crate::ports::{Clock, DocumentRepository, DocumentUpdate, JobsChange};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Restores a deleted document as it was.
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
/// use_cases.delete_document().execute(&scope, samples::DOCUMENT, None).await?;
/// let restore = use_cases.restore_document();
/// assert_eq!(restore.execute(&scope, samples::DOCUMENT, None).await?.deleted_at, None);
///
/// let error = restore.execute(&scope, samples::DOCUMENT, None).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RestoreDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl RestoreDocument {
    /// Restores the document and answers with it as it is then.
    /// `expected_version` is the version that the caller has seen; `None` changes whichever is there.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`] also for one that is not deleted, [`UseCaseError::AlreadyExists`]
    /// when the same bytes have come in again meanwhile, [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        expected_version: Option<u64>,
    ) -> Result<Document, UseCaseError> {
        let target = Target::deleted(document, expected_version);
        change_document(&*self.documents, scope, target, |mut document| {
            let now = self.clock.now();
            document.restore(now);
            let events = vec![Event::of(&document, Occurrence::DocumentRestored, now)];
            Ok(DocumentUpdate { document, jobs: JobsChange::Keep, events })
        })
        .await
    }
}
