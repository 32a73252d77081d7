//! Which documents: the parameters that lists and exports have in common.

use std::str::FromStr;

use fieldmark_domain::document::{DocumentQuery, DocumentStatus, FieldCondition, Order, SortKey};
use fieldmark_domain::field::Field;
use fieldmark_report::names::DocumentStatusName;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::parameters::{Parameters, shortened};

/// The parameters as the OpenAPI document has them. `field.NAME` stands for every field.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes parameters that are read one by one")]
pub struct DocumentFilter {
    /// One of these statuses; several with commas between.
    #[param(style = Form, explode = false, min_items = 1)]
    status: Option<Vec<DocumentStatusName>>,
    /// Received at this moment or later, RFC 3339.
    #[param(format = DateTime)]
    created_from: Option<String>,
    /// Received before this moment, RFC 3339.
    #[param(format = DateTime)]
    created_to: Option<String>,
    /// The file's name, the supplier's name or the invoice number begins so, whatever the case.
    #[param(min_length = 1)]
    q: Option<String>,
    /// The invoice number is this one; with a star at its end it begins so. Likewise `field.supplier_name` and every
    /// other field.
    #[param(rename = "field.invoice_number", min_length = 1)]
    invoice_number: Option<String>,
    /// The supplier's name is this one; with a star at its end it begins so.
    #[param(rename = "field.supplier_name", min_length = 1)]
    supplier_name: Option<String>,
    /// It was read and has labels, and none is less sure, 0..1.
    #[param(minimum = 0, maximum = 1)]
    min_confidence: Option<f32>,
}

/// What documents of a list may come with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Include {
    /// Their labels.
    Labels,
}

/// By what documents are sorted.
#[derive(Debug, Deserialize, ToSchema)]
pub enum Sort {
    /// The oldest first.
    #[serde(rename = "created_at")]
    CreatedAt,
    /// The newest first.
    #[serde(rename = "-created_at")]
    NewestFirst,
    /// The one that was changed the longest ago first.
    #[serde(rename = "updated_at")]
    UpdatedAt,
    /// The one that was changed last first.
    #[serde(rename = "-updated_at")]
    LastChangedFirst,
}

/// The conditions among the parameters.
pub fn document_query(parameters: &mut Parameters) -> DocumentQuery {
    DocumentQuery {
        statuses: statuses(parameters),
        created_from: moment(parameters, "created_from"),
        created_before: moment(parameters, "created_to"),
        text: parameters.text("q"),
        fields: conditions(parameters),
        min_confidence: parameters.parsed("min_confidence", "a number from 0 to 1"),
        ..DocumentQuery::default()
    }
}

fn moment(parameters: &mut Parameters, name: &str) -> Option<Timestamp> {
    parameters.parsed(name, "a moment such as 2024-03-01T00:00:00Z")
}

fn statuses(parameters: &mut Parameters) -> Vec<DocumentStatus> {
    listed(parameters, "status", &DocumentStatus::ALL.map(DocumentStatus::name))
}

/// Values of a parameter, each one of a few names.
pub fn listed<T: FromStr + PartialEq>(parameters: &mut Parameters, name: &str, names: &[&str]) -> Vec<T> {
    let mut values = Vec::new();
    for text in parameters.texts(name) {
        match text.parse() {
            Ok(value) if values.contains(&value) => {}
            Ok(value) => values.push(value),
            Err(_) => {
                parameters
                    .refuse(name, format!("must be one of {}, not `{}`", names.join(", "), shortened(&text)));
            }
        }
    }
    values
}

fn conditions(parameters: &mut Parameters) -> Vec<FieldCondition> {
    let mut conditions = Vec::new();
    for (name, text) in parameters.beginning_with("field.") {
        match name.parse::<Field>() {
            Ok(field) => conditions.push(FieldCondition::written(field, &text)),
            Err(_) => parameters.refuse(format!("field.{}", shortened(&name)), "there is no such field"),
        }
    }
    conditions
}

/// The order of a list.
pub fn order(parameters: &mut Parameters) -> Order {
    let Some(text) = parameters.text("sort") else { return Order::default() };
    let (descending, name) = text.strip_prefix('-').map_or((false, text.as_str()), |name| (true, name));
    if let Some(key) = SortKey::ALL.into_iter().find(|key| key.name() == name) {
        return Order { key, descending };
    }
    parameters.refuse("sort", "must be created_at, -created_at, updated_at or -updated_at");
    Order::default()
}

/// Whether documents come with their labels.
pub fn includes_labels(parameters: &mut Parameters) -> bool {
    let Some(text) = parameters.text("include") else { return false };
    if text != "labels" {
        parameters.refuse("include", "must be labels");
    }
    true
}
