//! Bytes that were there before: the answer is their document with its job, which is made where the
//! document was not read and is to be.

use std::sync::Arc;

use super::{Processing, ReceiveDocument, ReceivedDocument};
use crate::commands::changing::TRIES;
use crate::commands::{QueuedDocument, ReprocessDocument, ReprocessDocumentRequest};
use crate::document::{Document, DocumentId, DocumentStatus};
use crate::job::{JobId, JobQuery, JobStatus};
use crate::listing::Window;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Codes of failures that end when the bytes come in again.
const FILE_FAULTS: [&str; 2] = ["stored_file_damaged", "stored_file_missing"];

impl ReceiveDocument {
    /// The document with its job; `None` when it was deleted or erased meanwhile, so that the bytes
    /// may come in as a new document.
    pub(super) async fn there_before(
        &self,
        scope: &Scope,
        process: Option<Processing>,
        document: Document,
    ) -> Result<Option<ReceivedDocument>, UseCaseError> {
        let mut found = Some(document);
        for _ in 0..TRIES {
            let Some(document) = found else { return Ok(None) };
            if let Some(answered) = self.answered(scope, process, &document).await? {
                return Ok(Some(answered));
            }
            found = self.documents.find(scope, document.id).await?;
        }
        Err(UseCaseError::Contended)
    }

    /// The document with its job as it is now; `None` when somebody else changed it meanwhile.
    async fn answered(
        &self,
        scope: &Scope,
        process: Option<Processing>,
        document: &Document,
    ) -> Result<Option<ReceivedDocument>, UseCaseError> {
        if matches!(document.status, DocumentStatus::Queued | DocumentStatus::Processing) {
            let job = self.open_job(scope, document.id).await?;
            // A document that is only kept is answered as it is; one that is to be read has a job, or
            // its job has ended meanwhile.
            let is_answered = job.is_some() || process.is_none();
            return Ok(is_answered.then(|| answer(document.clone(), job, false)));
        }
        match process.filter(|wish| is_to_be_read(document, *wish)) {
            Some(processing) => self.queued(scope, document, processing).await,
            None => Ok(Some(answer(document.clone(), None, false))),
        }
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

    /// The document with a new job; `None` when somebody else changed it or took it away
    /// meanwhile.
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
            Err(
                UseCaseError::Stale | UseCaseError::WrongDocumentStatus(_) | UseCaseError::NotFound { .. },
            ) => Ok(None),
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
