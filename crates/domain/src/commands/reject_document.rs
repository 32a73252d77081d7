//! A reviewer rejects a document.

use std::sync::Arc;

use super::changing::{Target, change_document};
use crate::document::{Document, DocumentId};
use crate::event::{Event, Occurrence};
use crate::ports::{Clock, DocumentRepository, DocumentUpdate, JobsChange};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Rejects a document that was processed, or approved before.
#[derive(Clone)]
pub struct RejectDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl RejectDocument {
    /// Rejects the document and answers with it as it is then.
    /// `expected_version` is the version that the caller has seen; `None` changes whichever is there.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::WrongDocumentStatus`], [`UseCaseError::Stale`],
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
            document.reject(now)?;
            let events = vec![Event::of(&document, Occurrence::DocumentRejected, now)];
            Ok(DocumentUpdate { document, jobs: JobsChange::Keep, events })
        })
        .await
    }
}
