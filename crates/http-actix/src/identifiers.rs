//! The ids in an address. What is no id names nothing that is there.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::JobId;
use fieldmark_domain::label::LabelId;
use std::future::{Ready, ready};
use tracing::Span;
use uuid::Uuid;

use crate::problem::{Code, Problem};

/// The document of an address, `{document}`; its log lines carry it.
#[derive(Debug, Clone, Copy)]
pub struct InDocument(pub DocumentId);

/// The job of an address, `{job}`; its log lines carry it.
#[derive(Debug, Clone, Copy)]
pub struct InJob(pub JobId);

/// The label of an address, `{label}`.
#[derive(Debug, Clone, Copy)]
pub struct InLabel(pub LabelId);

fn id(request: &HttpRequest, what: &'static str) -> Result<Uuid, Problem> {
    let text = request.match_info().get(what).unwrap_or_default();
    text.parse().map_err(|_| Problem::new(Code::NotFound, format!("there is no such {what}")))
}

impl FromRequest for InDocument {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "document").map(|id| {
            note_document(DocumentId(id));
            Self(DocumentId(id))
        }))
    }
}

impl FromRequest for InJob {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "job").map(|id| {
            note_job(JobId(id));
            Self(JobId(id))
        }))
    }
}

impl FromRequest for InLabel {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request, "label").map(|id| Self(LabelId(id))))
    }
}

/// The request's lines in the log carry this document from now on.
pub fn note_document(id: DocumentId) {
    Span::current().record("document", tracing::field::display(id));
}

/// The request's lines in the log carry this job from now on.
pub fn note_job(id: JobId) {
    Span::current().record("job", tracing::field::display(id));
}
