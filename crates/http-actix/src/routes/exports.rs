//! Labels of many documents, in the formats of other programs, as a stream.

use std::str::FromStr;

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, rt};
use fieldmark_domain::document::Order;
use fieldmark_domain::spreadsheet::Cells;
use serde::Deserialize;
use tracing::Instrument as _;
use utoipa::ToSchema;

use super::State;
use super::documents::{DocumentFilter, document_query};
use crate::addresses;
use crate::caller::Caller;
use crate::exports::{Coco, Csv, JsonLines, Walk, Writes, Yolo, stream};
use crate::openapi::described::File;
use crate::outgoing::ENCODED_ALREADY;
use crate::parameters::Parameters;
use crate::problem::Problem;

/// The formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ExportFormat)]
pub enum Format {
    /// A JSON object a label, each on a line of its own.
    Jsonl,
    /// A row a label, with headings (RFC 4180). Text that a spreadsheet would calculate has an apostrophe before it,
    /// unless `raw` is given.
    Csv,
    /// One JSON object with images, annotations and categories, as the COCO dataset has them. Boxes are in pixels of
    /// pictures of 1200 rows, as `/documents/{id}/pages/{n}.png?overlay=false` gives them.
    Coco,
    /// A ZIP archive with a text file a page as Ultralytics' YOLO reads them, and `data.yaml` with the classes.
    Yolo,
}

impl FromStr for Format {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "jsonl" => Ok(Self::Jsonl),
            "csv" => Ok(Self::Csv),
            "coco" => Ok(Self::Coco),
            "yolo" => Ok(Self::Yolo),
            _ => Err(()),
        }
    }
}

impl Format {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/jsonl",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Coco => "application/json",
            Self::Yolo => "application/zip",
        }
    }

    const fn disposition(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Jsonl => "attachment; filename=\"labels.jsonl\"",
            Self::Csv => "attachment; filename=\"labels.csv\"",
            Self::Coco => "attachment; filename=\"labels.coco.json\"",
            Self::Yolo => "attachment; filename=\"labels.yolo.zip\"",
        })
    }

    fn writer(self, services: &State, cells: Cells) -> Result<Box<dyn Writes>, Problem> {
        Ok(match self {
            Self::Jsonl => Box::new(JsonLines),
            Self::Csv => Box::new(Csv { cells }),
            Self::Coco => Box::new(Coco::new(&services.limits.upload_folder)?),
            Self::Yolo => Box::new(Yolo::new()),
        })
    }
}

/// The labels of all documents that fit, streamed, the oldest document first.
///
/// The conditions are those of the list of documents. An export that breaks off ends without its proper end: chunked
/// transfer tells.
#[utoipa::path(
    get, path = addresses::EXPORTED_LABELS, tag = "exports", operation_id = "export_labels",
    params(
        ("format" = Option<Format>, Query, description = "`jsonl` when not given"),
        ("raw" = Option<bool>, Query, description = "Whether cells of CSV are written as they are, for programs. Spreadsheets calculate what begins with `=`, `+`, `-` or `@`: without it such text has an apostrophe before it, and numbers have none. Other formats have no such cells"),
        DocumentFilter,
    ),
    responses((status = 200, description = "The labels", content(
        (String = "application/jsonl"), (String = "text/csv"), (serde_json::Value = "application/json"), (File = "application/zip"),
    )))
)]
pub async fn labels(request: HttpRequest, caller: Caller, services: State) -> Result<HttpResponse, Problem> {
    let mut parameters = Parameters::of(&request);
    let format = parameters.parsed("format", "jsonl, csv, coco or yolo").unwrap_or(Format::Jsonl);
    let cells = Cells::raw_if(parameters.flag("raw", false));
    let mut query = document_query(&mut parameters);
    parameters.finish()?;
    query.order = Order { descending: false, ..Order::default() };
    let place = services.admission.export()?;
    // The first documents are looked for before anything is answered: what is wrong is told by a status.
    let walk = Walk::begin(services.clone(), caller.scope, query).await?;
    let (pieces, body) = stream();
    let writer = format.writer(&services, cells)?;
    let export = async move {
        walk.write(writer, pieces).await;
        drop(place);
    };
    rt::spawn(export.in_current_span());
    let mut answer = HttpResponse::Ok();
    answer.content_type(format.media_type()).insert_header((CONTENT_DISPOSITION, format.disposition()));
    if format == Format::Yolo {
        answer.insert_header(ENCODED_ALREADY);
    }
    Ok(answer.streaming(body))
}
