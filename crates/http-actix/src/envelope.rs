//! The envelope of every answer of version 1: `success`, `data`, `error`, `meta`.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, Responder};
use fieldmark_domain::listing::{Listing, Window};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

use crate::entity_tag;
use crate::problem::{Detail, Problem};
use crate::request_id::RequestId;

/// An answer that succeeded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Envelope<T> {
    /// True.
    #[schema(example = true)]
    pub success: bool,
    /// What was asked for.
    pub data: T,
    /// Null.
    #[schema(schema_with = null, required = true)]
    pub error: Option<()>,
    /// What belongs to the answer and not to what was asked for.
    pub meta: Meta,
}

/// An answer that succeeded with a part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListEnvelope<T> {
    /// True.
    #[schema(example = true)]
    pub success: bool,
    /// The part that was asked for.
    pub data: T,
    /// Null.
    #[schema(schema_with = null, required = true)]
    pub error: Option<()>,
    /// Which part it is.
    pub meta: ListMeta,
}

/// An answer that failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorEnvelope<'a> {
    /// False.
    #[schema(example = false)]
    pub success: bool,
    /// Null.
    #[schema(schema_with = null, required = true)]
    pub data: Option<()>,
    /// Why.
    pub error: ErrorBody<'a>,
    /// What belongs to the answer.
    pub meta: Meta,
}

/// Why a request was not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct ErrorBody<'a> {
    /// A stable code.
    #[schema(example = "validation_failed")]
    pub code: &'a str,
    /// The reason for people.
    #[schema(example = "the request is not valid")]
    pub message: &'a str,
    /// What is wrong with the parts of the request, where that is why.
    pub details: &'a [Detail],
}

/// What belongs to an answer and not to what was asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Meta {
    /// By what this request is found in the log.
    #[schema(example = "01990c5e-7d3a-7cc0-8000-0d9a6d1f4a11")]
    pub request_id: String,
}

/// What belongs to an answer that is a part of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListMeta {
    /// By what this request is found in the log.
    #[schema(example = "01990c5e-7d3a-7cc0-8000-0d9a6d1f4a11")]
    pub request_id: String,
    /// Which part.
    #[serde(flatten)]
    pub part: Part,
}

/// Nothing but null.
fn null() -> Object {
    ObjectBuilder::new().schema_type(Type::Null).build()
}

/// Which part of a list an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part {
    /// How many there are in all.
    pub total: u64,
    /// How many are given at once.
    pub limit: u32,
    /// How many of the first ones are left out.
    pub offset: u64,
    /// The page, counted from 1.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
}

impl Part {
    /// The part of a list that a window shows.
    pub fn of(window: Window, total: u64) -> Self {
        let Window { limit, offset } = window;
        let size = u64::from(limit.max(1));
        Self { total, limit, offset, page: offset / size + 1, pages: total.div_ceil(size) }
    }
}

/// What a handler answers: data in its envelope, with a status and headers.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    data: T,
    part: Option<Part>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl<T> Answer<T> {
    /// Data with status 200.
    pub const fn ok(data: T) -> Self {
        Self { status: StatusCode::OK, data, part: None, headers: Vec::new() }
    }

    /// Something new, at its address.
    pub fn created(data: T, location: &str) -> Self {
        Self::ok(data).status(StatusCode::CREATED).header(header::LOCATION, location)
    }

    /// Work that goes on, at its address.
    pub fn accepted(data: T, location: &str) -> Self {
        Self::ok(data).status(StatusCode::ACCEPTED).header(header::LOCATION, location)
    }

    /// The same with another status.
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same with a header; one whose value cannot be sent is left out.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// The same with the tag of this version.
    pub fn version(self, version: u64) -> Self {
        self.header(header::ETAG, &entity_tag::of(version))
    }
}

impl<T> Answer<Vec<T>> {
    /// A part of a list.
    pub fn list<U>(listing: &Listing<U>, window: Window, shape: impl Fn(&U) -> T) -> Self {
        let data = listing.items.iter().map(shape).collect();
        Self { part: Some(Part::of(window, listing.total)), ..Self::ok(data) }
    }
}

impl<T: Serialize> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self { status, data, part, headers } = self;
        let mut answer = HttpResponse::build(status);
        for header in headers {
            answer.append_header(header);
        }
        let (success, error, request_id) = (true, None, request_id(request));
        match part {
            None => answer.json(Envelope { success, data, error, meta: Meta { request_id } }),
            Some(part) => {
                answer.json(ListEnvelope { success, data, error, meta: ListMeta { request_id, part } })
            }
        }
    }
}

/// A problem in its envelope, ready to be sent.
pub fn failed(problem: &Problem, request: &HttpRequest) -> HttpResponse {
    use actix_web::ResponseError as _;
    let mut answer = HttpResponse::build(problem.status_code());
    if let Some(seconds) = problem.retry_after() {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if problem.status_code() == StatusCode::UNAUTHORIZED {
        answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"fieldmark\""));
    }
    answer.json(of_problem(problem, request_id(request)))
}

/// The envelope of a problem.
pub fn of_problem(problem: &Problem, request_id: String) -> ErrorEnvelope<'_> {
    let error =
        ErrorBody { code: problem.code().name(), message: problem.message(), details: problem.details() };
    ErrorEnvelope { success: false, data: None, error, meta: Meta { request_id } }
}

fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_tells_its_page_and_how_many_there_are() {
        let part = |limit, offset, total| {
            let part = Part::of(Window { limit, offset }, total);
            (part.page, part.pages)
        };
        assert_eq!(part(20, 0, 812), (1, 41));
        assert_eq!(part(20, 800, 812), (41, 41));
        assert_eq!(part(100, 0, 0), (1, 0));
        assert_eq!(part(10, 25, 30), (3, 3));
    }
}
