//! The part of a file that a client wants (RFC 9110, 14.1 and 14.2).

use std::ops::Range;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{IF_RANGE, RANGE};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which part of a file is wanted, as the OpenAPI document has it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it describes headers that are read as text")]
pub struct PartOfFile {
    /// One range of bytes. Several, or something else, are answered with the whole file.
    #[serde(rename = "Range")]
    #[param(nullable = false, example = "bytes=0-1023")]
    range: Option<String>,
    /// The ETag of the file of which a part is there already; of another one the whole is sent.
    #[serde(rename = "If-Range")]
    #[param(nullable = false)]
    version: Option<String>,
}

/// What a client wants of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// These bytes, of which there is at least one.
    Part(Range<u64>),
    /// Bytes beyond its end.
    Nothing,
}

impl Wanted {
    /// What a request wants of a file with this tag and so many bytes. Several ranges, other units and what cannot be
    /// read are answered with the whole, as the standard allows; so is a part of a version that is not this one.
    pub fn of(request: &HttpRequest, tag: &str, size: u64) -> Self {
        let header = |name| request.headers().get(name);
        let is_of_this = header(IF_RANGE).is_none_or(|value| value.as_bytes() == tag.as_bytes());
        let Some(range) = header(RANGE).and_then(|value| value.to_str().ok()) else { return Self::Whole };
        if request.method() != Method::GET || !is_of_this {
            return Self::Whole;
        }
        Self::read(range, size).unwrap_or(Self::Whole)
    }

    fn read(range: &str, size: u64) -> Option<Self> {
        let (unit, range) = range.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return None;
        }
        if first.is_empty() {
            return Some(Self::part(size.saturating_sub(number(last)?)..size));
        }
        let first = number(first)?;
        let end = if last.is_empty() { size } else { number(last)?.saturating_add(1) };
        // A range that ends before it begins is none.
        let is_none = !last.is_empty() && end <= first;
        if is_none { None } else { Some(Self::part(first..end.min(size))) }
    }

    fn part(range: Range<u64>) -> Self {
        if range.is_empty() { Self::Nothing } else { Self::Part(range) }
    }
}

/// A number in digits and nothing else; one that is too large is as large as can be.
fn number(text: &str) -> Option<u64> {
    let is_written_so = !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
    is_written_so.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const TAG: &str = "\"abc\"";

    fn wanted(range: &str, size: u64) -> Wanted {
        Wanted::of(&TestRequest::default().insert_header((RANGE, range)).to_http_request(), TAG, size)
    }

    #[test]
    fn a_range_is_written_in_three_ways() {
        for (range, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-99", 0..100),
            ("bytes=7-8", 7..9),
            ("Bytes = 7-8", 7..9),
            ("bytes=90-", 90..100),
            ("bytes=-1", 99..100),
            ("bytes=-1000", 0..100),
            ("bytes=50-99999999999999999999999", 50..100),
        ] {
            assert_eq!(wanted(range, 100), Wanted::Part(part), "{range}");
        }
    }

    #[test]
    fn a_part_beyond_the_end_is_nothing() {
        for (range, size) in
            [("bytes=100-", 100), ("bytes=100-200", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)]
        {
            assert_eq!(wanted(range, size), Wanted::Nothing, "{range} of {size}");
        }
    }

    #[test]
    fn what_is_no_single_range_of_bytes_means_the_whole() {
        for range in [
            "bytes=9-8",
            "bytes=a-b",
            "bytes=-",
            "bytes=",
            "bytes",
            "pages=1-2",
            "bytes=0-1,3-4",
            "bytes=+1-2",
            "bytes=0--1",
            "",
        ] {
            assert_eq!(wanted(range, 100), Wanted::Whole, "{range}");
        }
        assert_eq!(Wanted::of(&TestRequest::default().to_http_request(), TAG, 100), Wanted::Whole);
    }

    #[test]
    fn a_part_of_another_version_is_not_given() {
        let with = |version: &str| {
            let request = TestRequest::default().insert_header((RANGE, "bytes=1-2"));
            Wanted::of(&request.insert_header((IF_RANGE, version)).to_http_request(), TAG, 100)
        };
        assert_eq!(with(TAG), Wanted::Part(1..3));
        for other in ["\"abd\"", "W/\"abc\"", "\"abc-gzip\"", "Sat, 29 Oct 1994 19:43:31 GMT"] {
            assert_eq!(with(other), Wanted::Whole, "{other}");
        }
    }

    #[test]
    fn only_a_get_has_parts() {
        let request = TestRequest::default().method(Method::HEAD).insert_header((RANGE, "bytes=1-2"));
        assert_eq!(Wanted::of(&request.to_http_request(), TAG, 100), Wanted::Whole);
    }
}
