//! A job's work: a document is read, and what was read is kept, once, however often the job is begun.
//!
//! It knows the order of things and which failures are the document's; how labels follow each other is
//! [`crate::label`]'s business, how a file is read is [`ExtractDocument`]'s.

use std::sync::Arc;
use std::time::Duration;

use super::changing::{TRIES, Target, change_document};
use super::settle_job::{JobOutcome, SettleJob, retried_or_dead};
use super::{ExtractDocument, ExtractError, ExtractRequest, Extracted};
use crate::document::{Document, Failure, WrongStatus};
use crate::identity::chance;
use crate::job::{ClaimedJob, JobEnd, Progress, RetryPolicy, after};
use crate::ports::{
    BlobError, BlobStore, DetectError, DocumentUpdate, JobsChange, LabelRepository, ReadError,
    RepositoryError,
};
use crate::reading::ReadingOptions;
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

mod merging;
#[cfg(test)]
mod tests;
mod what_was_read;

/// Reads the document of a claimed job.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # use fieldmark_testkit::{pdf_sketch::pdf, sketch_reader::SketchReader};
/// use fieldmark_domain::commands::{ExtractDocument, JobOutcome};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let bytes: Arc<[u8]> = Arc::from(pdf(&[&[("Total", 350.0, 400.0)]]));
/// # let size = bytes.len() as u64;
/// # let sha256 = use_cases.ports.blobs.put(bytes).await?;
/// # let document = Document { sha256, size, ..Document::sample(DocumentStatus::Queued) };
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let job = NewJob::to_process(&document, Urgency::default(), samples::NOW);
/// # let new = NewDocument { document, job: Some(job), event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// # let mut detector = MockFieldDetector::new();
/// # detector.expect_identity().returning(|| DetectorIdentity {
/// #     name: "none-1".to_owned(),
/// #     sha256: String::new(),
/// # });
/// # detector.expect_needs().returning(Needs::default);
/// # detector.expect_detect().returning(|pages| Ok(vec![Vec::new(); pages.len()]));
/// let extract = ExtractDocument {
///     reader: Arc::new(SketchReader),
///     detector: Arc::new(detector),
///     clock: Arc::new(SystemClock::new()),
/// };
/// let process = use_cases.process_document(extract);
/// let claimed = use_cases.claim_job().execute("worker 1").await?.unwrap();
/// let progress = Arc::new(Progress::default());
/// assert_eq!(process.execute(&claimed, &progress).await?, JobOutcome::Succeeded);
///
/// let record = use_cases.show_document().execute(&scope, claimed.job.document).await?;
/// assert_eq!(record.document.status, DocumentStatus::Processed);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ProcessDocument {
    /// Reads files.
    pub extract: ExtractDocument,
    /// Where labels are kept.
    pub labels: Arc<dyn LabelRepository>,
    /// Ends the job when the document is not read. Its documents and its clock are those of the
    /// reading, too.
    pub settle: SettleJob,
    /// Where the bytes are.
    pub blobs: Arc<dyn BlobStore>,
    /// When a failed attempt is tried again.
    pub retry: RetryPolicy,
    /// What of a reading is kept. Candidates always are.
    pub options: ReadingOptions,
    /// Whether e-invoices in the files are read.
    pub electronic_invoices: bool,
    /// After so long no more pages are looked at; `None` for as long as it takes.
    pub soft_limit: Option<Duration>,
}

/// Why an attempt did not come to its end.
enum AttemptError {
    /// The document is gone, or nobody wants it read any more.
    Withdrawn,
    /// Another worker has the job.
    LeaseLost,
    /// The document is to blame.
    Final(Failure),
    /// Something else is; it may be mended by itself.
    Passing(Failure),
}

impl ProcessDocument {
    /// Does the work and ends the job. `progress` has at any time the share that is done.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`] when not even the job's end could be noted; its lease runs out
    /// then, and it is recovered as a lost one. [`UseCaseError::Contended`] when others change the
    /// document all the time.
    pub async fn execute(
        &self,
        claimed: &ClaimedJob,
        progress: &Arc<Progress>,
    ) -> Result<JobOutcome, UseCaseError> {
        let end = match self.attempt(claimed, progress).await {
            Ok(()) => return Ok(JobOutcome::Succeeded),
            Err(AttemptError::LeaseLost) => return Ok(JobOutcome::LeaseLost),
            Err(AttemptError::Withdrawn) => JobEnd::Cancelled,
            Err(AttemptError::Final(failure)) => JobEnd::Failed(failure),
            Err(AttemptError::Passing(failure)) => {
                let now = self.settle.clock.now();
                let wait = self.retry.wait_after(claimed.job.attempts, chance(now));
                retried_or_dead(claimed, failure, after(now, wait))
            }
        };
        tracing::info!(job = %claimed.job.id, end = %end.status(), "a document was not read");
        self.settle.execute(claimed, end).await
    }

    async fn attempt(&self, claimed: &ClaimedJob, progress: &Arc<Progress>) -> Result<(), AttemptError> {
        let scope = Scope::owner(claimed.job.owner);
        let document = self.begin(&scope, claimed).await?;
        let extracted = self.extracted(&document, progress).await?;
        for _ in 0..TRIES {
            let read = self.what_was_read(&scope, claimed, &extracted).await?;
            match self.labels.replace(&scope, &read).await {
                Ok(()) => {
                    progress.reach(1.0);
                    return Ok(());
                }
                Err(RepositoryError::Stale | RepositoryError::RepeatsChanged) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(RepositoryError::Stale.into())
    }

    /// Notes that the document is being read.
    async fn begin(&self, scope: &Scope, claimed: &ClaimedJob) -> Result<Document, AttemptError> {
        let target = Target::there(claimed.job.document, None);
        let begun = change_document(&*self.settle.documents, scope, target, |mut document| {
            document.begin(self.settle.clock.now())?;
            Ok(DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() })
        });
        Ok(begun.await?)
    }

    async fn extracted(
        &self,
        document: &Document,
        progress: &Arc<Progress>,
    ) -> Result<Extracted, AttemptError> {
        let bytes = self.blobs.get(&document.sha256).await?.ok_or(BlobError::Missing)?;
        let request = ExtractRequest {
            sha256: Some(document.sha256.to_string()),
            electronic_invoices: self.electronic_invoices,
            deadline: self.soft_limit,
            options: ReadingOptions { with_candidates: true, ..self.options },
            progress: Some(Arc::clone(progress)),
            ..ExtractRequest::new(bytes)
        };
        Ok(self.extract.execute(request).await?)
    }
}

fn failure(code: &str, error: &dyn std::error::Error) -> Failure {
    Failure { code: code.to_owned(), message: error.to_string() }
}

/// A failure that is not the document's: its reason may name hosts, paths and accounts, and is for the log alone.
fn failure_of_service(code: &str, said: &str, error: &dyn std::error::Error) -> Failure {
    tracing::warn!(code, %error, "a document was not read");
    Failure { code: code.to_owned(), message: format!("{said}; the log says why") }
}

impl From<RepositoryError> for AttemptError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::LeaseLost => Self::LeaseLost,
            RepositoryError::Unavailable { .. } | RepositoryError::Failed { .. } => {
                Self::Passing(failure_of_service(error.code(), "the database failed", &error))
            }
            other => Self::Passing(failure(other.code(), &other)),
        }
    }
}

impl From<WrongStatus> for AttemptError {
    /// A job is at a document that waits for none when somebody deleted and restored it, or cancelled the job.
    fn from(_: WrongStatus) -> Self {
        Self::Withdrawn
    }
}

impl From<UseCaseError> for AttemptError {
    fn from(error: UseCaseError) -> Self {
        match error {
            UseCaseError::NotFound { .. } | UseCaseError::WrongDocumentStatus(_) => Self::Withdrawn,
            UseCaseError::Repository(error) => error.into(),
            other => Self::Passing(failure(other.code(), &other)),
        }
    }
}

impl From<BlobError> for AttemptError {
    fn from(error: BlobError) -> Self {
        let said = failure_of_service(error.code(), "the stored file could not be read", &error);
        // Damaged bytes stay so until the same come in again; rights that are missing may be given,
        // and a disk that is not mounted may be mounted.
        if matches!(error, BlobError::Damaged { .. }) { Self::Final(said) } else { Self::Passing(said) }
    }
}

impl From<ExtractError> for AttemptError {
    fn from(error: ExtractError) -> Self {
        let code = error.code();
        match &error {
            ExtractError::Read(read) if !read.is_transient() => Self::Final(failure(code, &error)),
            ExtractError::Read(ReadError::Unavailable { .. }) => {
                Self::Passing(failure_of_service(code, "files cannot be read at present", &error))
            }
            ExtractError::Detect(DetectError::Failed { .. }) => {
                Self::Passing(failure_of_service(code, "the model failed", &error))
            }
            ExtractError::Read(_) | ExtractError::Detect(_) => Self::Passing(failure(code, &error)),
        }
    }
}
