//! JSON in a request's body.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::problem::Problem;
use crate::services::Limits;
use crate::upload::in_time;

/// The longest body of JSON, in bytes.
const LONGEST: usize = 1 << 20;

/// Reads a body of JSON.
///
/// # Errors
/// `unsupported_media_type` for a body that does not say it is JSON, `body_too_large`, `request_timeout`, `invalid_json` for one that is
/// none, `validation_failed` for one of another shape.
pub async fn json<T: DeserializeOwned>(
    request: &HttpRequest,
    payload: web::Payload,
    limits: &Limits,
) -> Result<T, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(
            "unsupported_media_type",
            "the body must be JSON: Content-Type: application/json",
        ));
    }
    let longest = LONGEST.min(usize::try_from(limits.body_bytes).unwrap_or(LONGEST));
    parsed(&in_time(limits, bytes(payload, longest)).await?, "body")
}

/// JSON of a shape; `part` says where it stood.
///
/// # Errors
/// `invalid_json`, `validation_failed`.
pub fn parsed<T: DeserializeOwned>(bytes: &[u8], part: &str) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => Problem::invalid_part(part, error.to_string()),
        _ => Problem::new("invalid_json", format!("the {part} is not JSON: {error}")),
    })
}

async fn bytes(mut payload: web::Payload, longest: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(broken_off)?;
        if bytes.len() + piece.len() > longest {
            return Err(Problem::new("body_too_large", format!("the body may have {longest} bytes")));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// A body that did not come to its end.
pub fn broken_off(error: impl std::fmt::Display) -> Problem {
    Problem::new("bad_request", format!("the body broke off: {error}"))
}
