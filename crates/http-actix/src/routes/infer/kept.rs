//! A file that becomes a document, whose job goes before all others.

use std::sync::Arc;
use std::time::Duration;

use actix_web::rt;
use fieldmark_domain::commands::{
    CancelJob, ReceiveDocumentRequest, ReprocessDocument, ReprocessDocumentRequest,
};
use fieldmark_domain::document::{Document, DocumentRecord, DocumentStatus};
use fieldmark_domain::job::{Job, JobId, JobQuery, JobStatus, Priority, Urgency};
use fieldmark_domain::listing::Window;
use fieldmark_domain::queries::{ListJobs, ShowDocument};
use fieldmark_domain::scope::Scope;
use fieldmark_domain::use_case_error::UseCaseError;
use fieldmark_report::ExtractionReport;
use tracing::Instrument as _;

use super::{InferenceReport, Inferred, Wishes};
use crate::caller::Caller;
use crate::identifiers::note_job;
use crate::problem::{Code, Problem};
use crate::routes::State;
use crate::routes::documents::receive;
use crate::services::Services;
use crate::upload::{Upload, UploadedFile};

/// How often a document is looked at that others change meanwhile.
const LOOKS: usize = 5;

/// Keeps a file, and waits for what is read of it.
pub(super) async fn infer(
    services: &State,
    caller: &Caller,
    wishes: &Wishes,
    file: UploadedFile,
    upload: &Upload,
    idempotency_key: Option<String>,
    left: Duration,
) -> Result<Inferred, Problem> {
    let urgency = Urgency { priority: Priority::AT_ONCE, max_attempts: services.limits.max_attempts };
    let filename = file.filename.clone();
    let file = ReceiveDocumentRequest {
        bytes: file.into_bytes().await?,
        filename,
        tags: upload.tags.clone(),
        metadata: upload.metadata.clone(),
        process: Some(urgency),
        max_bytes: services.limits.file_bytes,
        idempotency_key,
    };
    let received = receive(services, caller, &file).await?;
    let id = received.document.id;
    let own = received.job.map(|job| OwnJob::of(services, caller, job));
    let job = match received.job {
        Some(job) => Some(job),
        None => job_of(services, caller, &received.document, urgency).await?,
    };
    if let Some(job) = job {
        note_job(job);
        let job = services.wait_for_job(&caller.scope, job, left).await?;
        if let Some(own) = own {
            own.told();
        }
        if !job.status.is_over() {
            return Ok(Inferred::Goes(Box::new(job)));
        }
        succeeded(&job)?;
    }
    let record =
        ShowDocument { documents: Arc::clone(&services.documents) }.execute(&caller.scope, id).await?;
    report(&record, wishes)
}

/// A job that this request made. It is cancelled when its sender leaves before hearing of it: nobody waits for it, and
/// others do.
struct OwnJob {
    services: State,
    scope: Scope,
    job: JobId,
    is_told: bool,
}

impl OwnJob {
    fn of(services: &State, caller: &Caller, job: JobId) -> Self {
        Self { services: services.clone(), scope: caller.scope, job, is_told: false }
    }

    /// Its sender hears of it, or of what it came to.
    fn told(mut self) {
        self.is_told = true;
    }
}

impl Drop for OwnJob {
    fn drop(&mut self) {
        if self.is_told {
            return;
        }
        let cancel = CancelJob {
            jobs: Arc::clone(&self.services.jobs),
            documents: Arc::clone(&self.services.documents),
            clock: Arc::clone(&self.services.clock),
        };
        let (scope, job) = (self.scope, self.job);
        let cancelling = async move {
            if let Err(error) = cancel.execute(&scope, job).await {
                tracing::warn!("the job of a client who left cannot be cancelled: {error}");
            }
        };
        rt::spawn(cancelling.in_current_span());
    }
}

/// The job that reads a document which was there before; `None` when it was read.
pub(in crate::routes) async fn job_of(
    services: &Services,
    caller: &Caller,
    document: &Document,
    urgency: Urgency,
) -> Result<Option<JobId>, Problem> {
    let id = document.id;
    let mut status = document.status;
    for _ in 0..LOOKS {
        match status {
            DocumentStatus::Processed | DocumentStatus::Approved | DocumentStatus::Rejected => {
                return Ok(None);
            }
            DocumentStatus::Queued | DocumentStatus::Processing => {
                let statuses = vec![JobStatus::Queued, JobStatus::Running];
                let window = Window { limit: 1, offset: 0 };
                let query = JobQuery { statuses, document: Some(id), window, ..JobQuery::default() };
                let jobs =
                    ListJobs { jobs: Arc::clone(&services.jobs) }.execute(&caller.scope, &query).await?;
                if let Some(job) = jobs.items.first() {
                    return Ok(Some(job.id));
                }
            }
            DocumentStatus::Received | DocumentStatus::Failed => {
                let again = ReprocessDocument {
                    documents: Arc::clone(&services.documents),
                    clock: Arc::clone(&services.clock),
                };
                let request = ReprocessDocumentRequest { document: id, urgency, expected_version: None };
                match again.execute(&caller.scope, &request).await {
                    Ok(queued) => return Ok(Some(queued.job)),
                    // Somebody else was faster: there is a job to wait for.
                    Err(UseCaseError::WrongDocumentStatus(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        let show = ShowDocument { documents: Arc::clone(&services.documents) };
        status = show.execute(&caller.scope, id).await?.document.status;
    }
    Err(Problem::overloaded("changes of this document"))
}

/// Why a job that is over has read nothing.
fn succeeded(job: &Job) -> Result<(), Problem> {
    match (job.status, &job.error) {
        (JobStatus::Succeeded, _) => Ok(()),
        (JobStatus::Cancelled, _) => Err(Problem::new(Code::WrongStatus, "the job was cancelled")),
        (_, Some(failure)) => Err(failure.into()),
        (_, None) => Err(Problem::new(Code::InternalError, "the job failed")),
    }
}

/// What is kept of a document, as far as it is sure enough.
fn report(record: &DocumentRecord, wishes: &Wishes) -> Result<Inferred, Problem> {
    let Some(findings) = &record.findings else {
        return Err(Problem::new(Code::Contended, "the document was changed before it was read; try again"));
    };
    let least = wishes.threshold.unwrap_or(0.0);
    let labels = record.labels.iter().map(|stored| &stored.label).filter(|label| label.confidence >= least);
    let extraction = ExtractionReport::of(findings, labels, wishes.with_candidates);
    let (id, status) = (record.document.id.to_string(), record.document.status.name());
    Ok(Inferred::Read(Box::new(InferenceReport { id: Some(id), status: Some(status), extraction })))
}
