//! JSON in a request's body.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::incoming::{Incoming, in_time, refused};
use crate::problem::Problem;
use crate::services::Limits;

/// The longest body of JSON, in bytes.
const LONGEST: u64 = 1 << 20;

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
    let longest = LONGEST.min(limits.body_bytes);
    let body = Incoming::new(payload, longest, limits);
    parsed(&in_time(limits, bytes(body, longest)).await?, "body")
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

async fn bytes(mut body: Incoming, longest: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await {
        bytes.extend_from_slice(&piece.map_err(|error| refused(&error, longest))?);
    }
    Ok(bytes)
}
