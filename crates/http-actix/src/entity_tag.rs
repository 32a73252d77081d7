//! Entity tags of versions, and the conditions that name them (RFC 9110, 8.8.3 and 13.1).

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderName};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

/// The condition of a change, as the OpenAPI document has it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it describes a header that is read as text")]
pub struct IfMatch {
    /// The ETag of the version that is meant.
    #[serde(rename = "If-Match")]
    #[param(nullable = false, format = "entity-tag", pattern = "^([*]|(W/)?\"[!#-~]*\")$", example = "*")]
    version: Option<String>,
}

/// The strong tag of a version.
pub fn of(version: u64) -> String {
    format!("\"{version}\"")
}

/// The version that a change is meant for, by `If-Match`; `None` for whichever is there.
///
/// # Errors
/// `invalid_header` when the header holds no tag, `changed_meanwhile` when its tags are none of ours.
pub fn expected(request: &HttpRequest) -> Result<Option<u64>, Problem> {
    let Some(value) = text(request, &header::IF_MATCH)? else { return Ok(None) };
    if value == "*" {
        return Ok(None);
    }
    let Some(tags) = tags(value) else {
        let message = "If-Match must be an entity tag such as \"3\", or *";
        return Err(Problem::new("invalid_header", message));
    };
    let [tag] = tags.as_slice() else {
        return Err(Problem::new(
            "invalid_header",
            "If-Match must name one entity tag: that of the ETag header",
        ));
    };
    let version =
        tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.parse().ok());
    // A tag that was never given, a weak one among them, is no current one.
    version
        .map(Some)
        .ok_or_else(|| Problem::new("changed_meanwhile", "it never had the version that If-Match names"))
}

/// Whether the client has this version already, by `If-None-Match`.
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let Ok(Some(value)) = text(request, &header::IF_NONE_MATCH) else { return false };
    value == "*" || tags(value).unwrap_or_default().iter().any(|known| known.trim_start_matches("W/") == tag)
}

/// The tags of a list; `None` when something in it is none. Commas may stand between tags and within them.
fn tags(list: &str) -> Option<Vec<&str>> {
    let (mut tags, mut rest) = (Vec::new(), list);
    while !rest.is_empty() {
        let opaque = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
        let (_, after) = opaque.split_once('"')?;
        tags.push(rest.strip_suffix(after)?);
        let after = after.trim_start();
        rest = if after.is_empty() { after } else { after.strip_prefix(',')?.trim_start() };
    }
    Some(tags)
}

fn text<'a>(request: &'a HttpRequest, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    let Some(value) = request.headers().get(name) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Problem::new("invalid_header", format!("{name} must be ASCII")))?;
    Ok(Some(text.trim()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn if_match(value: &str) -> Result<Option<u64>, &'static str> {
        let request = TestRequest::default().insert_header(("If-Match", value)).to_http_request();
        expected(&request).map_err(|problem| problem.code())
    }

    #[test]
    fn the_tag_of_a_version_reads_back() {
        assert_eq!(if_match(&of(7)), Ok(Some(7)));
        assert_eq!(if_match("*"), Ok(None));
        assert_eq!(expected(&TestRequest::default().to_http_request()), Ok(None));
    }

    #[test]
    fn what_is_no_tag_is_refused_and_what_is_none_of_ours_does_not_match() {
        for (value, code) in [
            ("7", "invalid_header"),
            ("\"7\", \"8\"", "invalid_header"),
            ("\"7\" \"8\"", "invalid_header"),
            ("\"7", "invalid_header"),
            // A comma within a tag is part of it.
            ("W/\",/0}[\"", "changed_meanwhile"),
            ("", "invalid_header"),
            ("W/\"7\"", "changed_meanwhile"),
            ("\"abc\"", "changed_meanwhile"),
        ] {
            assert_eq!(if_match(value), Err(code), "{value}");
        }
    }

    #[test]
    fn a_version_that_the_client_has_is_known() {
        let request =
            |value: &str| TestRequest::default().insert_header(("If-None-Match", value)).to_http_request();
        assert!(is_known(&request("\"1\", W/\"7\""), &of(7)));
        assert!(is_known(&request("*"), &of(7)));
        assert!(is_known(&request("\"a,b\",\"7\""), &of(7)));
        assert!(!is_known(&request("\"1\""), &of(7)));
        assert!(!is_known(&TestRequest::default().to_http_request(), &of(7)));
    }
}
