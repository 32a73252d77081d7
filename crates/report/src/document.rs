//! Kept documents and their labels, as programs get them.

use std::collections::BTreeMap;

use fieldmark_domain::document::{Document, DocumentRecord, ListedDocument};
use fieldmark_domain::label::{LabelChange, LabelState, StoredLabel};
use fieldmark_domain::media_type::MediaType;
use serde::Serialize;

use super::from_domain::CONFIDENCE_PLACES;
#[cfg(feature = "openapi")]
use super::names::{
    ActName, DecisionName, DocumentKindName, DocumentStatusName, FieldName, MediaTypeName, SourceName,
};
use super::number::rounded;
use super::{BoxReport, ErrorReport, ExtractionReport, FieldReport};

/// A kept document.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Document))]
pub struct DocumentReport {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(format = Uuid))]
    pub id: String,
    /// The file's name.
    pub filename: String,
    /// What kind of file it is, by its bytes.
    #[cfg_attr(feature = "openapi", schema(value_type = MediaTypeName))]
    pub media_type: &'static str,
    /// The file's size in bytes.
    pub size: u64,
    /// The file's SHA-256, in hex.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// How many pages the file has; absent before it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub pages: Option<u32>,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = DocumentStatusName))]
    pub status: &'static str,
    /// What the document is for, where it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Option<DocumentKindName>))]
    pub kind: Option<&'static str>,
    /// The words by which its owner finds it.
    pub tags: Vec<String>,
    /// Its owner's notes.
    pub metadata: BTreeMap<String, String>,
    /// Counts its changes.
    pub version: u64,
    /// When it was received.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub updated_at: String,
    /// When it was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = DateTime))]
    pub processed_at: Option<String>,
    /// `accept` or `review`; absent before it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Option<DecisionName>))]
    pub decision: Option<&'static str>,
    /// The document with the same supplier and invoice number that was there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = Uuid))]
    pub repeats: Option<String>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub error: Option<ErrorReport>,
    /// Its labels, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub labels: Option<Vec<LabelReport>>,
    /// What was read, with the labels as they are now, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub extraction: Option<ExtractionReport>,
}

impl From<&Document> for DocumentReport {
    fn from(document: &Document) -> Self {
        let outcome = document.outcome.as_ref();
        Self {
            id: document.id.to_string(),
            filename: document.description.filename().to_owned(),
            media_type: MediaType::name(document.media_type),
            size: document.size,
            sha256: document.sha256.to_string(),
            pages: outcome.map(|outcome| outcome.page_count),
            status: document.status.name(),
            kind: outcome.and_then(|outcome| outcome.kind).map(|kind| kind.name()),
            tags: document.description.tags().iter().map(ToString::to_string).collect(),
            metadata: document.description.metadata().clone(),
            version: document.version,
            created_at: document.created_at.to_string(),
            updated_at: document.updated_at.to_string(),
            processed_at: document.processed_at.map(|moment| moment.to_string()),
            decision: outcome.map(|outcome| outcome.decision.name()),
            repeats: outcome.and_then(|outcome| outcome.repeats).map(|first| first.to_string()),
            error: document.failure.as_ref().map(ErrorReport::from),
            labels: None,
            extraction: None,
        }
    }
}

impl DocumentReport {
    /// A document of a list; with its labels if they were asked for.
    pub fn listed(listed: &ListedDocument, with_labels: bool) -> Self {
        let labels = with_labels.then(|| listed.labels.iter().map(LabelReport::from).collect());
        Self { labels, ..Self::from(&listed.document) }
    }

    /// A document with everything that is known of it; with candidates if they were asked for.
    pub fn whole(record: &DocumentRecord, with_candidates: bool) -> Self {
        let label = |label: &StoredLabel| LabelReport::new(label, with_candidates);
        let labels = || record.labels.iter().map(|stored| &stored.label);
        let findings = record.findings.as_ref();
        Self {
            labels: Some(record.labels.iter().map(label).collect()),
            extraction: findings.map(|findings| ExtractionReport::of(findings, labels(), with_candidates)),
            ..Self::from(&record.document)
        }
    }
}

/// A label of a kept document.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Label))]
pub struct LabelReport {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(format = Uuid))]
    pub id: String,
    /// Its document's id.
    #[cfg_attr(feature = "openapi", schema(format = Uuid))]
    pub document_id: String,
    /// The field.
    #[cfg_attr(feature = "openapi", schema(value_type = FieldName))]
    pub field: &'static str,
    /// What it says, as an extraction gives it.
    #[serde(flatten)]
    pub said: FieldReport,
    /// Who changed it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = Uuid))]
    pub reviewed_by: Option<String>,
    /// Counts its changes.
    pub version: u64,
    /// When it was first there.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub updated_at: String,
}

impl From<&StoredLabel> for LabelReport {
    fn from(stored: &StoredLabel) -> Self {
        Self::new(stored, false)
    }
}

impl LabelReport {
    fn new(stored: &StoredLabel, with_candidates: bool) -> Self {
        Self {
            id: stored.id.to_string(),
            document_id: stored.document.to_string(),
            field: stored.label.field.name(),
            said: FieldReport::new(&stored.label, with_candidates),
            reviewed_by: stored.reviewed_by.map(|user| user.0.to_string()),
            version: stored.version,
            created_at: stored.created_at.to_string(),
            updated_at: stored.updated_at.to_string(),
        }
    }
}

/// One entry of a document's history.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = HistoryEntry))]
pub struct HistoryReport {
    /// When.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub at: String,
    /// `read`, `added`, `corrected` or `deleted`.
    #[cfg_attr(feature = "openapi", schema(value_type = ActName))]
    pub act: &'static str,
    /// The field.
    #[cfg_attr(feature = "openapi", schema(value_type = FieldName))]
    pub field: &'static str,
    /// The label's id.
    #[cfg_attr(feature = "openapi", schema(format = Uuid))]
    pub label_id: String,
    /// What it said before; absent when it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub before: Option<StateReport>,
    /// What it says since; absent when it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub after: Option<StateReport>,
    /// Who did it; absent when the program did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = Uuid))]
    pub by: Option<String>,
}

impl From<&LabelChange> for HistoryReport {
    fn from(change: &LabelChange) -> Self {
        Self {
            at: change.at.to_string(),
            act: change.act.name(),
            field: change.field.name(),
            label_id: change.label.to_string(),
            before: change.before.as_ref().map(StateReport::from),
            after: change.after.as_ref().map(StateReport::from),
            by: change.by.map(|user| user.0.to_string()),
        }
    }
}

/// What a label said at one time.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LabelState))]
pub struct StateReport {
    /// The value in its normal form.
    pub value: String,
    /// The currency of an amount, ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub currency: Option<String>,
    /// The words as the page has them.
    pub raw: String,
    /// How sure the reader was, 0..1.
    pub confidence: f64,
    /// Where it came from.
    #[cfg_attr(feature = "openapi", schema(value_type = SourceName))]
    pub source: &'static str,
    /// Where it stood.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub place: Option<BoxReport>,
}

impl From<&LabelState> for StateReport {
    fn from(state: &LabelState) -> Self {
        Self {
            value: state.value.to_string(),
            currency: state.currency.map(|currency| currency.code().to_owned()),
            raw: state.raw.clone(),
            confidence: rounded(state.confidence, CONFIDENCE_PLACES),
            source: state.source.name(),
            place: state.place.map(BoxReport::from),
        }
    }
}
