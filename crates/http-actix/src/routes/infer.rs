//! A file read while its sender waits.
//!
//! With `store=true` the file becomes a document, whose job goes before all others; a sender who waits longer than the
//! deadline gets the job instead, and the work goes on. With `store=false` nothing is kept, the answer included.

mod kept;
mod passing;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, Responder as _, web};
use fieldmark_domain::job::Job;
use fieldmark_report::names::DocumentStatusName;
use fieldmark_report::{ExtractionReport, JobReport};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::documents::{FileOutcome, idempotency_key};
use crate::addresses;
use crate::caller::Caller;
use crate::envelope::{Answer, Envelope};
use crate::openapi::described::{self, File};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::services::Services;
use crate::upload::{self, Upload};

/// What was read of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Inference)]
pub struct InferenceReport {
    /// The document's id; absent when it is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Uuid)]
    pub id: Option<String>,
    /// How far the document has come; absent when it is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<DocumentStatusName>)]
    pub status: Option<&'static str>,
    /// What was read.
    #[serde(flatten)]
    pub extraction: ExtractionReport,
}

/// What became of one of several files.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum InferenceOrJob {
    /// It was read.
    Read(Box<InferenceReport>),
    /// It is being read.
    Goes(Box<JobReport>),
}

/// A form with files to be read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it describes a form that is read part by part")]
pub struct InferenceForm {
    /// A PDF or an e-invoice in XML; several parts of this name are read one after the other.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
    /// The password of encrypted files; with `store=false` alone.
    #[schema(nullable = false)]
    password: Option<String>,
    /// As for documents; with `store=true` alone.
    #[schema(nullable = false, schema_with = described::metadata)]
    metadata: Option<String>,
    /// As for documents; with `store=true` alone.
    #[schema(nullable = false, schema_with = described::tags)]
    tags: Option<String>,
}

/// How a file is to be read.
struct Wishes {
    threshold: Option<f32>,
    store: bool,
    with_candidates: bool,
}

/// What came of reading a file while its sender waited.
enum Inferred {
    Read(Box<InferenceReport>),
    Goes(Box<Job>),
}

/// Reads a file while its sender waits.
///
/// With `store=true`, the default, the file is kept as a document; the same bytes a second time are answered from what
/// is kept, and `POST /documents/{id}/process` reads them anew. Beyond the deadline the answer is the job that goes on
/// (202). With `store=false` nothing is kept. Several files in one form give a list (207).
#[utoipa::path(
    post, path = addresses::INFER, tag = "inference", operation_id = "infer",
    params(
        ("confidence_threshold" = Option<f32>, Query, description = "The confidence from which on a field is given; that of the settings when not given. Kept documents are read with that of the settings, so that a lower one needs store=false", minimum = 0, maximum = 1, example = 0.5),
        ("store" = Option<bool>, Query, description = "Whether the file is kept as a document; true when not given"),
        ("candidates" = Option<bool>, Query, description = "Whether each field comes with the values that were not chosen"),
        ("Idempotency-Key" = Option<String>, Header, description = "By what a repeated request is known, 1 to 255 characters; for one file that is kept", min_length = 1, max_length = 255),
    ),
    request_body(content(
        (InferenceForm = "multipart/form-data"),
        (File = "application/pdf"),
        (File = "application/xml"),
    )),
    responses(
        (status = 200, description = "What was read", body = Envelope<InferenceReport>),
        (status = 202, description = "The deadline is over and the work goes on: its job", body = Envelope<JobReport>, headers(("Location" = String, description = "Where the job is"))),
        (status = 207, description = "Several files, each with its own status", body = Envelope<Vec<FileOutcome<InferenceOrJob>>>),
    )
)]
pub async fn infer(
    request: HttpRequest,
    caller: Caller,
    services: State,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let wishes = wishes(&request, &services)?;
    let _place = services.admission.inference()?;
    let key = idempotency_key(&request)?;
    let mut upload = upload::receive(&request, payload, &services.limits).await?;
    wishes.fit(&upload, key.as_deref())?;
    // A slow line takes nothing of the time in which the files are read.
    let clock = &services.use_cases.ports.clock;
    let begun = clock.monotonic();
    let is_one = upload.files.len() == 1;
    let mut outcomes = Vec::new();
    for file in std::mem::take(&mut upload.files) {
        let filename = file.filename.clone();
        let gone = clock.monotonic().saturating_sub(begun);
        let left = services.limits.infer_deadline.saturating_sub(gone);
        let inferred = if wishes.store {
            kept::infer(&services, &caller, &wishes, file, &upload, key.clone(), left).await
        } else {
            passing::infer(&services, &wishes, file, upload.password.clone(), left).await
        };
        if is_one {
            return Ok(answer(inferred?, &request));
        }
        outcomes.push(FileOutcome::of(filename, inferred.map(listed)));
    }
    Ok(Answer::ok(outcomes).status(StatusCode::MULTI_STATUS).respond_to(&request))
}

fn wishes(request: &HttpRequest, services: &Services) -> Result<Wishes, Problem> {
    let mut parameters = Parameters::of(request);
    let threshold = parameters
        .accepted("confidence_threshold", "a number from 0 to 1", |share: &f32| (0.0..=1.0).contains(share));
    let store = parameters.flag("store", true);
    let with_candidates = parameters.flag("candidates", false);
    let least = services.use_cases.options.reading.threshold;
    if store && threshold.is_some_and(|threshold| threshold < least) {
        parameters.refuse(
            "confidence_threshold",
            format!("below {least}, with which documents are kept, needs store=false"),
        );
    }
    parameters.finish()?;
    Ok(Wishes { threshold, store, with_candidates })
}

impl Wishes {
    /// Refuses what is said of files that are not kept, and passwords of files that are.
    fn fit(&self, upload: &Upload, key: Option<&str>) -> Result<(), Problem> {
        let refused = |part, message| Err(Problem::invalid_part(part, message));
        if key.is_some() && (!self.store || upload.files.len() > 1) {
            return refused("Idempotency-Key", "is for one file that is kept");
        }
        if self.store && upload.password.is_some() {
            return refused("password", "passwords are not kept: an encrypted file needs store=false");
        }
        if !self.store && !upload.tags.is_empty() {
            return refused("tags", "are kept with documents: store=true");
        }
        if !self.store && !upload.metadata.is_empty() {
            return refused("metadata", "is kept with documents: store=true");
        }
        Ok(())
    }
}

fn answer(inferred: Inferred, request: &HttpRequest) -> HttpResponse {
    match inferred {
        Inferred::Read(report) => {
            let location = report.id.as_ref().map(addresses::of_document);
            let answer = Answer::ok(report);
            match location {
                Some(location) => answer.header(LOCATION, &location).respond_to(request),
                None => answer.respond_to(request),
            }
        }
        Inferred::Goes(job) => {
            Answer::accepted(JobReport::from(job.as_ref()), &addresses::of_job(job.id)).respond_to(request)
        }
    }
}

fn listed(inferred: Inferred) -> (StatusCode, InferenceOrJob) {
    match inferred {
        Inferred::Read(report) => (StatusCode::OK, InferenceOrJob::Read(report)),
        Inferred::Goes(job) => {
            (StatusCode::ACCEPTED, InferenceOrJob::Goes(Box::new(JobReport::from(job.as_ref()))))
        }
    }
}
