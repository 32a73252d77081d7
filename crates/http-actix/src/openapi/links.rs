//! Links in the OpenAPI document: which answers name what other operations ask for.

use serde_json::Value;
use utoipa::openapi::link::Link;
use utoipa::openapi::{OpenApi, RefOr};

use super::operations;

/// An answer that always names something, and the operations that take it.
struct Leads {
    from: &'static str,
    status: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    to: &'static [&'static str],
}

const THE_DOCUMENT: &[&str] = &[
    "show_document",
    "replace_document",
    "change_document",
    "delete_document",
    "process_document",
    "approve_document",
    "reject_document",
    "show_file",
    "show_page",
    "list_labels",
    "add_label",
    "show_history",
];
const THE_LABEL: &[&str] = &["show_label", "correct_label", "delete_label"];
const THE_JOB: &[&str] = &["show_job", "cancel_job", "retry_job"];

const fn leads(
    from: &'static str,
    status: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    to: &'static [&'static str],
) -> Leads {
    Leads { from, status, parameters, to }
}

const LEADS: &[Leads] = &[
    leads("create_documents", "201", &[("document", "$response.body#/data/id")], THE_DOCUMENT),
    leads("create_documents", "200", &[("document", "$response.body#/data/id")], THE_DOCUMENT),
    leads("infer", "202", &[("job", "$response.body#/data/id")], THE_JOB),
    leads("delete_document", "204", &[("document", "$request.path.document")], &["restore_document"]),
    leads("process_document", "202", &[("job", "$response.body#/data/id")], THE_JOB),
    leads(
        "add_label",
        "201",
        &[("document", "$request.path.document"), ("label", "$response.body#/data/id")],
        THE_LABEL,
    ),
];

/// Adds to each answer where it leads.
pub fn add(document: &mut OpenApi) {
    for operation in operations(document) {
        let from = operation.operation_id.clone().unwrap_or_default();
        for Leads { status, parameters, to, .. } in LEADS.iter().filter(|leads| leads.from == from) {
            let Some(RefOr::T(response)) = operation.responses.responses.get_mut(*status) else { continue };
            for target in *to {
                let mut link = Link::builder().operation_id(*target).build();
                let given = parameters.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
                link.parameters.extend(given);
                if *target == "show_page" {
                    link.parameters.insert("page".to_owned(), Value::from(1));
                }
                response.links.insert((*target).to_owned(), RefOr::T(link));
            }
        }
    }
}
