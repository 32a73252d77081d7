//! The encodings of answers: which are sent as they are, and that each encoding has an entity tag of its own.
//!
//! A strong tag says that the bytes are the same (RFC 9110, 8.8.1), so that an answer and the same answer in gzip cannot
//! share one. Tags of encoded answers end with the encoding's name; [`entity_tag`] reads them as the version's own.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use actix_web::middleware::Next;

use crate::entity_tag;

/// The header of an answer that is compressed by what it is: nothing encodes it again. It is not sent.
pub const ENCODED_ALREADY: (HeaderName, &str) = (CONTENT_ENCODING, "identity");

/// What an answer that is encoded needs beside its own bytes: the encoder has windows and tables of its own.
pub const MEMORY_FOR_ENCODING: usize = 1 << 20;

/// Wraps what encodes answers: gives each encoding its tag, and says that answers depend on what the client accepts.
///
/// # Errors
/// None of its own.
pub async fn distinguish<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let mut response = next.call(request).await?;
    let is_known = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    match headers.get(CONTENT_ENCODING).cloned() {
        Some(encoding) if encoding == ENCODED_ALREADY.1 => {
            headers.remove(CONTENT_ENCODING);
            return Ok(response);
        }
        Some(encoding) => {
            retag(headers, |tag| entity_tag::encoded(tag, encoding.to_str().ok()?));
            // Parts are parts of the bytes as they are without an encoding.
            headers.remove(ACCEPT_RANGES);
        }
        None if is_known => retag(headers, |tag| entity_tag::as_known(known.as_ref()?.to_str().ok()?, tag)),
        None => {}
    }
    vary(headers);
    Ok(response)
}

fn retag(headers: &mut HeaderMap, other: impl FnOnce(&str) -> Option<String>) {
    let tag = headers.get(ETAG).and_then(|tag| HeaderValue::from_str(&other(tag.to_str().ok()?)?).ok());
    if let Some(tag) = tag {
        headers.insert(ETAG, tag);
    }
}

fn vary(headers: &mut HeaderMap) {
    let names = |value: &HeaderValue| {
        let names = value.to_str().unwrap_or_default();
        names.split(',').any(|name| name.trim().eq_ignore_ascii_case(ACCEPT_ENCODING.as_str()))
    };
    if !headers.get_all(VARY).any(names) {
        headers.append(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    }
}
