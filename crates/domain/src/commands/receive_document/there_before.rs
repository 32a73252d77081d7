//! Bytes that were there before: the answer is their document with its job, which is made where the
//! document was not read and is to be.

use std::sync::Arc;

use super::{Processing, ReceiveDocument, ReceiveDocumentRequest, ReceivedDocument};
use crate::commands::{QueuedDocument, ReprocessDocument, ReprocessDocumentRequest};
use crate::document::{Document, DocumentId, DocumentStatus};
use crate::job::{JobId, JobQuery, JobStatus};
use crate::listing::Window;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How often a document is looked at that others change meanwhile.
const LOOKS: usize = 5;
/// Codes of failures that end when the bytes come in again.
const FILE_FAULTS: [&str; 2] = ["stored_file_damaged", "stored_file_missing"];

impl ReceiveDocument {
    pub(super) async fn there_before(
        &self,
        scope: &Scope,
        request: &ReceiveDocumentRequest,
        mut document: Document,
    ) -> Result<ReceivedDocument, UseCaseError> {
        for _ in 0..LOOKS {
            let answered = if matches!(document.status, DocumentStatus::Queued | DocumentStatus::Processing) {
                self.with_open_job(scope, &document).await?
            } else if let Some(processing) = request.process.filter(|wish| is_to_be_read(&document, *wish)) {
                self.queued(scope, &document, processing).await?
            } else {
                Some(answer(document.clone(), None, false))
            };
            if let Some(answered) = answered {
                return Ok(answered);
            }
            let found = self.documents.find(scope, document.id).await?;
            document = found.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        }
        Err(UseCaseError::Contended)
    }

    /// The document with the job that waits for it or reads it; `None` when the job has ended
    /// meanwhile.
    async fn with_open_job(
        &self,
        scope: &Scope,
        document: &Document,
    ) -> Result<Option<ReceivedDocument>, UseCaseError> {
        let job = self.open_job(scope, document.id).await?;
        Ok(job.map(|job| answer(document.clone(), Some(job), false)))
    }

    async fn open_job(&self, scope: &Scope, document: DocumentId) -> Result<Option<JobId>, UseCaseError> {
        let query = JobQuery {
            statuses: vec![JobStatus::Queued, JobStatus::Running],
            document: Some(document),
            window: Window { limit: 1, offset: 0 },
            without_total: true,
            ..JobQuery::default()
        };
        Ok(self.jobs.list(scope, &query).await?.items.first().map(|job| job.id))
    }

    /// The document with a new job; `None` when somebody else changed it meanwhile.
    async fn queued(
        &self,
        scope: &Scope,
        document: &Document,
        processing: Processing,
    ) -> Result<Option<ReceivedDocument>, UseCaseError> {
        let reprocess = ReprocessDocument {
            documents: Arc::clone(&self.documents),
            clock: Arc::clone(&self.clock),
            max_attempts: self.max_attempts,
        };
        let request = ReprocessDocumentRequest {
            document: document.id,
            priority: processing.priority,
            expected_version: Some(document.version),
        };
        match reprocess.execute(scope, &request).await {
            Ok(QueuedDocument { document, job }) => Ok(Some(answer(document, Some(job), true))),
            Err(UseCaseError::Stale | UseCaseError::WrongDocumentStatus(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn answer(document: Document, job: Option<JobId>, is_job_new: bool) -> ReceivedDocument {
    ReceivedDocument { document, job, is_job_new, was_there: true }
}

fn is_to_be_read(document: &Document, processing: Processing) -> bool {
    match document.status {
        DocumentStatus::Received => true,
        DocumentStatus::Failed => processing.retry_failed || failed_for_its_bytes(document),
        DocumentStatus::Queued
        | DocumentStatus::Processing
        | DocumentStatus::Processed
        | DocumentStatus::Approved
        | DocumentStatus::Rejected => false,
    }
}

fn failed_for_its_bytes(document: &Document) -> bool {
    document.failure.as_ref().is_some_and(|failure| FILE_FAULTS.contains(&failure.code.as_str()))
}
