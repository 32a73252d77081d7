//! A document goes out of sight, until it is restored or purged.

use std::sync::Arc;

use jiff::Timestamp;

use super::changing::{Target, change_document};
use crate::document::{Document, DocumentId};
use crate::event::{Event, Occurrence};
use crate::ports::{Clock, DocumentRepository, DocumentUpdate, JobsChange};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Deletes a document so that it can be restored. Jobs that wait for it are cancelled, one that runs is asked to end.
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
/// let deleted = use_cases.delete_document().execute(&scope, samples::DOCUMENT, None).await?;
/// assert!(deleted.deleted_at.is_some());
///
/// let error = use_cases.show_document().execute(&scope, samples::DOCUMENT).await.unwrap_err();
/// assert_eq!(error.code(), "not_found");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DeleteDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl DeleteDocument {
    /// Deletes the document and answers with it as it is then.
    /// `expected_version` is the version that the caller has seen; `None` changes whichever is there.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        expected_version: Option<u64>,
    ) -> Result<Document, UseCaseError> {
        let target = Target::there(document, expected_version);
        change_document(&*self.documents, scope, target, |mut document| {
            let now = self.clock.now();
            withdraw_if_at_work(&mut document, now);
            document.delete(now);
            let events = vec![Event::of(&document, Occurrence::DocumentDeleted, now)];
            Ok(DocumentUpdate { document, jobs: JobsChange::Cancel, events })
        })
        .await
    }
}

/// Its job is cancelled with it, so that it must not wait for one once it is restored.
fn withdraw_if_at_work(document: &mut Document, now: Timestamp) {
    // Only a document without a job refuses, and that one is what it should be.
    document.withdraw(now).ok();
}
