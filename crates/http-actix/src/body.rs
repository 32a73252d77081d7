//! JSON in a request's body.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::incoming::{Incoming, in_time, refused};
use crate::problem::{Code, Problem};
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
            Code::UnsupportedMediaType,
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
        Category::Data => Problem::invalid_part(part, described(&error)),
        _ => Problem::new(Code::InvalidJson, format!("the {part} is not JSON: {error}")),
    })
}

async fn bytes(mut body: Incoming, longest: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await {
        bytes.extend_from_slice(&piece.map_err(|error| refused(&error, longest))?);
    }
    Ok(bytes)
}

/// What is wrong with the shape of some JSON, in its own words: serde names types of Rust.
fn described(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // What was found may be anybody's text: the last mark is the one that counts.
    let parts = text.strip_prefix("invalid ").and_then(|rest| rest.rsplit_once(", expected "));
    let Some((found, rest)) = parts else { return text };
    let (expected, place) = rest.rsplit_once(" at line").unwrap_or((rest, ""));
    let found = found.strip_prefix("type: ").or_else(|| found.strip_prefix("value: ")).unwrap_or(found);
    let found = match found {
        "map" => "an object",
        "sequence" => "an array",
        "unit value" => "null",
        other => other,
    };
    let place = if place.is_empty() { String::new() } else { format!(" at line{place}") };
    format!("{found} where {} is expected{place}", shape(expected))
}

/// The JSON that a type of Rust is read from.
fn shape(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a map" => "an object",
        "a sequence" => "an array",
        "a borrowed string" => "a string",
        shape if shape.starts_with("struct ") => "an object",
        shape if shape.starts_with("tuple ") => "an array",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "its shape alone is of interest")]
    struct Shape {
        page: u32,
        left: Option<f32>,
        tags: Option<Vec<String>>,
        notes: Option<BTreeMap<String, String>>,
    }

    fn message(json: &str) -> String {
        let problem = parsed::<Shape>(json.as_bytes(), "body").unwrap_err();
        problem.details().iter().map(|detail| detail.message.clone()).collect()
    }

    #[test]
    fn what_is_wrong_with_a_shape_is_said_in_words_of_json() {
        for (json, said) in [
            ("7", "integer `7` where an object is expected"),
            ("{\"page\": -1}", "integer `-1` where a whole number from 0 is expected"),
            (
                "{\"page\": \"a, expected b\"}",
                "string \"a, expected b\" where a whole number from 0 is expected",
            ),
            ("{\"page\": 1, \"left\": {}}", "an object where a number is expected"),
            ("{\"page\": 1, \"tags\": {}}", "an object where an array is expected"),
            ("{\"page\": 1, \"notes\": []}", "an array where an object is expected"),
            ("{\"page\": null}", "null where a whole number from 0 is expected"),
            ("{}", "missing field `page`"),
            ("{\"colour\": 1}", "unknown field `colour`, expected one of `page`, `left`, `tags`, `notes`"),
        ] {
            let message = message(json);
            assert!(message.starts_with(said), "{json}: {message}");
        }
    }
}
