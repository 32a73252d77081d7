//! What documents say, as people see and change it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use fieldmark_domain::commands::{AddLabelRequest, CorrectLabelRequest, DeleteLabelRequest};
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::label::StoredLabel;
use fieldmark_report::names::FieldName;
use fieldmark_report::{HistoryReport, LabelReport};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answered, State};
use crate::addresses::{self, MODELS, VERSION_ONE};
use crate::body;
use crate::caller::Caller;
use crate::entity_tag::{self, IfMatch};
use crate::envelope::{Answer, Envelope, ListEnvelope};
use crate::identifiers::{InDocument, InLabel};
use crate::parameters::{Parameters, shortened};
use crate::problem::{Code, Problem};

/// The labels of a document, in the order in which people expect the fields.
#[utoipa::path(
    get, path = addresses::LABELS, tag = "labels", operation_id = "list_labels",
    params(("document" = Uuid, Path, description = "The document's id")),
    responses((status = 200, description = "The labels", body = Envelope<Vec<LabelReport>>))
)]
pub async fn list(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Answered<Vec<LabelReport>> {
    Parameters::of(&request).finish()?;
    let labels = services.use_cases.list_labels().execute(&caller.scope, id).await?;
    Ok(Answer::ok(labels.iter().map(LabelReport::from).collect()))
}

/// One label.
#[utoipa::path(
    get, path = addresses::LABEL, tag = "labels", operation_id = "show_label",
    params(("document" = Uuid, Path, description = "The document's id"), ("label" = Uuid, Path, description = "The label's id")),
    responses((status = 200, description = "The label", body = Envelope<LabelReport>, headers(("ETag" = String, description = "Its version"))))
)]
pub async fn show(
    request: HttpRequest,
    caller: Caller,
    InDocument(document): InDocument,
    InLabel(label): InLabel,
    services: State,
) -> Answered<LabelReport> {
    Parameters::of(&request).finish()?;
    let labels = services.use_cases.list_labels().execute(&caller.scope, document).await?;
    let found = labels.iter().find(|stored| stored.id == label);
    found.map(answer).ok_or_else(|| Problem::new(Code::NotFound, "there is no such label"))
}

/// A box on a page, in fractions of the page's width and height.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BoxRequest)]
pub struct BoxRequest {
    /// Counted from 1.
    #[schema(minimum = 1)]
    pub page: u32,
    /// From the page's left edge.
    #[schema(minimum = 0, maximum = 1)]
    pub left: f32,
    /// From the page's top edge.
    #[schema(minimum = 0, maximum = 1)]
    pub top: f32,
    /// Extent to the right.
    #[schema(minimum = 0, maximum = 1)]
    pub width: f32,
    /// Extent downwards.
    #[schema(minimum = 0, maximum = 1)]
    pub height: f32,
}

/// A label that a person adds.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewLabel)]
pub struct AddRequest {
    /// The field, which the document has no label for yet.
    #[schema(value_type = FieldName)]
    pub field: String,
    /// Its value, as the document or the API writes it; it is read and checked as the field's kind.
    pub value: String,
    /// Where it stands.
    #[serde(rename = "box")]
    pub place: Option<BoxRequest>,
}

/// What of a label shall change; what is absent stays.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LabelChange)]
pub struct CorrectRequest {
    /// The value; it is read and checked as the field's kind.
    pub value: Option<String>,
    /// The field, which the document has no other label for.
    #[schema(value_type = Option<FieldName>)]
    pub field: Option<String>,
    /// Where it stands.
    #[serde(rename = "box")]
    pub place: Option<BoxRequest>,
}

/// Adds a label that the model missed.
#[utoipa::path(
    post, path = addresses::LABELS, tag = "labels", operation_id = "add_label",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        IfMatch,
    ),
    request_body = AddRequest,
    responses((status = 201, description = "The label", body = Envelope<LabelReport>, headers(("Location" = String, description = "Where the label is"), ("ETag" = String, description = "Its version"))))
)]
pub async fn add(
    request: HttpRequest,
    caller: Caller,
    InDocument(document): InDocument,
    services: State,
    payload: web::Payload,
) -> Answered<LabelReport> {
    Parameters::of(&request).finish()?;
    let expected_version = entity_tag::expected(&request)?;
    let AddRequest { field, value, place } = body::json(&request, payload, &services.limits).await?;
    let (field, place) = (named(&field)?, place.map(PageBox::from));
    let label = AddLabelRequest { document, field, value, place, by: caller.user, expected_version };
    let added = services.use_cases.add_label().execute(&caller.scope, &label).await?;
    let location = addresses::of_label(document, added.id);
    Ok(Answer::created(LabelReport::from(&added), &location).version(added.version))
}

/// Corrects a label: its value, its field, its place. What it said before stays in the history.
#[utoipa::path(
    patch, path = addresses::LABEL, tag = "labels", operation_id = "correct_label",
    params(
        ("document" = Uuid, Path, description = "The document's id"), ("label" = Uuid, Path, description = "The label's id"),
        IfMatch,
    ),
    request_body = CorrectRequest,
    responses((status = 200, description = "The label", body = Envelope<LabelReport>, headers(("ETag" = String, description = "Its version"))))
)]
pub async fn correct(
    request: HttpRequest,
    caller: Caller,
    InDocument(document): InDocument,
    InLabel(label): InLabel,
    services: State,
    payload: web::Payload,
) -> Answered<LabelReport> {
    Parameters::of(&request).finish()?;
    let expected_version = entity_tag::expected(&request)?;
    let CorrectRequest { value, field, place } = body::json(&request, payload, &services.limits).await?;
    let (field, place) = (field.as_deref().map(named).transpose()?, place.map(PageBox::from));
    let change =
        CorrectLabelRequest { document, label, value, field, place, by: caller.user, expected_version };
    Ok(answer(&services.use_cases.correct_label().execute(&caller.scope, &change).await?))
}

/// Deletes a label; what it said stays in the history.
#[utoipa::path(
    delete, path = addresses::LABEL, tag = "labels", operation_id = "delete_label",
    params(
        ("document" = Uuid, Path, description = "The document's id"), ("label" = Uuid, Path, description = "The label's id"),
        IfMatch,
    ),
    responses((status = 204, description = "It is deleted"))
)]
pub async fn delete(
    request: HttpRequest,
    caller: Caller,
    InDocument(document): InDocument,
    InLabel(label): InLabel,
    services: State,
) -> Result<HttpResponse, Problem> {
    Parameters::of(&request).finish()?;
    let expected_version = entity_tag::expected(&request)?;
    let which = DeleteLabelRequest { document, label, by: caller.user, expected_version };
    services.use_cases.delete_label().execute(&caller.scope, &which).await?;
    Ok(HttpResponse::build(StatusCode::NO_CONTENT).finish())
}

/// What was done with the labels of a document, the latest first.
#[utoipa::path(
    get, path = addresses::HISTORY, tag = "labels", operation_id = "show_history",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        ("limit" = Option<u32>, Query, description = "How many at once", minimum = 1, maximum = 100),
        ("offset" = Option<u64>, Query, description = "How many of the latest ones to leave out"),
    ),
    responses((status = 200, description = "A part of the history", body = ListEnvelope<Vec<HistoryReport>>))
)]
pub async fn history(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Answered<Vec<HistoryReport>> {
    let mut parameters = Parameters::of(&request);
    let window = parameters.window();
    parameters.finish()?;
    let changes = services.use_cases.document_history().execute(&caller.scope, id, window).await?;
    Ok(Answer::list(&changes, window, |change| HistoryReport::from(change)))
}

fn answer(label: &StoredLabel) -> Answer<LabelReport> {
    Answer::ok(LabelReport::from(label)).version(label.version)
}

fn named(name: &str) -> Result<Field, Problem> {
    let unknown = || {
        Problem::invalid_part(
            "field",
            format!("`{}` is no field; {VERSION_ONE}{MODELS} lists them", shortened(name)),
        )
    };
    name.parse().map_err(|_| unknown())
}

/// Whether it lies on a page of the document is the use case's business.
impl From<BoxRequest> for PageBox {
    fn from(request: BoxRequest) -> Self {
        let BoxRequest { page, left, top, width, height } = request;
        Self { page, bounds: BoundingBox { left, top, width, height } }
    }
}
