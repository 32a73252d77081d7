//! Samples of the nouns, for tests: each is whole and valid, and a test changes what it is about by struct update.
//!
//! Nothing but tests knows them: the feature `mock` brings them, beside the mocks of the ports. A constructor that gets
//! a text panics when the text is no value.
//!
//! ```
//! # #[cfg(feature = "mock")] {
//! use fieldmark_domain::document::{Document, DocumentStatus};
//! use fieldmark_domain::field::Field;
//! use fieldmark_domain::label::{Label, StoredLabel};
//!
//! let approved = Document { version: 7, ..Document::sample(DocumentStatus::Approved) };
//! assert!(approved.outcome.is_some());
//!
//! let unsure = Label { confidence: 0.4, ..Label::sample(Field::TotalGross, "1 250,00") };
//! assert_eq!(unsure.value.to_string(), "1250.00");
//! let kept = StoredLabel::sample(unsure);
//! assert_eq!((kept.document, kept.version), (approved.id, 1));
//! # }
//! ```

use jiff::Timestamp;
use uuid::Uuid;

use crate::blob::Sha256;
use crate::document::{Description, Document, DocumentId, DocumentStatus, Failure, Outcome};
use crate::extraction::{Decision, Findings, Provenance, Timing};
use crate::field::Field;
use crate::job::{Job, JobId, JobKind, JobStatus, Priority};
use crate::label::{Label, LabelId, Source, StoredLabel};
use crate::media_type::MediaType;
use crate::ports::DetectorIdentity;
use crate::scope::OwnerId;
use crate::values::{FieldValue, Notation};

/// When all samples were made: `2026-03-01T10:00:00Z`.
pub const NOW: Timestamp = Timestamp::constant(1_772_359_200, 0);
/// The owner of all samples.
pub const OWNER: OwnerId = OwnerId(id(0x0a));
/// The id of the sample of a document.
pub const DOCUMENT: DocumentId = DocumentId(id(0x0d));
/// The id of the sample of a job.
pub const JOB: JobId = JobId(id(0x0b));

/// An id in the shape of a UUIDv7.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number)
}

impl Document {
    /// A PDF of [`OWNER`]'s of version 1, with what its status implies: an outcome once it was read, a failure where it
    /// could not be.
    #[must_use]
    pub fn sample(status: DocumentStatus) -> Self {
        use DocumentStatus::{Approved, Failed, Processed, Rejected};
        let is_read = matches!(status, Processed | Approved | Rejected);
        Self {
            id: DOCUMENT,
            owner: OWNER,
            description: Description::of_file("invoice.pdf"),
            media_type: MediaType::Pdf,
            size: 1234,
            sha256: Sha256([5; 32]),
            status,
            outcome: is_read.then(Outcome::sample),
            failure: (status == Failed).then(Failure::sample),
            version: 1,
            created_at: NOW,
            updated_at: NOW,
            processed_at: is_read.then_some(NOW),
            deleted_at: None,
        }
    }
}

impl Outcome {
    /// One page, accepted, its least confidence 0.9, which repeats no other document.
    #[must_use]
    pub const fn sample() -> Self {
        Self {
            kind: None,
            currency: None,
            page_count: 1,
            decision: Decision::Accept,
            min_confidence: Some(0.9),
            repeats: None,
        }
    }
}

impl Failure {
    /// A file that needs a password.
    #[must_use]
    pub fn sample() -> Self {
        Self { code: "document_encrypted".to_owned(), message: "the file needs a password".to_owned() }
    }
}

impl Job {
    /// A job that reads [`DOCUMENT`], in its first of three attempts unless it waits.
    #[must_use]
    pub fn sample(status: JobStatus) -> Self {
        let is_begun = status != JobStatus::Queued;
        Self {
            id: JOB,
            owner: OWNER,
            kind: JobKind::ProcessDocument,
            document: DOCUMENT,
            status,
            priority: Priority::default(),
            attempts: u32::from(is_begun),
            max_attempts: 3,
            progress: if status == JobStatus::Succeeded { 1.0 } else { 0.0 },
            cancel_requested: false,
            error: matches!(status, JobStatus::Failed | JobStatus::Dead).then(Failure::sample),
            worker: is_begun.then(|| "worker 1".to_owned()),
            run_at: NOW,
            created_at: NOW,
            started_at: is_begun.then_some(NOW),
            finished_at: status.is_over().then_some(NOW),
        }
    }
}

impl Label {
    /// What the text layer of a page says of a field, at a confidence of 0.9, without a place.
    ///
    /// # Panics
    /// When the text is no value of the field.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test that names a wrong value shall fail at once")]
    pub fn sample(field: Field, text: &str) -> Self {
        let value = FieldValue::parse(field.kind(), text, &Notation::default());
        Self {
            field,
            value: value.expect("a sample has a value of its field"),
            currency: None,
            raw: text.to_owned(),
            confidence: 0.9,
            source: Source::TextLayer,
            place: None,
            caption: None,
            checks: Vec::new(),
            candidates: Vec::new(),
        }
    }
}

impl StoredLabel {
    /// A label of [`DOCUMENT`] that nobody has reviewed, of version 1. Its id is the same for the same field.
    #[must_use]
    pub fn sample(label: Label) -> Self {
        Self {
            id: LabelId(id(0x1000 + label.field as u128)),
            document: DOCUMENT,
            label,
            reviewed_by: None,
            version: 1,
            created_at: NOW,
            updated_at: NOW,
            deleted_at: None,
        }
    }
}

impl Findings {
    /// One page that was read by a made-up detector, and nothing else.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            kind: None,
            kind_confidence: None,
            locale: None,
            currency: None,
            pages: Vec::new(),
            page_count: 1,
            tax: Vec::new(),
            lines: Vec::new(),
            electronic_invoice: None,
            checks: Vec::new(),
            decision: Decision::Accept,
            provenance: Provenance {
                file_sha256: None,
                model: DetectorIdentity { name: "sample".to_owned(), sha256: String::new() },
                rules: "1".into(),
                engine: "1".into(),
            },
            timing: Timing::default(),
        }
    }
}
