//! A document is to be read again, with the present model.

use std::sync::Arc;

use super::changing::{Target, change_document};
use crate::document::{Document, DocumentId};
use crate::identity::new_id;
use crate::job::{JobId, NewJob, Priority, Urgency};
use crate::ports::{Clock, DocumentRepository, DocumentUpdate, JobsChange};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Queues a job that reads a document once more.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// use fieldmark_domain::commands::ReprocessDocumentRequest;
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
/// let request = ReprocessDocumentRequest {
///     document: samples::DOCUMENT,
///     priority: Priority::default(),
///     expected_version: None,
/// };
/// let queued = use_cases.reprocess_document().execute(&scope, &request).await?;
/// assert_eq!(queued.document.status, DocumentStatus::Queued);
///
/// let error = use_cases.reprocess_document().execute(&scope, &request).await.unwrap_err();
/// assert_eq!(error.code(), "wrong_status");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ReprocessDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// How often the job may be begun before it is dead; 0 counts as 1.
    pub max_attempts: u32,
}

/// Which document to read again, and how soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReprocessDocumentRequest {
    /// The document.
    pub document: DocumentId,
    /// Before which other jobs.
    pub priority: Priority,
    /// The version that the caller has seen; `None` takes whichever is there.
    pub expected_version: Option<u64>,
}

/// A document that waits for a job.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuedDocument {
    /// The document.
    pub document: Document,
    /// The job.
    pub job: JobId,
}

impl ReprocessDocument {
    /// Queues the job.
    ///
    /// # Errors
    /// [`UseCaseError::NotFound`], [`UseCaseError::WrongDocumentStatus`] while a job waits for the
    /// document or reads it, [`UseCaseError::Stale`], [`UseCaseError::Contended`],
    /// [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &ReprocessDocumentRequest,
    ) -> Result<QueuedDocument, UseCaseError> {
        let target = Target::there(request.document, request.expected_version);
        let id = JobId(new_id(self.clock.now()));
        let urgency = Urgency { priority: request.priority, max_attempts: self.max_attempts };
        let document = change_document(&*self.documents, scope, target, |mut document| {
            let now = self.clock.now();
            document.queue(now)?;
            let job = NewJob { id, ..NewJob::to_process(&document, urgency, now) };
            Ok(DocumentUpdate { document, jobs: JobsChange::Add(job), events: Vec::new() })
        })
        .await?;
        Ok(QueuedDocument { document, job: id })
    }
}
