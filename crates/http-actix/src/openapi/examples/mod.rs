//! Examples in the OpenAPI document: one for each body that is sent and each that is answered.
//!
//! They are the shapes themselves, filled in and printed: a shape that changes changes its example.

mod files;
mod samples;

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::{OpenApi, RefOr};

use super::operations;
use crate::envelope::{Envelope, ListEnvelope, ListMeta, Meta, Part};
use crate::routes::health::{DependencyReport, Liveness, Readiness};
use fieldmark_domain::listing::Window;

/// Adds an example to each body.
pub fn add(document: &mut OpenApi) {
    for operation in operations(document) {
        let id = operation.operation_id.clone().unwrap_or_default();
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            for (media_type, content) in &mut body.content {
                if let RefOr::T(content) = content {
                    content.example = sent(&id, media_type);
                }
            }
        }
        for (status, response) in &mut operation.responses.responses {
            let RefOr::T(response) = response else { continue };
            for (media_type, content) in &mut response.content {
                if let RefOr::T(content) = content {
                    content.example = answered(&id, status, media_type);
                }
            }
        }
    }
}

/// What is sent with an operation.
fn sent(operation: &str, media_type: &str) -> Option<Value> {
    match (operation, media_type) {
        ("create_documents" | "infer", JSON_FORM) => Some(json!({"file": files::E_INVOICE})),
        ("create_documents" | "infer", media_type) => files::of(media_type),
        ("replace_document", _) => value(samples::description()),
        ("change_document", _) => value(samples::change()),
        ("add_label", _) => value(samples::new_label()),
        ("correct_label", _) => value(samples::correction()),
        _ => None,
    }
}

const JSON_FORM: &str = "multipart/form-data";

/// What an operation answers.
fn answered(operation: &str, status: &str, media_type: &str) -> Option<Value> {
    match (operation, status) {
        ("show_readiness", "503") => value(readiness(false)),
        (_, status) if !status.starts_with('2') => value(samples::failure(status.parse().ok()?)),
        ("list_documents", _) => part(vec![samples::document()]),
        ("show_document", _) => whole(samples::document_with_everything()),
        ("create_documents", "207") => whole(samples::received_files()),
        ("create_documents", _) => whole(samples::received()),
        ("replace_document" | "change_document" | "restore_document", _) => whole(samples::document()),
        ("approve_document", _) => whole(samples::document_that_is("approved")),
        ("reject_document", _) => whole(samples::document_that_is("rejected")),
        ("infer", "202") | ("process_document" | "retry_job", _) => whole(samples::queued_job()),
        ("infer", "207") => whole(samples::read_files()),
        ("infer", _) => whole(samples::inference()),
        ("list_jobs", _) => part(vec![samples::job()]),
        ("show_job", _) => whole(samples::job()),
        ("cancel_job", _) => whole(samples::cancelled_job()),
        ("list_labels", _) => whole(vec![samples::label()]),
        ("show_label", _) => whole(samples::label()),
        ("add_label", _) => whole(samples::added_label()),
        ("correct_label", _) => whole(samples::corrected_label()),
        ("show_history", _) => part(vec![samples::history()]),
        ("list_models", _) => whole(vec![samples::model()]),
        ("show_liveness", _) => value(Liveness { status: "live" }),
        ("show_readiness", _) => value(readiness(true)),
        ("show_version", _) => value(samples::version()),
        ("show_metrics", _) => Some(files::MEASURES.into()),
        ("export_labels", _) => samples::export(media_type),
        ("show_file" | "show_page", _) => files::of(media_type),
        _ => None,
    }
}

fn value(shape: impl Serialize) -> Option<Value> {
    serde_json::to_value(shape).ok()
}

/// Data in its envelope.
fn whole(data: impl Serialize) -> Option<Value> {
    let meta = Meta { request_id: samples::REQUEST.to_owned() };
    value(Envelope { success: true, data, error: None, meta })
}

/// A part of a list in its envelope.
fn part<T: Serialize>(data: Vec<T>) -> Option<Value> {
    let part = Part::of(Window::default(), 1);
    let meta = ListMeta { request_id: samples::REQUEST.to_owned(), part };
    value(ListEnvelope { success: true, data, error: None, meta })
}

fn readiness(ready: bool) -> Readiness {
    let checks = ["database", "storage", "reader"]
        .map(|name| DependencyReport { name, ready: ready || name != "database" });
    Readiness { status: if ready { "ready" } else { "not_ready" }, checks: checks.into() }
}
