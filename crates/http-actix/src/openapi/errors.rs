//! Errors in the OpenAPI document: which each operation may answer, and what the codes mean.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response};

use super::{BEARER, of_item};
use crate::addresses::{FILE, METRICS, PAGE, VERSION_ONE};
use crate::problem::Code;

/// What stands at the head of the document.
pub fn description() -> String {
    let mut text = String::from(
        "Reads invoices: a PDF or an e-invoice goes in, its fields come out, each with its value, its place on the page, a \
         confidence and checks.\n\nEvery answer below `/api/v1` is an envelope: `success`, `data`, `error`, `meta`. Times are \
         RFC 3339 in UTC, amounts decimal strings, boxes fractions of the page with their origin top left. `/api/…` without \
         a version takes the header `X-API-Version: v1`, the default.\n\n| code | status | meaning |\n|---|---|---|\n",
    );
    for code in Code::ALL {
        // Writing to a string does not fail.
        let _ = writeln!(text, "| `{}` | {} | {} |", code.name(), code.status(), code.meaning());
    }
    text
}

/// Adds to each operation the errors that it may answer, and the credential that it needs.
pub fn add(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let is_guarded = path.starts_with(VERSION_ONE) || path == METRICS;
        for operation in of_item(item) {
            if is_guarded {
                operation.security = Some(vec![
                    SecurityRequirement::new(BEARER, Vec::<String>::new()),
                    SecurityRequirement::default(),
                ]);
            }
            for (status, names) in statuses(path, operation.request_body.is_some()) {
                let entry = operation.responses.responses.entry(status.to_string());
                entry.or_insert_with(|| RefOr::T(response(&names)));
            }
        }
    }
}

/// The statuses of errors with their codes; those of bodies only where there is one.
fn statuses(path: &str, has_body: bool) -> BTreeMap<u16, Vec<&'static str>> {
    let mut statuses: BTreeMap<u16, Vec<&'static str>> = BTreeMap::new();
    let is_api = path.starts_with(VERSION_ONE);
    for code in Code::ALL {
        let applies = match code.status() {
            // Pictures may have too many pixels.
            413 => has_body || path.ends_with(PAGE),
            408 | 415 => has_body,
            416 => path.ends_with(FILE),
            400 | 500 => true,
            401 | 403 => is_api || path == METRICS,
            _ => is_api,
        };
        if applies {
            statuses.entry(code.status()).or_default().push(code.name());
        }
    }
    statuses
}

fn response(names: &[&str]) -> Response {
    let mut response = Response::new(format!("`{}`", names.join("`, `")));
    let schema = RefOr::Ref(Ref::from_schema_name("ErrorEnvelope"));
    response.content.insert("application/json".to_owned(), RefOr::T(Content::new(Some(schema))));
    response
}
