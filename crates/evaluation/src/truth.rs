//! The truth: what a set of documents really says, one JSON object per line, and which of it to score.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{EvaluationError, json_lines};

/// What is known of one document.
#[derive(Debug, Clone, Deserialize)]
pub struct TruthRow {
    /// The document's name in messages.
    #[serde(default)]
    pub id: String,
    /// The document's file, relative to the truth's folder.
    pub file: String,
    /// The true values by field, in the file's order.
    pub fields: Map<String, Value>,
    #[serde(default)]
    visible: Option<Map<String, Value>>,
    #[serde(default)]
    alt: Option<Map<String, Value>>,
    #[serde(default)]
    ambiguous: Option<Vec<String>>,
    /// The set of documents that it belongs to.
    #[serde(default)]
    pub set: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    /// The language, for instance `sv`.
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    template: Option<String>,
    /// What the document is for, by the names of [`DocumentKind`](fieldmark_domain::extraction::DocumentKind).
    #[serde(default, alias = "doc_type")]
    pub document_kind: Option<String>,
    /// The tax by rate; absent where it is not known.
    #[serde(default)]
    pub tax: Option<Vec<TaxLineTruth>>,
    #[serde(default)]
    xml_visualisation: Option<Value>,
}

/// The tax of one rate; what the page does not show is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct TaxLineTruth {
    /// The rate in percent.
    #[serde(default)]
    pub rate: Option<String>,
    /// What is taxed.
    #[serde(default)]
    pub net: Option<String>,
    /// The tax.
    #[serde(default)]
    pub tax: Option<String>,
}

impl TruthRow {
    /// Whether the page shows the field's value.
    pub fn shows(&self, field: &str) -> bool {
        self.visible.as_ref().and_then(|visible| visible.get(field)).is_none_or(is_true)
    }

    /// What looks like this document: its template, or the document alone where none is named.
    pub fn template(&self) -> &str {
        self.template.as_deref().unwrap_or(&self.file)
    }

    /// Whether even people may read the field in more than one way.
    pub fn is_ambiguous(&self, field: &str) -> bool {
        self.ambiguous.as_ref().is_some_and(|names| names.iter().any(|name| name == field))
    }

    /// Other values of the field that count as right.
    pub fn alternatives(&self, field: &str) -> impl Iterator<Item = &Value> {
        self.alt.as_ref().and_then(|alt| alt.get(field)).and_then(Value::as_array).into_iter().flatten()
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
    }
}

/// Which documents of the truth are scored.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Documents of this set alone.
    pub set: Option<String>,
    /// Documents of this kind alone.
    pub kind: Option<String>,
    /// Documents in this language alone.
    pub language: Option<String>,
    /// Leave out pages that are a rendering of their XML.
    pub no_xml_visualisation: bool,
}

impl Selection {
    fn takes(&self, row: &TruthRow) -> bool {
        let fits = |wanted: &Option<String>, given: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| wanted.is_empty() || Some(wanted) == given.as_ref())
        };
        fits(&self.set, &row.set)
            && fits(&self.kind, &row.kind)
            && fits(&self.language, &row.language)
            && !(self.no_xml_visualisation && row.xml_visualisation.as_ref().is_some_and(is_true))
    }
}

/// The selected rows of a truth file.
///
/// # Errors
/// When the file cannot be read or a line is not such an object; the message names the line.
pub fn read(path: &Path, selection: &Selection) -> Result<Vec<TruthRow>, EvaluationError> {
    let mut rows: Vec<TruthRow> = json_lines::read("truth", path)?;
    rows.retain(|row| selection.takes(row));
    Ok(rows)
}
