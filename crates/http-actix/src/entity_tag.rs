//! Entity tags of versions, and the conditions that name them (RFC 9110, 8.8.3 and 13.1).

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderName};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::{Code, Problem};

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

/// How the tags of answers in an encoding end: one ending for each encoding in which answers are sent.
const ENCODED: [&str; 4] = ["-br", "-deflate", "-gzip", "-zstd"];

/// The strong tag of a version.
pub fn of(version: u64) -> String {
    format!("\"{version}\"")
}

/// The strong tag of the same in an encoding; `None` for a weak tag, which is the same in every encoding, and for an
/// encoding in which nothing is sent.
pub fn encoded(tag: &str, encoding: &str) -> Option<String> {
    let ending = ENCODED.iter().find(|ending| ending.strip_prefix('-') == Some(encoding))?;
    Some(format!("\"{}{ending}\"", opaque(tag)?))
}

/// What a strong tag says, without the encoding; `None` for a weak one.
fn opaque(tag: &str) -> Option<&str> {
    let opaque = tag.strip_prefix('"')?.strip_suffix('"')?;
    Some(ENCODED.iter().find_map(|ending| opaque.strip_suffix(ending)).unwrap_or(opaque))
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
        return Err(Problem::new(Code::InvalidHeader, message));
    };
    let [tag] = tags.as_slice() else {
        return Err(Problem::new(
            Code::InvalidHeader,
            "If-Match must name one entity tag: that of the ETag header",
        ));
    };
    let version = opaque(tag).and_then(|version| version.parse().ok());
    // A tag that was never given, a weak one among them, is no current one.
    version
        .map(Some)
        .ok_or_else(|| Problem::new(Code::ChangedMeanwhile, "it never had the version that If-Match names"))
}

/// Whether the client has this version already, by `If-None-Match`.
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let Ok(Some(value)) = text(request, &header::IF_NONE_MATCH) else { return false };
    value == "*" || as_known(value, tag).is_some()
}

/// A version's tag as the client has it, in whichever encoding, by the value of its `If-None-Match`.
pub fn as_known(value: &str, tag: &str) -> Option<String> {
    let tags = tags(value.trim()).unwrap_or_default();
    let mut tags = tags.iter().map(|known| known.trim_start_matches("W/"));
    tags.find(|known| opaque(known) == opaque(tag)).map(str::to_owned)
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
    let text =
        value.to_str().map_err(|_| Problem::new(Code::InvalidHeader, format!("{name} must be ASCII")))?;
    Ok(Some(text.trim()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn if_match(value: &str) -> Result<Option<u64>, &'static str> {
        let request = TestRequest::default().insert_header(("If-Match", value)).to_http_request();
        expected(&request).map_err(|problem| problem.code().name())
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
    fn the_tag_of_a_version_in_an_encoding_means_that_version() {
        for encoding in ["br", "gzip", "deflate", "zstd"] {
            let tag = encoded(&of(7), encoding).unwrap();
            assert_eq!(tag, format!("\"7-{encoding}\""));
            assert_eq!(if_match(&tag), Ok(Some(7)));
            assert_eq!(as_known(&format!("\"6\", W/{tag}"), &of(7)), Some(tag.clone()));
            assert_eq!(as_known(&tag, &of(70)), None);
        }
        assert_eq!(encoded(&of(7), "identity"), None);
        assert_eq!(encoded("W/\"7\"", "gzip"), None);
        for other in ["\"7-lzma\"", "\"7-\"", "\"7gzip\"", "\"-gzip\"", "\"7-gzip-gzip\"", "W/\"7-gzip\""] {
            assert_eq!(if_match(other), Err("changed_meanwhile"), "{other}");
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
