//! A file that becomes a document, whose job goes before all others.

use std::time::Duration;

use actix_web::rt;
use fieldmark_domain::commands::{Processing, ReceiveDocumentRequest};
use fieldmark_domain::document::DocumentRecord;
use fieldmark_domain::job::{Job, JobId, JobStatus, Priority};
use fieldmark_domain::scope::Scope;
use fieldmark_report::ExtractionReport;
use tracing::Instrument as _;

use super::{InferenceReport, Inferred, Wishes};
use crate::caller::Caller;
use crate::problem::{Code, Problem};
use crate::routes::State;
use crate::routes::documents::receive;
use crate::upload::{Upload, UploadedFile};

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
    let filename = file.filename.clone();
    let file = ReceiveDocumentRequest {
        bytes: file.into_bytes().await?,
        filename,
        tags: upload.tags.clone(),
        metadata: upload.metadata.clone(),
        process: Some(Processing { priority: Priority::AT_ONCE, retry_failed: true }),
        idempotency_key,
    };
    let received = receive(services, caller, &file).await?;
    if let Some(job) = received.job {
        let own = received.is_job_new.then(|| OwnJob::of(services, caller, job));
        let job = services.wait_for_job(&caller.scope, job, left).await?;
        if let Some(own) = own {
            own.told();
        }
        if !job.status.is_over() {
            return Ok(Inferred::Goes(Box::new(job)));
        }
        succeeded(&job)?;
    }
    let show = services.use_cases.show_document();
    let record = show.execute(&caller.scope, received.document.id).await?;
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
        let cancel = self.services.use_cases.cancel_job();
        let (scope, job) = (self.scope, self.job);
        let cancelling = async move {
            if let Err(error) = cancel.execute(&scope, job).await {
                tracing::warn!("the job of a client who left cannot be cancelled: {error}");
            }
        };
        rt::spawn(cancelling.in_current_span());
    }
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
