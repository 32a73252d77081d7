//! Documents: taken in, looked for, shown, described, decided about, deleted and restored.

mod creating;
mod query;

use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::{HttpRequest, HttpResponse, Responder as _, web};
use fieldmark_domain::commands::{ChangeDocumentRequest, ReprocessDocumentRequest, Review};
use fieldmark_domain::document::{Document, DocumentId, Metadata};
use fieldmark_domain::job::Priority;
use fieldmark_report::{DocumentReport, JobReport};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answered, State};
use crate::addresses;
use crate::body;
use crate::caller::Caller;
use crate::entity_tag::{self, IfMatch};
use crate::envelope::{Answer, Envelope, ListEnvelope};
use crate::identifiers::{InDocument, note_job};
use crate::openapi::described;
use crate::parameters::Parameters;
use crate::problem::Problem;

pub use creating::{__path_create, FileOutcome, ReceivedReport, create, idempotency_key, receive};
pub use query::{DocumentFilter, Include, Sort, document_query, listed};

/// Documents that fit, the newest first.
#[utoipa::path(
    get, path = addresses::DOCUMENTS, tag = "documents", operation_id = "list_documents",
    params(
        DocumentFilter,
        ("include" = Option<Include>, Query, description = "`labels` gives each document with its labels"),
        ("sort" = Option<Sort>, Query, description = "By what to sort; a minus sign puts the largest first. `-created_at` when not given"),
        ("limit" = Option<u32>, Query, description = "How many at once", minimum = 1, maximum = 100),
        ("offset" = Option<u64>, Query, description = "How many of the first ones to leave out"),
    ),
    responses((status = 200, description = "A part of the list", body = ListEnvelope<Vec<DocumentReport>>))
)]
pub async fn list(request: HttpRequest, caller: Caller, services: State) -> Answered<Vec<DocumentReport>> {
    let mut parameters = Parameters::of(&request);
    let mut query = document_query(&mut parameters);
    query.order = query::order(&mut parameters);
    query.window = parameters.window();
    query.with_labels = query::includes_labels(&mut parameters);
    parameters.finish()?;
    let listing = services.use_cases.list_documents().execute(&caller.scope, &query).await?;
    Ok(Answer::list(&listing, query.window, |listed| DocumentReport::listed(listed, query.with_labels)))
}

/// One document with its labels and all that was read.
#[utoipa::path(
    get, path = addresses::DOCUMENT, tag = "documents", operation_id = "show_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        ("candidates" = Option<bool>, Query, description = "Whether each field comes with the values that were not chosen"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag that the client has: 304 while it is current", nullable = false),
    ),
    responses(
        (status = 200, description = "The document", body = Envelope<DocumentReport>, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "The client has the current version"),
    )
)]
pub async fn show(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Result<HttpResponse, Problem> {
    let mut parameters = Parameters::of(&request);
    let with_candidates = parameters.flag("candidates", false);
    parameters.finish()?;
    let record = services.use_cases.show_document().execute(&caller.scope, id).await?;
    let tag = entity_tag::of(record.document.version);
    if entity_tag::is_known(&request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag)).finish());
    }
    let report = DocumentReport::whole(&record, with_candidates);
    Ok(Answer::ok(report).version(record.document.version).respond_to(&request))
}

/// What an owner says of a document.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentDescription)]
pub struct DescriptionRequest {
    /// The file's name, 1 to 255 characters.
    #[schema(schema_with = described::filename)]
    pub filename: String,
    /// All its tags; without any, none stays.
    #[serde(default)]
    #[schema(schema_with = described::list_of_tags)]
    pub tags: Vec<String>,
    /// All its notes; without any, none stays.
    #[serde(default)]
    #[schema(schema_with = described::metadata)]
    pub metadata: Metadata,
}

/// What of a document's description shall change; what is absent stays.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentChange)]
pub struct ChangeRequest {
    /// The file's name, 1 to 255 characters.
    #[schema(schema_with = described::filename_or_null)]
    pub filename: Option<String>,
    /// All its tags.
    #[schema(schema_with = described::list_of_tags_or_null)]
    pub tags: Option<Vec<String>>,
    /// All its notes.
    #[schema(schema_with = described::metadata_or_null)]
    pub metadata: Option<Metadata>,
}

/// Replaces what its owner says of a document.
#[utoipa::path(
    put, path = addresses::DOCUMENT, tag = "documents", operation_id = "replace_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    request_body = DescriptionRequest,
    responses((status = 200, description = "The document", body = Envelope<DocumentReport>))
)]
pub async fn replace(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
    payload: web::Payload,
) -> Answered<DocumentReport> {
    Parameters::of(&request).finish()?;
    let DescriptionRequest { filename, tags, metadata } =
        body::json(&request, payload, &services.limits).await?;
    let change = ChangeRequest { filename: Some(filename), tags: Some(tags), metadata: Some(metadata) };
    describe(&request, &caller, id, &services, change).await
}

/// Changes some of what its owner says of a document.
#[utoipa::path(
    patch, path = addresses::DOCUMENT, tag = "documents", operation_id = "change_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    request_body = ChangeRequest,
    responses((status = 200, description = "The document", body = Envelope<DocumentReport>))
)]
pub async fn change(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
    payload: web::Payload,
) -> Answered<DocumentReport> {
    Parameters::of(&request).finish()?;
    let change = body::json(&request, payload, &services.limits).await?;
    describe(&request, &caller, id, &services, change).await
}

async fn describe(
    request: &HttpRequest,
    caller: &Caller,
    document: DocumentId,
    services: &State,
    change: ChangeRequest,
) -> Answered<DocumentReport> {
    let ChangeRequest { filename, tags, metadata } = change;
    let expected_version = entity_tag::expected(request)?;
    let change = ChangeDocumentRequest { document, filename, tags, metadata, expected_version };
    Ok(answer(&services.use_cases.change_document().execute(&caller.scope, &change).await?))
}

/// Deletes a document: until its retention is over it can be restored. With `erase` it is gone for good.
#[utoipa::path(
    delete, path = addresses::DOCUMENT, tag = "documents", operation_id = "delete_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        ("erase" = Option<bool>, Query, description = "For good, deleted before or not, with its bytes, labels and history"),
        IfMatch,
    ),
    responses((status = 204, description = "It is deleted"))
)]
pub async fn delete(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Result<HttpResponse, Problem> {
    let mut parameters = Parameters::of(&request);
    let for_good = parameters.flag("erase", false);
    parameters.finish()?;
    let expected = entity_tag::expected(&request)?;
    if for_good {
        services.use_cases.erase_document().execute(&caller.scope, id, expected).await?;
    } else {
        services.use_cases.delete_document().execute(&caller.scope, id, expected).await?;
    }
    Ok(HttpResponse::NoContent().insert_header((CACHE_CONTROL, "no-store")).finish())
}

/// Brings a deleted document back.
#[utoipa::path(
    post, path = addresses::RESTORE, tag = "documents", operation_id = "restore_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    responses((status = 200, description = "The document as it was", body = Envelope<DocumentReport>))
)]
pub async fn restore(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Answered<DocumentReport> {
    Parameters::of(&request).finish()?;
    let expected = entity_tag::expected(&request)?;
    Ok(answer(&services.use_cases.restore_document().execute(&caller.scope, id, expected).await?))
}

/// Reads a document again, with the current model; what people said stays.
#[utoipa::path(
    post, path = addresses::PROCESS, tag = "documents", operation_id = "process_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    responses((status = 202, description = "The job that will read it", body = Envelope<JobReport>, headers(("Location" = String, description = "Where the job is"))))
)]
pub async fn process(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Answered<JobReport> {
    Parameters::of(&request).finish()?;
    let expected_version = entity_tag::expected(&request)?;
    let priority = Priority::default();
    let again = ReprocessDocumentRequest { document: id, priority, expected_version };
    let queued = services.use_cases.reprocess_document().execute(&caller.scope, &again).await?;
    note_job(queued.job);
    let job = services.use_cases.show_job().execute(&caller.scope, queued.job).await?;
    Ok(Answer::accepted(JobReport::from(&job), &addresses::of_job(queued.job)))
}

/// Approves what was read.
#[utoipa::path(
    post, path = addresses::APPROVE, tag = "documents", operation_id = "approve_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    responses((status = 200, description = "The document", body = Envelope<DocumentReport>))
)]
pub async fn approve(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Answered<DocumentReport> {
    review(&request, &caller, id, &services, Review::Approve).await
}

/// Rejects a document.
#[utoipa::path(
    post, path = addresses::REJECT, tag = "documents", operation_id = "reject_document",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    responses((status = 200, description = "The document", body = Envelope<DocumentReport>))
)]
pub async fn reject(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Answered<DocumentReport> {
    review(&request, &caller, id, &services, Review::Reject).await
}

async fn review(
    request: &HttpRequest,
    caller: &Caller,
    document: DocumentId,
    services: &State,
    review: Review,
) -> Answered<DocumentReport> {
    Parameters::of(request).finish()?;
    let expected = entity_tag::expected(request)?;
    let use_case = services.use_cases.review_document();
    Ok(answer(&use_case.execute(&caller.scope, document, review, expected).await?))
}

/// A document as it is now, with its tag.
fn answer(document: &Document) -> Answer<DocumentReport> {
    Answer::ok(DocumentReport::from(document)).version(document.version)
}
