//! Documents on their way in.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::{HttpRequest, HttpResponse, Responder as _, web};
use fieldmark_domain::commands::{Processing, ReceiveDocumentRequest, ReceivedDocument};
use fieldmark_domain::job::Priority;
use fieldmark_report::{DocumentReport, ErrorReport};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::addresses;
use crate::caller::Caller;
use crate::envelope::{Answer, Envelope};
use crate::identifiers::{note_document, note_job};
use crate::openapi::described::{self, File};
use crate::parameters::Parameters;
use crate::problem::{Code, Problem};
use crate::routes::State;
use crate::services::Services;
use crate::upload::{self, Upload};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A document that came in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReceivedDocument)]
pub struct ReceivedReport {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentReport,
    /// The job that reads it or will read it; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Uuid)]
    pub job_id: Option<String>,
}

/// What became of one of several files.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileOutcome<T> {
    /// The file's name, as it was given.
    pub filename: String,
    /// The HTTP status that the file alone would have had.
    #[schema(example = 201)]
    pub status: u16,
    /// What it came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub data: Option<T>,
    /// Why it was not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub error: Option<ErrorReport>,
}

impl<T> FileOutcome<T> {
    /// The outcome of a file.
    pub fn of(filename: String, outcome: Result<(StatusCode, T), Problem>) -> Self {
        use actix_web::ResponseError as _;
        match outcome {
            Ok((status, data)) => Self { filename, status: status.as_u16(), data: Some(data), error: None },
            Err(problem) => {
                let error = ErrorReport {
                    code: problem.code().name().to_owned(),
                    message: problem.message().to_owned(),
                };
                Self { filename, status: problem.status_code().as_u16(), data: None, error: Some(error) }
            }
        }
    }
}

/// A form with files.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it describes a form that is read part by part")]
pub struct DocumentForm {
    /// A PDF or an e-invoice in XML; several parts of this name, up to 100, are several documents.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
    /// What their owner notes about them: a JSON object of texts.
    #[schema(nullable = false, schema_with = described::metadata)]
    metadata: Option<String>,
    /// Words by which their owner finds them again, with commas between or as a JSON array.
    #[schema(nullable = false, schema_with = described::tags)]
    tags: Option<String>,
}

/// Keeps files, and queues them for reading.
///
/// The same bytes a second time give the first document (200). Several files in one form give a list (207), in which
/// each has the status that it would have had alone.
#[utoipa::path(
    post, path = addresses::DOCUMENTS, tag = "documents", operation_id = "create_documents",
    params(
        ("process" = Option<bool>, Query, description = "Whether a job is queued that reads it; true when not given"),
        ("Idempotency-Key" = Option<String>, Header, description = "By what a repeated request is known, 1 to 255 characters; for one file", nullable = false, min_length = 1, max_length = 255),
    ),
    request_body(content(
        (DocumentForm = "multipart/form-data"),
        (File = "application/pdf"),
        (File = "application/xml"),
    )),
    responses(
        (status = 201, description = "The document is kept", body = Envelope<ReceivedReport>, headers(("Location" = String, description = "Where the document is"), ("ETag" = String, description = "Its version"))),
        (status = 200, description = "The same bytes were there before", body = Envelope<ReceivedReport>),
        (status = 207, description = "Several files, each with its own status", body = Envelope<Vec<FileOutcome<ReceivedReport>>>),
    )
)]
pub async fn create(
    request: HttpRequest,
    caller: Caller,
    services: State,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let mut parameters = Parameters::of(&request);
    let process = parameters.flag("process", true);
    parameters.finish()?;
    let _place = services.admission.upload()?;
    let key = idempotency_key(&request)?;
    let Upload { files, tags, metadata, password, is_form } =
        upload::receive(&request, payload, &services.limits).await?;
    if password.is_some() {
        let message = "passwords are not kept, so that encrypted files are read by /infer?store=false alone";
        return Err(Problem::invalid_part("password", message));
    }
    if key.is_some() && files.len() > 1 {
        return Err(Problem::invalid_part("Idempotency-Key", "is for one file"));
    }
    let process = process.then(|| Processing { priority: Priority::default(), retry_failed: false });
    let mut outcomes = Vec::new();
    let is_one = !is_form || files.len() == 1;
    for file in files {
        let filename = file.filename.clone();
        let file = ReceiveDocumentRequest {
            bytes: file.into_bytes().await?,
            filename: filename.clone(),
            tags: tags.clone(),
            metadata: metadata.clone(),
            process,
            idempotency_key: key.clone(),
        };
        let received = receive(&services, &caller, &file).await;
        if is_one {
            return Ok(answer(&received?).respond_to(&request));
        }
        let outcome = received.map(|received| (status(&received), ReceivedReport::from(&received)));
        outcomes.push(FileOutcome::of(filename, outcome));
    }
    Ok(Answer::ok(outcomes).status(StatusCode::MULTI_STATUS).respond_to(&request))
}

/// Keeps one file; the log's lines carry its document and job.
pub async fn receive(
    services: &Services,
    caller: &Caller,
    file: &ReceiveDocumentRequest,
) -> Result<ReceivedDocument, Problem> {
    let received = services.receive_document().execute(&caller.scope, file).await?;
    note_document(received.document.id);
    if let Some(job) = received.job {
        note_job(job);
    }
    Ok(received)
}

/// The key of a request that may be repeated.
pub fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let unreadable = || Problem::new(Code::InvalidHeader, "Idempotency-Key must be ASCII");
    Ok(Some(value.to_str().map_err(|_| unreadable())?.to_owned()))
}

const fn status(received: &ReceivedDocument) -> StatusCode {
    if received.was_there { StatusCode::OK } else { StatusCode::CREATED }
}

fn answer(received: &ReceivedDocument) -> Answer<ReceivedReport> {
    let location = addresses::of_document(received.document.id);
    Answer::created(ReceivedReport::from(received), &location)
        .status(status(received))
        .version(received.document.version)
}

impl From<&ReceivedDocument> for ReceivedReport {
    fn from(received: &ReceivedDocument) -> Self {
        let job_id = received.job.map(|job| job.to_string());
        Self { document: DocumentReport::from(&received.document), job_id }
    }
}
