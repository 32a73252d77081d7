//! A document with its job, its labels and its pages, as the ports give them.

use fieldmark_domain::document::{Document, DocumentId, DocumentStatus};
use fieldmark_domain::extraction::{Decision, Findings, PageSummary, Provenance, Timing};
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::job::{Job, JobId, JobKind, JobStatus, Priority};
use fieldmark_domain::label::{Label, LabelId, Source, StoredLabel};
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use fieldmark_domain::ports::DetectorIdentity;
use fieldmark_domain::scope::OwnerId;
use fieldmark_domain::values::{FieldValue, Notation};
use fieldmark_testkit::repositories::sample::SampleOwner;
pub use fieldmark_testkit::repositories::sample::{failure, moment};
use uuid::Uuid;

pub const DOCUMENT: DocumentId = DocumentId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_00d0));
pub const LABEL: LabelId = LabelId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_001a));
pub const JOB: JobId = JobId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_00b0));

pub fn document(status: DocumentStatus) -> Document {
    let owner = SampleOwner { id: OwnerId::LOCAL };
    Document { id: DOCUMENT, status, version: 3, ..owner.document(moment(0)) }
}

pub fn job(status: JobStatus) -> Job {
    Job {
        id: JOB,
        owner: OwnerId::LOCAL,
        kind: JobKind::ProcessDocument,
        document: DOCUMENT,
        status,
        priority: Priority(0),
        attempts: 1,
        max_attempts: 3,
        progress: 0.5,
        cancel_requested: false,
        error: None,
        worker: None,
        run_at: moment(0),
        created_at: moment(0),
        started_at: None,
        finished_at: None,
    }
}

pub fn label(field: Field, value: &str, confidence: f32) -> StoredLabel {
    let bounds = BoundingBox { left: 0.5, top: 0.25, width: 0.125, height: 0.0625 };
    StoredLabel {
        id: LABEL,
        document: DOCUMENT,
        label: Label {
            field,
            value: FieldValue::parse(field.kind(), value, &Notation::default()).unwrap(),
            currency: None,
            raw: value.to_owned(),
            confidence,
            source: Source::TextLayer,
            place: Some(PageBox { page: 1, bounds }),
            caption: None,
            checks: Vec::new(),
            candidates: Vec::new(),
        },
        reviewed_by: None,
        version: 2,
        created_at: moment(1),
        updated_at: moment(2),
        deleted_at: None,
    }
}

/// The first page of a file, A4, with one word.
pub fn page() -> Page {
    let bounds = BoundingBox { left: 0.5, top: 0.25, width: 0.125, height: 0.0625 };
    Page {
        number: 1,
        size: PageSize { width_pt: 595.0, height_pt: 842.0 },
        words: vec![Word { text: "A-117".to_owned(), bounds, font_size: 10.0 }],
        text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
        raster: None,
    }
}

/// What was read of a file with so many A4 pages.
pub fn findings(pages: u32) -> Findings {
    let page = |number| PageSummary {
        number,
        size: PageSize { width_pt: 595.0, height_pt: 842.0 },
        source: Some(Source::TextLayer),
        text: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
    };
    Findings {
        kind: None,
        kind_confidence: None,
        locale: None,
        currency: None,
        pages: (1..=pages).map(page).collect(),
        page_count: pages,
        tax: Vec::new(),
        lines: Vec::new(),
        electronic_invoice: None,
        checks: Vec::new(),
        decision: Decision::Accept,
        provenance: Provenance {
            file_sha256: None,
            model: DetectorIdentity { name: "layout-2".to_owned(), sha256: "ab".repeat(32) },
            rules: "1".into(),
            engine: "0.1.0".into(),
        },
        timing: Timing::default(),
    }
}

/// The address of the document with something after it.
pub fn at(rest: &str) -> String {
    format!("/api/v1/documents/{DOCUMENT}{rest}")
}
