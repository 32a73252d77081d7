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
