//! The shapes of Fieldmark's JSON: extractions, documents, labels and jobs, as the service answers
//! and the command prints them.
//!
//! The names of the fields are a promise to consumers. Each shape is made from the domain's nouns by
//! `From` or a constructor. Does not know how values are found, where they are kept or how they are
//! sent.
//!
//! With the feature `openapi` each shape has a schema for an OpenAPI document.

pub mod addresses;
mod document;
mod file;
mod from_domain;
mod job;
#[cfg(feature = "openapi")]
pub mod names;
mod number;

use fieldmark_domain::field::Field;
use serde::{Serialize, Serializer};

pub use document::{DocumentReport, HistoryReport, LabelReport, StateReport};
pub use file::{FileReport, Outcome};
pub use job::JobReport;
#[cfg(feature = "openapi")]
use names::{DecisionName, DocumentKindName, FieldName, SourceName, SyntaxName, VerdictName};

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Failure))]
pub struct ErrorReport {
    /// A stable code, for instance `document_encrypted`.
    pub code: String,
    /// The reason for people.
    pub message: String,
}

/// Everything that was read from a file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Extraction))]
pub struct ExtractionReport {
    /// What the document is for, where it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, value_type = Option<DocumentKindName>))]
    pub kind: Option<&'static str>,
    /// How likely it is for that, 0..1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, minimum = 0, maximum = 1))]
    pub kind_confidence: Option<f64>,
    /// Language and country by which the document was read, for instance `sv-SE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub locale: Option<String>,
    /// The currency of the totals, ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub currency: Option<String>,
    /// The pages that were read.
    pub pages: Vec<PageReport>,
    /// How many pages the file has, read or not.
    pub page_count: u32,
    /// The fields that were found, in the order in which people expect them.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<FieldName, FieldReport>))]
    pub fields: Vec<(Field, FieldReport)>,
    /// The tax by category and rate; absent where none is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tax: Vec<TaxLineReport>,
    /// The invoice's lines; absent where none are read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineReport>,
    /// The e-invoice that was read, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub e_invoice: Option<ElectronicInvoiceReport>,
    /// What was checked of the document as a whole.
    pub checks: Vec<CheckReport>,
    /// `accept` or `review`.
    #[cfg_attr(feature = "openapi", schema(value_type = DecisionName))]
    pub decision: String,
    /// Why it should be reviewed.
    pub reasons: Vec<String>,
    /// What the answer was made with.
    pub provenance: ProvenanceReport,
    /// How long it took.
    pub timing_ms: TimingReport,
}

impl ExtractionReport {
    /// What was read for a field.
    pub fn field(&self, wanted: Field) -> Option<&FieldReport> {
        self.fields.iter().find(|(field, _)| *field == wanted).map(|(_, report)| report)
    }
}

fn as_map<S: Serializer>(fields: &[(Field, FieldReport)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(field, report)| (field.name(), report)))
}

/// One page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Page))]
pub struct PageReport {
    /// Counted from 1.
    pub number: u32,
    /// Width in points.
    pub width_pt: f64,
    /// Height in points.
    pub height_pt: f64,
    /// Where its words came from: `text_layer` or `ocr`; nothing where there is no text to rely on.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<SourceName>, required = true))]
    pub source: Option<&'static str>,
    /// What its own text is worth.
    pub text: TextReport,
}

/// What a page's own text is worth.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PageText))]
pub struct TextReport {
    /// `good`, `garbled` or `none`.
    #[cfg_attr(feature = "openapi", schema(value_type = VerdictName))]
    pub verdict: &'static str,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
}

/// One field's value and all that is known about it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ExtractedField))]
pub struct FieldReport {
    /// The value in its normal form.
    pub value: String,
    /// The currency of an amount, ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub currency: Option<String>,
    /// The words as the page has them.
    pub raw: String,
    /// How sure the reader is, 0..1.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub confidence: f64,
    /// `xml`, `text_layer`, `ocr`, `derived` or `person`.
    #[cfg_attr(feature = "openapi", schema(value_type = SourceName))]
    pub source: &'static str,
    /// Where the value stands; absent for a value that stands nowhere.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub place: Option<BoxReport>,
    /// Where the words stand that name the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub label_box: Option<BoxReport>,
    /// What was checked.
    pub checks: Vec<CheckReport>,
    /// The other values that were considered, when they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub candidates: Option<Vec<CandidateReport>>,
}

/// A box on a page, in fractions of the page's width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Box))]
pub struct BoxReport {
    /// Counted from 1.
    pub page: u32,
    /// From the page's left edge.
    pub left: f64,
    /// From the page's top edge.
    pub top: f64,
    /// Extent to the right.
    pub width: f64,
    /// Extent downwards.
    pub height: f64,
}

/// A check and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Check))]
pub struct CheckReport {
    /// A stable name.
    pub name: String,
    /// Whether it holds.
    pub passed: bool,
    /// What was compared, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub detail: Option<String>,
}

/// The tax of one category and rate; what the document does not state is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TaxLine))]
pub struct TaxLineReport {
    /// The category, a code of UNTDID 5305.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub category: Option<String>,
    /// The rate in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub rate: Option<String>,
    /// What is taxed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub net: Option<String>,
    /// The tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub tax: Option<String>,
}

/// A line of the invoice; what the document does not state is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = InvoiceLine))]
pub struct LineReport {
    /// Counted from 1.
    pub position: u32,
    /// The supplier's code of the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub code: Option<String>,
    /// What was supplied.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub description: Option<String>,
    /// How much of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub quantity: Option<String>,
    /// In which unit, a code of UN/ECE Recommendation 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub unit: Option<String>,
    /// The price of one unit, without tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub unit_price_net: Option<String>,
    /// The line's amount, without tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub amount_net: Option<String>,
    /// The tax rate in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub tax_rate: Option<String>,
}

/// The e-invoice that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ElectronicInvoice))]
pub struct ElectronicInvoiceReport {
    /// `cii` or `ubl`.
    #[cfg_attr(feature = "openapi", schema(value_type = SyntaxName))]
    pub syntax: &'static str,
    /// The specification that it follows, as it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub specification: Option<String>,
    /// The attachment's name; absent when the file itself is the e-invoice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub attachment: Option<String>,
}

/// A value that was considered for a field.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Candidate))]
pub struct CandidateReport {
    /// The value in its normal form.
    pub value: String,
    /// The words as the page has them.
    pub raw: String,
    /// By what the candidates are ranked, 0..1.
    pub score: f64,
    /// Where it stands.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub place: Option<BoxReport>,
    /// What was checked.
    pub checks: Vec<CheckReport>,
    /// What spoke for it and against it.
    pub reasons: Vec<String>,
}

/// What an answer was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Provenance))]
pub struct ProvenanceReport {
    /// SHA-256 of the file, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub file_sha256: Option<String>,
    /// Name and version of the weights.
    pub model: String,
    /// SHA-256 of the weights, in hex.
    pub model_sha256: String,
    /// Version of the rules that turn spans into values.
    pub rules: String,
    /// Version of the program.
    pub engine: String,
}

/// How long each step took, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Timing))]
pub struct TimingReport {
    /// From bytes to words.
    pub read: f64,
    /// From words to spans.
    pub detect: f64,
    /// From spans to values.
    pub resolve: f64,
}
