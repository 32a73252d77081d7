//! What is sent and answered, filled in: one invoice, its labels and its job.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use fieldmark_domain::field::Field;
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::{
    BoxReport, CheckReport, DocumentReport, ExtractionReport, FieldReport, HistoryReport, JobReport,
    LabelReport, PageReport, ProvenanceReport, StateReport, TextReport, TimingReport,
};
use serde_json::{Value, json};

use super::{files, value};
use crate::addresses;
use crate::envelope::{ErrorBody, ErrorEnvelope, Meta};
use crate::exports::{csv, json_lines};
use crate::problem::{Code, Problem};
use crate::routes::documents::{ChangeRequest, DescriptionRequest, FileOutcome, ReceivedReport};
use crate::routes::health::VersionReport;
use crate::routes::infer::{InferenceOrJob, InferenceReport};
use crate::routes::labels::{AddRequest, BoxRequest, CorrectRequest};
use crate::routes::models::ModelReport;

pub const REQUEST: &str = "01990c5e-7d3a-7cc0-8000-0d9a6d1f4a11";
const DOCUMENT: &str = "01990c5e-7d3b-7101-a001-4c41b7a6c001";
const LABEL: &str = "01990c5e-8a10-7202-a002-4c41b7a6c002";
const JOB: &str = "01990c5e-7d3c-7303-a003-4c41b7a6c003";
const PERSON: &str = "01990c5e-0000-7404-a004-4c41b7a6c004";
const SHA256: &str = "83afd1b4608ac69648bccd9e23dd8d697736ec80e2908eb3d7bc1fd6fdc452b7";
const MODEL_SHA256: &str = "2df2e51ed1a24d6e93333c629d7e7b3677cbefd08dc59a1bc64b3597e73eef8f";
const RECEIVED: &str = "2024-03-18T09:30:00.123456Z";
const READ: &str = "2024-03-18T09:30:01.5Z";
const FILENAME: &str = "invoice-117.pdf";

fn text(text: &str) -> String {
    text.to_owned()
}

fn tags() -> Vec<String> {
    vec![text("march")]
}

fn metadata() -> BTreeMap<String, String> {
    BTreeMap::from([(text("cost centre"), text("4711"))])
}

pub fn description() -> DescriptionRequest {
    DescriptionRequest { filename: text(FILENAME), tags: tags(), metadata: metadata() }
}

pub fn change() -> ChangeRequest {
    ChangeRequest { filename: Some(text(FILENAME)), tags: Some(tags()), metadata: Some(metadata()) }
}

const fn asked_box() -> BoxRequest {
    BoxRequest { page: 1, left: 0.5, top: 0.125, width: 0.25, height: 0.0625 }
}

pub fn new_label() -> AddRequest {
    AddRequest { field: text(Field::CustomerNumber.name()), value: text("40817"), place: Some(asked_box()) }
}

pub fn correction() -> CorrectRequest {
    CorrectRequest { value: Some(text("40818")), field: None, place: None }
}

pub fn document() -> DocumentReport {
    DocumentReport {
        id: text(DOCUMENT),
        filename: text(FILENAME),
        media_type: "application/pdf",
        size: 13_206,
        sha256: text(SHA256),
        pages: Some(1),
        status: "processed",
        kind: Some("invoice"),
        tags: tags(),
        metadata: metadata(),
        version: 3,
        created_at: text(RECEIVED),
        updated_at: text(READ),
        processed_at: Some(text(READ)),
        decision: Some("accept"),
        repeats: None,
        error: None,
        labels: None,
        extraction: None,
    }
}

pub fn document_that_is(status: &'static str) -> DocumentReport {
    DocumentReport { status, version: 4, ..document() }
}

pub fn document_with_everything() -> DocumentReport {
    DocumentReport { labels: Some(vec![label()]), extraction: Some(extraction()), ..document() }
}

pub fn received() -> ReceivedReport {
    let document = DocumentReport {
        status: "queued",
        pages: None,
        kind: None,
        processed_at: None,
        decision: None,
        version: 1,
        updated_at: text(RECEIVED),
        ..document()
    };
    ReceivedReport { document, job_id: Some(text(JOB)) }
}

fn refused<T>() -> FileOutcome<T> {
    let refused = Problem::new(Code::UnsupportedMediaType, "the file is neither a PDF nor an e-invoice");
    FileOutcome::of(text("notes.txt"), Err(refused))
}

pub fn received_files() -> Vec<FileOutcome<ReceivedReport>> {
    vec![FileOutcome::of(text(FILENAME), Ok((StatusCode::CREATED, received()))), refused()]
}

const fn place() -> BoxReport {
    BoxReport { page: 1, left: 0.7395, top: 0.1108, width: 0.0905, height: 0.011 }
}

fn number() -> FieldReport {
    FieldReport {
        value: text("INV-20417"),
        currency: None,
        raw: text("INV-20417"),
        confidence: 0.98,
        source: "text_layer",
        place: Some(place()),
        label_box: Some(BoxReport { left: 0.5546, width: 0.1417, ..place() }),
        checks: vec![CheckReport { name: text("not_seen_before"), passed: true, detail: None }],
        candidates: None,
    }
}

fn extraction() -> ExtractionReport {
    ExtractionReport {
        kind: Some("invoice"),
        kind_confidence: Some(0.97),
        locale: Some(text("en-GB")),
        currency: Some(text("GBP")),
        pages: vec![PageReport {
            number: 1,
            width_pt: 595.3,
            height_pt: 841.9,
            source: Some("text_layer"),
            text: TextReport { verdict: "good", reasons: Vec::new() },
        }],
        page_count: 1,
        fields: vec![(Field::InvoiceNumber, number())],
        tax: Vec::new(),
        lines: Vec::new(),
        e_invoice: None,
        checks: vec![CheckReport { name: text("net_plus_tax_is_gross"), passed: true, detail: None }],
        decision: text("accept"),
        reasons: Vec::new(),
        provenance: ProvenanceReport {
            file_sha256: Some(text(SHA256)),
            model: text("layout-2"),
            model_sha256: text(MODEL_SHA256),
            rules: text("1"),
            engine: text(env!("CARGO_PKG_VERSION")),
        },
        timing_ms: TimingReport { read: 4.1, detect: 9.8, resolve: 0.4 },
    }
}

pub fn inference() -> InferenceReport {
    InferenceReport { id: Some(text(DOCUMENT)), status: Some("processed"), extraction: extraction() }
}

pub fn read_files() -> Vec<FileOutcome<InferenceOrJob>> {
    let read = InferenceOrJob::Read(Box::new(inference()));
    vec![FileOutcome::of(text(FILENAME), Ok((StatusCode::OK, read))), refused()]
}

pub fn label() -> LabelReport {
    LabelReport {
        id: text(LABEL),
        document_id: text(DOCUMENT),
        field: Field::InvoiceNumber.name(),
        said: number(),
        reviewed_by: None,
        version: 1,
        created_at: text(READ),
        updated_at: text(READ),
    }
}

fn said(value: &str) -> LabelReport {
    let said = FieldReport {
        value: text(value),
        raw: text(value),
        confidence: 1.0,
        source: "person",
        label_box: None,
        checks: Vec::new(),
        ..number()
    };
    let field = Field::CustomerNumber.name();
    LabelReport { field, said, reviewed_by: Some(text(PERSON)), ..label() }
}

pub fn added_label() -> LabelReport {
    said("40817")
}

pub fn corrected_label() -> LabelReport {
    LabelReport { version: 2, ..said("40818") }
}

pub fn history() -> HistoryReport {
    HistoryReport {
        at: text(READ),
        act: "read",
        field: Field::InvoiceNumber.name(),
        label_id: text(LABEL),
        before: None,
        after: Some(StateReport {
            value: text("INV-20417"),
            currency: None,
            raw: text("INV-20417"),
            confidence: 0.98,
            source: "text_layer",
            place: Some(place()),
        }),
        by: None,
    }
}

pub fn job() -> JobReport {
    JobReport {
        status: "succeeded",
        progress: 1.0,
        attempts: 1,
        worker: Some(text("host:4711")),
        started_at: Some(text(RECEIVED)),
        finished_at: Some(text(READ)),
        result: Some(addresses::of_document(DOCUMENT)),
        ..queued_job()
    }
}

pub fn cancelled_job() -> JobReport {
    JobReport { status: "cancelled", finished_at: Some(text(READ)), ..queued_job() }
}

pub fn queued_job() -> JobReport {
    JobReport {
        id: text(JOB),
        kind: "process_document",
        document_id: text(DOCUMENT),
        status: "queued",
        progress: 0.0,
        attempts: 0,
        max_attempts: 5,
        priority: 0,
        cancel_requested: false,
        error: None,
        worker: None,
        run_at: text(RECEIVED),
        created_at: text(RECEIVED),
        started_at: None,
        finished_at: None,
        result: None,
    }
}

pub fn model() -> ModelReport {
    ModelReport {
        name: text("layout-2"),
        sha256: text(MODEL_SHA256),
        device: text("cpu"),
        fields: Field::ALL.iter().map(|field| field.name()).collect(),
    }
}

pub fn version() -> VersionReport {
    let details = [("commit", "29d583a"), ("target", "x86_64-unknown-linux-gnu"), ("devices", "cpu")];
    let details = details.map(|(name, value)| (text(name), text(value)));
    VersionReport { version: text(env!("CARGO_PKG_VERSION")), details: BTreeMap::from(details) }
}

/// The first failure of a status.
pub fn failure(status: u16) -> Option<Value> {
    let code = *Code::ALL.iter().find(|code| code.status() == status)?;
    let problem = Problem::new(code, code.meaning());
    let error = ErrorBody { code: code.name(), message: problem.message(), details: problem.details() };
    let meta = Meta { request_id: text(REQUEST) };
    value(ErrorEnvelope { success: false, data: None, error, meta })
}

/// The label in one of the formats of an export.
pub fn export(media_type: &str) -> Option<Value> {
    match media_type {
        "application/jsonl" => {
            let line = json_lines::Line { filename: FILENAME, sha256: text(SHA256), label: label() };
            Some(format!("{}\n", serde_json::to_string(&line).ok()?).into())
        }
        "text/csv" => {
            let rows = csv::rows([csv::headings(), csv::row(FILENAME, label(), Cells::Inert)]).ok()?;
            Some(String::from_utf8(rows).ok()?.into())
        }
        "application/json" => Some(json!({
            "info": {"description": "Fieldmark labels"},
            "categories": [{"id": 1, "name": "invoice_number", "supercategory": "invoice"}],
            "images": [{"id": 1, "file_name": format!("{DOCUMENT}-1.png"), "width": 848, "height": 1200,
                "document_id": DOCUMENT, "page": 1}],
            "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [627.1, 132.96, 76.74, 13.2],
                "area": 1012.97, "iscrowd": 0, "text": "INV-20417", "value": "INV-20417", "score": 0.98}],
        })),
        media_type => files::of(media_type),
    }
}
