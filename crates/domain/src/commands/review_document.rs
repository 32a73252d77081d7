//! A reviewer approves or rejects a document.

use std::sync::Arc;

use super::changing::{Target, change_document};
use crate::document::{Document, DocumentId};
use crate::event::{Event, Occurrence};
use crate::ports::{Clock, DocumentRepository, DocumentUpdate, JobsChange};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Approves or rejects a document that was processed, or was rejected or approved before.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::commands::Review;
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
/// let review = use_cases.review_document();
/// let approved = review.execute(&scope, samples::DOCUMENT, Review::Approve, Some(1)).await?;
/// assert_eq!((approved.status, approved.version), (DocumentStatus::Approved, 2));
///
/// let stale = review.execute(&scope, samples::DOCUMENT, Review::Reject, Some(1)).await;
/// assert_eq!(stale.unwrap_err().code(), "changed_meanwhile");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ReviewDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// When it happens.
    pub clock: Arc<dyn Clock>,
}

/// What a reviewer decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// The document is right as it is.
    Approve,
    /// It is not to be used.
    Reject,
}

impl ReviewDocument {
    /// Approves or rejects the document and answers with it as it is then. `expected_version` is
    /// the version that the caller has seen; `None` changes whichever is there.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::WrongDocumentStatus`], [`UseCaseError::Stale`],
    /// [`UseCaseError::Contended`], [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        document: DocumentId,
        review: Review,
        expected_version: Option<u64>,
    ) -> Result<Document, UseCaseError> {
        let target = Target::there(document, expected_version);
        change_document(&*self.documents, scope, target, |mut document| {
            let now = self.clock.now();
            let occurrence = match review {
                Review::Approve => document.approve(now).map(|()| Occurrence::DocumentApproved)?,
                Review::Reject => document.reject(now).map(|()| Occurrence::DocumentRejected)?,
            };
            let events = vec![Event::of(&document, occurrence, now)];
            Ok(DocumentUpdate { document, jobs: JobsChange::Keep, events })
        })
        .await
    }
}
