//! A file comes in: its bytes are kept, then the document, with the job that will read it.

use std::sync::Arc;

use super::change_document::parse_tags;
use super::changing::TRIES;
use crate::blob::Sha256;
use crate::document::{Description, Document, DocumentId, DocumentStatus, Metadata};
use crate::event::{Event, Occurrence};
use crate::identity::new_id;
use crate::job::{JobId, NewJob, Priority, Urgency};
use crate::media_type::MediaType;
use crate::ports::{
    BlobError, BlobStore, Clock, Created, DocumentReader, DocumentRepository, IdempotencyKey, JobRepository,
    NewDocument, ReadError, RepositoryError,
};
use crate::scope::{OwnerId, Scope};
use crate::use_case_error::UseCaseError;

#[cfg(test)]
mod tests;
mod there_before;

/// How often bytes are stored anew that an erasure takes away.
const PUTS: usize = 3;
/// The longest idempotency key, in characters.
const LONGEST_KEY: usize = 255;

/// Receives a file.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # use fieldmark_testkit::{pdf_sketch::pdf, sketch_reader::SketchReader};
/// use fieldmark_domain::commands::{Processing, ReceiveDocumentRequest};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// let reader = Arc::new(SketchReader);
/// let mut request = ReceiveDocumentRequest {
///     bytes: Arc::from(pdf(&[&[("Total", 350.0, 400.0)]])),
///     filename: "invoice.pdf".to_owned(),
///     tags: Vec::new(),
///     metadata: Metadata::new(),
///     process: Some(Processing { priority: Priority::default(), retry_failed: false }),
///     idempotency_key: None,
/// };
/// let receive = use_cases.receive_document(reader);
/// let received = receive.execute(&scope, &request).await?;
/// assert!(received.is_job_new && !received.was_there);
/// assert!(receive.execute(&scope, &request).await?.was_there);
///
/// request.bytes = Arc::from(*b"GIF89a");
/// let error = receive.execute(&scope, &request).await.unwrap_err();
/// assert_eq!(error.code(), "unsupported_media_type");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ReceiveDocument {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Where their bytes are.
    pub blobs: Arc<dyn BlobStore>,
    /// Where the job of a document is found that was there before.
    pub jobs: Arc<dyn JobRepository>,
    /// Tells which files can be read.
    pub reader: Arc<dyn DocumentReader>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// The largest file that is taken, in bytes.
    pub max_file_bytes: u64,
    /// How often a job may be begun before it is dead; 0 counts as 1.
    pub max_attempts: u32,
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processing {
    /// Before which other jobs.
    pub priority: Priority,
    /// Whether a document that was there before and failed is read again whatever it failed for.
    /// Without it that happens only where the failure was its missing or damaged bytes, which have
    /// now come in again.
    pub retry_failed: bool,
}

/// A file that comes in.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiveDocumentRequest {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Its name, perhaps with a path.
    pub filename: String,
    /// Words by which its owner finds it again.
    pub tags: Vec<String>,
    /// What its owner notes about it.
    pub metadata: Metadata,
    /// How it is to be read; `None` when it is only kept.
    pub process: Option<Processing>,
    /// By what a repeated request is known, 1 to 255 characters.
    pub idempotency_key: Option<String>,
}

impl std::fmt::Debug for ReceiveDocumentRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ReceiveDocumentRequest")
            .field("bytes", &self.bytes.len())
            .field("filename", &self.filename)
            .field("process", &self.process)
            .field("idempotency_key", &self.idempotency_key)
            .finish_non_exhaustive()
    }
}

/// A document that came in, or that was there before.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedDocument {
    /// The document.
    pub document: Document,
    /// The job that will read it or reads it now; `None` when it was read or failed before, or is
    /// only kept.
    pub job: Option<JobId>,
    /// Whether this call made the job.
    pub is_job_new: bool,
    /// Whether the same bytes of the same owner were there, or the same request had come before.
    pub was_there: bool,
}

impl ReceiveDocument {
    /// Keeps the file, or answers with the document that has the same bytes, and with its job. A
    /// document that was there and was not read is queued when the request wants it read. Where its
    /// stored bytes were damaged or missing they are whole again.
    ///
    /// # Errors
    /// [`UseCaseError::Contended`] when others change the document that was there all the time, or
    /// delete it each time,
    /// [`UseCaseError::Read`] for a file that is empty, too large or of no kind that is read,
    /// [`UseCaseError::Invalid`] for `filename`, `tags`, `metadata` or `idempotency_key`,
    /// [`UseCaseError::IdempotencyKeyReused`], [`UseCaseError::Storage`],
    /// [`UseCaseError::Repository`]; the last one also for a scope of more than one owner.
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &ReceiveDocumentRequest,
    ) -> Result<ReceivedDocument, UseCaseError> {
        let owner = scope.only().ok_or_else(no_owner)?;
        let media_type = self.media_type(request)?;
        let description = described(request)?;
        for _ in 0..TRIES {
            let received = self.received(scope, request, |sha256| {
                self.new_document(request, owner, media_type, description.clone(), sha256)
            });
            if let Some(received) = received.await? {
                return Ok(received);
            }
        }
        Err(UseCaseError::Contended)
    }

    /// The document that came in or was there before; `None` when the one that was there was deleted
    /// or erased meanwhile.
    async fn received(
        &self,
        scope: &Scope,
        request: &ReceiveDocumentRequest,
        new_document: impl Fn(Sha256) -> NewDocument + Send + Sync,
    ) -> Result<Option<ReceivedDocument>, UseCaseError> {
        for _ in 0..PUTS {
            // Bytes without a document do no harm: when the database fails now, the same upload finds them later.
            let sha256 = self.blobs.put(Arc::clone(&request.bytes)).await?;
            let new = new_document(sha256);
            match self.documents.create(scope, &new).await? {
                Created::New => {
                    // The document is kept in any case; its job waits for the bytes as long as it is tried.
                    if let Err(error) = self.keep_bytes(request, &sha256).await {
                        tracing::warn!(document = %new.document.id, %error, "its bytes may be missing");
                    }
                    let job = new.job.map(|job| job.id);
                    let is_job_new = job.is_some();
                    let document = new.document;
                    return Ok(Some(ReceivedDocument { document, job, is_job_new, was_there: false }));
                }
                Created::Existing(document) => {
                    return self.there_before(scope, request.process, *document).await;
                }
                Created::KeyReused => return Err(UseCaseError::IdempotencyKeyReused),
                // Whoever erases them deletes them and then says so; deleting them here could take them away from
                // somebody who stores them anew in between.
                Created::BytesErased => {}
            }
        }
        let reason = "the same bytes are being erased".to_owned();
        Err(BlobError::Unavailable { reason }.into())
    }

    fn media_type(&self, request: &ReceiveDocumentRequest) -> Result<MediaType, ReadError> {
        let size = request.bytes.len() as u64;
        if size > self.max_file_bytes {
            let reason = format!("it has {size} bytes, and {} are allowed", self.max_file_bytes);
            return Err(ReadError::TooLarge { reason });
        }
        self.reader.media_type(&request.bytes)
    }

    fn new_document(
        &self,
        request: &ReceiveDocumentRequest,
        owner: OwnerId,
        media_type: MediaType,
        description: Description,
        sha256: Sha256,
    ) -> NewDocument {
        let now = self.clock.now();
        let status =
            if request.process.is_some() { DocumentStatus::Queued } else { DocumentStatus::Received };
        let document = Document {
            id: DocumentId(new_id(now)),
            owner,
            description,
            media_type,
            size: request.bytes.len() as u64,
            sha256,
            status,
            outcome: None,
            failure: None,
            version: 1,
            created_at: now,
            updated_at: now,
            processed_at: None,
            deleted_at: None,
        };
        NewDocument {
            job: request.process.map(|processing| {
                let urgency = Urgency { priority: processing.priority, max_attempts: self.max_attempts };
                NewJob::to_process(&document, urgency, now)
            }),
            event: Event::of(&document, Occurrence::DocumentReceived, now),
            // Names and tags are not compared: who repeats a key with the same file means the same upload.
            idempotency: request.idempotency_key.clone().map(|key| IdempotencyKey { key, request: sha256 }),
            document,
        }
    }

    /// An erasure that ended between the storing and the creation has taken the bytes with it.
    async fn keep_bytes(
        &self,
        request: &ReceiveDocumentRequest,
        sha256: &Sha256,
    ) -> Result<(), UseCaseError> {
        if !self.blobs.contains(sha256).await? {
            self.blobs.put(Arc::clone(&request.bytes)).await?;
        }
        Ok(())
    }
}

fn no_owner() -> UseCaseError {
    let reason = "a document that comes in has one owner".to_owned();
    UseCaseError::Repository(RepositoryError::Failed { reason })
}

fn described(request: &ReceiveDocumentRequest) -> Result<Description, UseCaseError> {
    let key_length = request.idempotency_key.as_ref().map(|key| key.chars().count());
    if key_length.is_some_and(|length| length == 0 || length > LONGEST_KEY) {
        let message = format!("an idempotency key is 1 to {LONGEST_KEY} characters");
        return Err(UseCaseError::invalid("idempotency_key", message));
    }
    let tags = parse_tags(&request.tags)?.into_iter().collect();
    let description = Description::of_upload(&request.filename)?.with_tags(tags)?;
    Ok(description.with_metadata(request.metadata.clone())?)
}
