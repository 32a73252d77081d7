//! Why a request was not done: a stable code, its status, and a sentence for the client.
//!
//! Statuses are decided here and nowhere else. What is for the operator alone is logged where a problem is made of an
//! error, once, and never sent.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use fieldmark_domain::commands::ExtractError;
use fieldmark_domain::ports::{BlobError, DetectError, ReadError, RepositoryError};
use fieldmark_domain::use_case_error::{InvalidField, UseCaseError};
use serde::Serialize;
use utoipa::ToSchema;

/// A code that clients may rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code itself.
    pub name: &'static str,
    /// The HTTP status that it comes with.
    pub status: u16,
    /// When it is answered.
    pub meaning: &'static str,
}

const fn code(name: &'static str, status: u16, meaning: &'static str) -> Code {
    Code { name, status, meaning }
}

/// Every code, with its status and meaning.
pub const CODES: &[Code] = &[
    code("invalid_json", 400, "the body is not JSON"),
    code(
        "invalid_multipart",
        400,
        "the body is not a form that can be read, or has a part that nobody knows",
    ),
    code("invalid_header", 400, "a header has a value that cannot be read"),
    code("unknown_parameter", 400, "the query has a parameter that nobody knows"),
    code("unsupported_version", 400, "X-API-Version names a version that is not there"),
    code("bad_request", 400, "the request is not one of HTTP's"),
    code("unauthorized", 401, "there is no credential, or a wrong one"),
    code("origin_not_allowed", 403, "a web page of another origin asked, which the settings do not allow"),
    code("host_not_allowed", 403, "the service is open on this machine alone and was asked by another name"),
    code("not_found", 404, "there is nothing of the kind under this address, or it is another's"),
    code("method_not_allowed", 405, "the address does not take this method"),
    code("request_timeout", 408, "the request did not come in time, or comes in too slowly"),
    code("wrong_status", 409, "the document's or job's status does not allow it"),
    code("already_exists", 409, "another document with the same bytes is there"),
    code("label_exists", 409, "the document has a label for this field already"),
    code("lease_lost", 409, "the job went to another worker"),
    code(
        "changed_meanwhile",
        412,
        "it has another version than If-Match names, or others change it all the time",
    ),
    code("body_too_large", 413, "the request's body is over the limit"),
    code("document_too_large", 413, "the file's bytes, pages or pixels are over a limit"),
    code(
        "unsupported_media_type",
        415,
        "the file, by its bytes, or the body, by its header, is of no kind that is taken",
    ),
    code("validation_failed", 422, "well-formed and not acceptable; the details say what"),
    code("idempotency_key_reused", 422, "the idempotency key was used for another request"),
    code("document_empty", 422, "the file has no bytes"),
    code("document_encrypted", 422, "the file is encrypted, and the password is missing or wrong"),
    code("document_unreadable", 422, "the file is broken, or brought its reader down"),
    code("document_without_pages", 422, "the file has no pages"),
    code("time_limit", 422, "reading the file took longer than it may, each time that it was tried"),
    code("request_head_too_large", 431, "the request's address and headers are too long"),
    code("overloaded", 503, "too much waits; try again after Retry-After"),
    code("deadline_exceeded", 503, "the answer was not there in time, and nothing is kept that could go on"),
    code("database_unavailable", 503, "the database cannot be reached"),
    code("storage_unavailable", 503, "the store of documents cannot be reached"),
    code("storage_full", 503, "there is no room left"),
    code("reader_unavailable", 503, "the reader does not work"),
    code("worker_lost", 503, "the process that read the file was lost, each time that it was tried"),
    code("storage_failed", 500, "the store of documents failed"),
    code("stored_file_missing", 500, "the bytes of the document are not where they were stored"),
    code("stored_file_damaged", 500, "the stored bytes are not what was stored"),
    code("painter_failed", 500, "the picture of the page cannot be made"),
    code("detector_failed", 500, "the model failed"),
    code("internal_error", 500, "the program failed"),
];

/// A client may try again after so many seconds when too much waits.
const RETRY_AFTER_SECONDS: u32 = 1;

/// Part of a request that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ErrorDetail)]
pub struct Detail {
    /// Which part, for instance `limit`.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl Detail {
    /// A part and what is wrong with it.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<InvalidField> for Detail {
    fn from(invalid: InvalidField) -> Self {
        Self::new(invalid.field, invalid.message)
    }
}

/// Why a request was not done, as the client is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    message: String,
    details: Vec<Detail>,
}

impl Problem {
    /// A problem of this code, in words for people. A code that is none of [`CODES`] is an internal error.
    pub fn new(name: &str, message: impl Into<String>) -> Self {
        Self { code: code_of(name), message: message.into(), details: Vec::new() }
    }

    /// What is wrong with the parts of a request.
    pub fn invalid(details: Vec<Detail>) -> Self {
        Self { details, ..Self::new("validation_failed", "the request is not valid") }
    }

    /// One part of a request is wrong.
    pub fn invalid_part(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(vec![Detail::new(field, message)])
    }

    /// Too much waits.
    pub fn overloaded(what: &str) -> Self {
        Self::new("overloaded", format!("too many {what} are waiting; try again in a moment"))
    }

    /// The code's name.
    pub const fn code(&self) -> &'static str {
        self.code.name
    }

    /// The sentence for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What is wrong with the parts of the request.
    pub fn details(&self) -> &[Detail] {
        &self.details
    }

    /// How many seconds a client should wait before the same may succeed.
    pub const fn retry_after(&self) -> Option<u32> {
        if self.code.status == 503 { Some(RETRY_AFTER_SECONDS) } else { None }
    }

    /// The same for a problem that the operator hears of: `reason` goes to the log and nowhere else.
    fn told_to_the_operator(self, reason: &dyn fmt::Display) -> Self {
        if self.code.status == 500 {
            tracing::error!(code = self.code.name, "{reason}");
        } else {
            tracing::warn!(code = self.code.name, "{reason}");
        }
        self
    }
}

fn code_of(name: &str) -> Code {
    let known = CODES.iter().find(|code| code.name == name).copied();
    known.unwrap_or(code("internal_error", 500, "the program failed"))
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code.name, self.message)
    }
}

impl std::error::Error for Problem {}

/// The body is written by the middleware that knows the request's id.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<UseCaseError> for Problem {
    fn from(error: UseCaseError) -> Self {
        let name = error.code();
        match error {
            UseCaseError::Invalid { details } => {
                Self::invalid(details.into_iter().map(Detail::from).collect())
            }
            UseCaseError::Read(error) => error.into(),
            UseCaseError::Repository(error) => error.into(),
            UseCaseError::Storage(error) => error.into(),
            UseCaseError::Paint(error) => {
                Self::new(name, "the picture of the page cannot be made; the log says why")
                    .told_to_the_operator(&error)
            }
            other => Self::new(name, other.to_string()),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        let name = error.code();
        match &error {
            // What is missing on the machine is the operator's business.
            ReadError::Unavailable { .. } => {
                Self::new(name, "files cannot be read at present").told_to_the_operator(&error)
            }
            ReadError::Overloaded => Self::overloaded("files"),
            _ => Self::new(name, error.to_string()),
        }
    }
}

impl From<RepositoryError> for Problem {
    fn from(error: RepositoryError) -> Self {
        let name = error.code();
        match &error {
            RepositoryError::Unavailable { .. } => {
                Self::new(name, "the database cannot be reached at present").told_to_the_operator(&error)
            }
            RepositoryError::OutOfSpace => {
                Self::new(name, "there is no room left for documents").told_to_the_operator(&error)
            }
            RepositoryError::Failed { .. } => {
                Self::new(name, "the service failed; the log says why").told_to_the_operator(&error)
            }
            _ => Self::new(name, error.to_string()),
        }
    }
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        let message = match &error {
            BlobError::OutOfSpace { .. } => "there is no room left for documents",
            BlobError::Unavailable { .. } => "the store of documents cannot be reached at present",
            BlobError::Missing => "the stored bytes are not there",
            BlobError::Damaged { .. } => "the stored bytes are not what was stored",
            _ => "the store of documents failed; the log says why",
        };
        Self::new(error.code(), message).told_to_the_operator(&error)
    }
}

impl From<ExtractError> for Problem {
    fn from(error: ExtractError) -> Self {
        match error {
            ExtractError::Read(error) => error.into(),
            ExtractError::Detect(DetectError::Overloaded) => Self::overloaded("pages"),
            ExtractError::Detect(failed) => {
                Self::new("detector_failed", "the model failed; the log says why")
                    .told_to_the_operator(&failed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::ports::PaintError;

    use super::*;

    #[test]
    fn every_code_stands_once_and_has_a_status_of_an_error() {
        for (index, code) in CODES.iter().enumerate() {
            assert!((400..=503).contains(&code.status) && code.status != 504, "{code:?}");
            assert!(CODES.iter().skip(index + 1).all(|other| other.name != code.name), "{code:?}");
        }
    }

    #[test]
    fn what_the_domain_answers_has_a_code_of_the_table() {
        let reason = || "secret".to_owned();
        let errors: Vec<UseCaseError> = vec![
            UseCaseError::NotFound { what: "document" },
            UseCaseError::Stale,
            UseCaseError::AlreadyExists,
            UseCaseError::LabelExists,
            UseCaseError::IdempotencyKeyReused,
            ReadError::Empty.into(),
            ReadError::UnsupportedMediaType { found: String::new() }.into(),
            ReadError::TooLarge { reason: reason() }.into(),
            ReadError::Encrypted { password_given: false }.into(),
            ReadError::Unreadable { reason: reason() }.into(),
            ReadError::NoPages.into(),
            ReadError::Overloaded.into(),
            ReadError::Unavailable { reason: reason() }.into(),
            UseCaseError::Repository(RepositoryError::LeaseLost),
            UseCaseError::Repository(RepositoryError::OutOfSpace),
            UseCaseError::Repository(RepositoryError::Unavailable { reason: reason() }),
            BlobError::OutOfSpace { reason: reason() }.into(),
            BlobError::Unavailable { reason: reason() }.into(),
            BlobError::Damaged { reason: reason() }.into(),
            BlobError::Failed { reason: reason() }.into(),
        ];
        for error in errors {
            assert_eq!(Problem::from(error.clone()).code(), error.code(), "{error:?}");
        }
    }

    #[test]
    fn what_is_for_the_operator_is_not_told_to_the_client() {
        let secret = || "postgres://admin:hunter2@db/fieldmark".to_owned();
        let problems = [
            Problem::from(RepositoryError::Failed { reason: secret() }),
            Problem::from(RepositoryError::Unavailable { reason: secret() }),
            Problem::from(BlobError::Failed { reason: secret() }),
            Problem::from(ReadError::Unavailable { reason: secret() }),
            Problem::from(UseCaseError::Paint(PaintError { reason: secret() })),
            Problem::from(ExtractError::Detect(DetectError::Failed { reason: secret() })),
        ];
        for problem in problems {
            assert!(!problem.message().contains("hunter2"), "{problem}");
        }
    }

    #[test]
    fn only_what_may_pass_is_to_be_tried_again() {
        assert_eq!(Problem::overloaded("files").retry_after(), Some(1));
        assert_eq!(Problem::new("internal_error", "").retry_after(), None);
        assert_eq!(Problem::invalid_part("limit", "no").status_code(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(Problem::new("no_such_code", "").code(), "internal_error");
    }
}
