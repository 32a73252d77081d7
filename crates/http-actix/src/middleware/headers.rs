//! Headers that keep browsers careful with what they get (OWASP, HTTP Headers Cheat Sheet).

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

/// Nothing of an answer is run or shown in a frame; answers that are pages of their own say otherwise themselves.
const DEFAULTS: [(HeaderName, HeaderValue); 6] = [
    // No page of another origin shows it as a picture or runs it as a script.
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    // Clients may keep what they got, and ask each time whether it is still so.
    (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
];

/// Adds the headers that are not there.
pub fn harden(headers: &mut HeaderMap) {
    for (name, value) in DEFAULTS {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
}
