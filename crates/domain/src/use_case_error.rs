//! Why a use case did not do what it was asked: one error for all of them, with stable codes.

use crate::document::{DescriptionError, WrongStatus};
use crate::job::JobStatus;
use crate::ports::{BlobError, PaintError, ReadError, RepositoryError};

/// Part of a request that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidField {
    /// Which part, for instance `limit` or `value`.
    pub field: String,
    /// What is wrong with it, for people.
    pub message: String,
}

impl InvalidField {
    /// A part of a request and what is wrong with it.
    #[must_use]
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<DescriptionError> for InvalidField {
    fn from(error: DescriptionError) -> Self {
        Self::new(error.part, error.message)
    }
}

/// Why a use case did not do what it was asked. Nothing of it has happened unless the use case says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UseCaseError {
    /// It is not there, or is not the caller's.
    #[error("there is no such {what}")]
    NotFound {
        /// `document`, `label`, `job` or `page`.
        what: &'static str,
    },
    /// The request is well-formed and cannot be accepted.
    #[error("the request is not valid: {}", sentences(.details))]
    Invalid {
        /// What is wrong; never empty.
        details: Vec<InvalidField>,
    },
    /// The document's status does not allow it.
    #[error(transparent)]
    WrongDocumentStatus(#[from] WrongStatus),
    /// The job's status does not allow it.
    #[error("a job that is {status} cannot be {change}")]
    WrongJobStatus {
        /// What it is.
        status: JobStatus,
        /// What it should have become, for people.
        change: &'static str,
    },
    /// Somebody else changed it: the caller named another version than the one that is there.
    #[error("it was changed meanwhile")]
    Stale,
    /// Others changed it each time that this change was tried. The caller may try again in a
    /// moment.
    #[error("others change it all the time; try again in a moment")]
    Contended,
    /// Another document with the same bytes is there.
    #[error("another document with the same bytes is there")]
    AlreadyExists,
    /// The document has a label for the field.
    #[error("the document has a label for this field already")]
    LabelExists,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyKeyReused,
    /// The file cannot be taken.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A repository failed.
    #[error(transparent)]
    Repository(RepositoryError),
    /// The store of bytes failed.
    #[error(transparent)]
    Storage(#[from] BlobError),
    /// A page could not be drawn.
    #[error(transparent)]
    Paint(#[from] PaintError),
}

fn sentences(details: &[InvalidField]) -> String {
    let each: Vec<String> =
        details.iter().map(|detail| format!("{}: {}", detail.field, detail.message)).collect();
    each.join("; ")
}

impl From<RepositoryError> for UseCaseError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Stale => Self::Stale,
            RepositoryError::DocumentExists => Self::AlreadyExists,
            RepositoryError::LabelExists => Self::LabelExists,
            other => Self::Repository(other),
        }
    }
}

impl UseCaseError {
    pub(crate) const DOCUMENT_NOT_FOUND: Self = Self::NotFound { what: "document" };
    pub(crate) const JOB_NOT_FOUND: Self = Self::NotFound { what: "job" };
    pub(crate) const PAGE_NOT_FOUND: Self = Self::NotFound { what: "page" };

    /// One part of the request is wrong.
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { details: vec![InvalidField::new(field, message)] }
    }

    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Invalid { .. } => "validation_failed",
            Self::WrongDocumentStatus(_) | Self::WrongJobStatus { .. } => "wrong_status",
            Self::Stale => "changed_meanwhile",
            Self::Contended => "contended",
            Self::AlreadyExists => "already_exists",
            Self::LabelExists => "label_exists",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::Read(error) => error.code(),
            Self::Repository(error) => error.code(),
            Self::Storage(error) => error.code(),
            Self::Paint(_) => "painter_failed",
        }
    }

    /// Whether the same may succeed later without anybody doing anything about the request.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Read(error) => error.is_transient(),
            Self::Repository(error) => error.is_transient(),
            Self::Storage(error) => error.is_transient(),
            Self::Contended => true,
            _ => false,
        }
    }
}

impl From<DescriptionError> for UseCaseError {
    fn from(error: DescriptionError) -> Self {
        Self::Invalid { details: vec![error.into()] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_port_answers_keeps_its_code() {
        let away = RepositoryError::Unavailable { reason: "no route".to_owned() };
        assert_eq!(UseCaseError::from(away.clone()).code(), "database_unavailable");
        assert!(UseCaseError::from(away).is_transient());
        assert_eq!(UseCaseError::from(RepositoryError::Stale), UseCaseError::Stale);
        assert_eq!(UseCaseError::from(RepositoryError::DocumentExists).code(), "already_exists");
        assert_eq!(UseCaseError::from(RepositoryError::LabelExists).code(), "label_exists");
        assert_eq!(UseCaseError::from(ReadError::NoPages).code(), "document_without_pages");
        assert!(UseCaseError::from(ReadError::Overloaded).is_transient());
        let full = BlobError::OutOfSpace { reason: String::new() };
        assert!(UseCaseError::from(full.clone()).is_transient());
        assert_eq!(UseCaseError::from(full).code(), "storage_full");
        assert!(!UseCaseError::Stale.is_transient());
        assert!(UseCaseError::Contended.is_transient());
    }

    #[test]
    fn each_detail_is_said() {
        let details =
            vec![InvalidField::new("limit", "must be 1 to 100"), InvalidField::new("text", "too long")];
        let error = UseCaseError::Invalid { details };
        assert_eq!(error.to_string(), "the request is not valid: limit: must be 1 to 100; text: too long");
        assert_eq!(UseCaseError::JOB_NOT_FOUND.to_string(), "there is no such job");
    }
}
