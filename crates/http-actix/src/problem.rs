//! Why a request was not done: a stable code, and a sentence for the client.
//!
//! Codes and statuses are in `problem/code.rs`, the way from the domain's errors to them in
//! `problem/from_domain.rs`. Does not know how a body is written: `envelope.rs` does.

mod code;
mod from_domain;

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

pub use code::Code;

/// A client may try again after so many seconds when too much waits.
const RETRY_AFTER_SECONDS: u32 = 1;

/// Part of a request that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ErrorDetail)]
pub struct Detail {
    /// Which part, for instance `limit`.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl Detail {
    /// A part and what is wrong with it.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Why a request was not done, as it is sent to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    message: String,
    details: Vec<Detail>,
}

impl Problem {
    /// A problem of this code, in words for people.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: Vec::new() }
    }

    /// What is wrong with the parts of a request.
    pub fn invalid(details: Vec<Detail>) -> Self {
        Self { details, ..Self::new(Code::ValidationFailed, "the request is not valid") }
    }

    /// One part of a request is wrong.
    pub fn invalid_part(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(vec![Detail::new(field, message)])
    }

    /// Too much waits.
    pub fn overloaded(what: &str) -> Self {
        Self::new(Code::Overloaded, format!("too many {what} are waiting; try again in a moment"))
    }

    /// The code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The sentence for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What is wrong with the parts of the request.
    pub fn details(&self) -> &[Detail] {
        &self.details
    }

    /// How many seconds a client should wait before the same may succeed.
    pub const fn retry_after(&self) -> Option<u32> {
        if self.code.status() == 503 { Some(RETRY_AFTER_SECONDS) } else { None }
    }

    /// The same problem, once its reason is logged. The log is the only place that `reason` goes to.
    fn logged_because(self, reason: &dyn fmt::Display) -> Self {
        if self.code.status() == 500 {
            tracing::error!(code = self.code.name(), "{reason}");
        } else {
            tracing::warn!(code = self.code.name(), "{reason}");
        }
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for Problem {}

/// The body is written by the middleware that knows the request's id.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_is_to_be_tried_again() {
        assert_eq!(Problem::overloaded("files").retry_after(), Some(1));
        assert_eq!(Problem::new(Code::InternalError, "").retry_after(), None);
        assert_eq!(Problem::invalid_part("limit", "no").status_code(), StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn every_status_is_one_of_http() {
        for code in Code::ALL {
            assert_eq!(Problem::new(*code, "").status_code().as_u16(), code.status(), "{code:?}");
        }
    }
}
