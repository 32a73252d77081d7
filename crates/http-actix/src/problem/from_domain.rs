//! From the domain's errors to problems: the code of each, and the sentence for the client.
//!
//! Each error is matched without a wildcard, so that a new one does not compile before it has a
//! code. Reasons for the operator are logged here and never sent.

use fieldmark_domain::commands::ExtractError;
use fieldmark_domain::document::Failure;
use fieldmark_domain::ports::{BlobError, DetectError, PaintError, ReadError, RepositoryError};
use fieldmark_domain::use_case_error::{InvalidField, UseCaseError};

use super::{Code, Detail, Problem};

impl From<&UseCaseError> for Code {
    fn from(error: &UseCaseError) -> Self {
        match error {
            UseCaseError::NotFound { .. } => Self::NotFound,
            UseCaseError::Invalid { .. } => Self::ValidationFailed,
            UseCaseError::WrongDocumentStatus(_) | UseCaseError::WrongJobStatus { .. } => Self::WrongStatus,
            UseCaseError::Stale => Self::ChangedMeanwhile,
            UseCaseError::Contended => Self::Contended,
            UseCaseError::AlreadyExists => Self::AlreadyExists,
            UseCaseError::LabelExists => Self::LabelExists,
            UseCaseError::IdempotencyKeyReused => Self::IdempotencyKeyReused,
            UseCaseError::Read(error) => error.into(),
            UseCaseError::Repository(error) => error.into(),
            UseCaseError::Storage(error) => error.into(),
            UseCaseError::Paint(_) => Self::PainterFailed,
        }
    }
}

impl From<&ReadError> for Code {
    fn from(error: &ReadError) -> Self {
        match error {
            ReadError::Empty => Self::DocumentEmpty,
            ReadError::UnsupportedMediaType { .. } => Self::UnsupportedMediaType,
            ReadError::TooLarge { .. } => Self::DocumentTooLarge,
            ReadError::Encrypted { .. } => Self::DocumentEncrypted,
            ReadError::Unreadable { .. } => Self::DocumentUnreadable,
            ReadError::NoPages => Self::DocumentWithoutPages,
            ReadError::Overloaded => Self::Overloaded,
            ReadError::Unavailable { .. } => Self::ReaderUnavailable,
        }
    }
}

impl From<&RepositoryError> for Code {
    fn from(error: &RepositoryError) -> Self {
        match error {
            RepositoryError::Stale | RepositoryError::RepeatsChanged => Self::ChangedMeanwhile,
            RepositoryError::LeaseLost => Self::LeaseLost,
            RepositoryError::DocumentExists => Self::AlreadyExists,
            RepositoryError::LabelExists => Self::LabelExists,
            RepositoryError::OutOfSpace => Self::StorageFull,
            RepositoryError::Unavailable { .. } => Self::DatabaseUnavailable,
            RepositoryError::Failed { .. } => Self::InternalError,
        }
    }
}

impl From<&BlobError> for Code {
    fn from(error: &BlobError) -> Self {
        match error {
            BlobError::OutOfSpace { .. } => Self::StorageFull,
            BlobError::Unavailable { .. } => Self::StorageUnavailable,
            BlobError::Damaged { .. } => Self::StoredFileDamaged,
            BlobError::Missing => Self::StoredFileMissing,
            BlobError::Failed { .. } => Self::StorageFailed,
        }
    }
}

impl From<&DetectError> for Code {
    fn from(error: &DetectError) -> Self {
        match error {
            DetectError::Overloaded => Self::Overloaded,
            DetectError::Failed { .. } => Self::DetectorFailed,
        }
    }
}

impl From<InvalidField> for Detail {
    fn from(invalid: InvalidField) -> Self {
        Self::new(invalid.field, invalid.message)
    }
}

impl From<UseCaseError> for Problem {
    fn from(error: UseCaseError) -> Self {
        match error {
            UseCaseError::Invalid { details } => {
                Self::invalid(details.into_iter().map(Detail::from).collect())
            }
            UseCaseError::Read(error) => error.into(),
            UseCaseError::Repository(error) => error.into(),
            UseCaseError::Storage(error) => error.into(),
            UseCaseError::Paint(error) => error.into(),
            other => Self::new((&other).into(), other.to_string()),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        let code = Code::from(&error);
        match &error {
            // What is missing on the machine is the operator's business.
            ReadError::Unavailable { .. } => {
                Self::new(code, "files cannot be read at present").logged_because(&error)
            }
            ReadError::Overloaded => Self::overloaded("files"),
            _ => Self::new(code, error.to_string()),
        }
    }
}

impl From<RepositoryError> for Problem {
    fn from(error: RepositoryError) -> Self {
        let code = Code::from(&error);
        match &error {
            RepositoryError::Unavailable { .. } => {
                Self::new(code, "the database cannot be reached at present").logged_because(&error)
            }
            RepositoryError::OutOfSpace => {
                Self::new(code, "there is no room left for documents").logged_because(&error)
            }
            RepositoryError::Failed { .. } => {
                Self::new(code, "the service failed; the log says why").logged_because(&error)
            }
            _ => Self::new(code, error.to_string()),
        }
    }
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        let message = match &error {
            BlobError::OutOfSpace { .. } => "there is no room left for documents",
            BlobError::Unavailable { .. } => "the store of documents cannot be reached at present",
            BlobError::Missing => "the stored bytes are not there",
            BlobError::Damaged { .. } => "the stored bytes are not what was stored",
            BlobError::Failed { .. } => "the store of documents failed; the log says why",
        };
        Self::new((&error).into(), message).logged_because(&error)
    }
}

impl From<PaintError> for Problem {
    fn from(error: PaintError) -> Self {
        Self::new(Code::PainterFailed, "the picture of the page cannot be made; the log says why")
            .logged_because(&error)
    }
}

impl From<ExtractError> for Problem {
    fn from(error: ExtractError) -> Self {
        match error {
            ExtractError::Read(error) => error.into(),
            ExtractError::Detect(DetectError::Overloaded) => Self::overloaded("pages"),
            ExtractError::Detect(failed) => {
                Self::new((&failed).into(), "the model failed; the log says why").logged_because(&failed)
            }
        }
    }
}

/// Failures are stored as text. One that an older or newer version stored may have a code that this
/// version does not know.
impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        Self::new(Code::named(&failure.code).unwrap_or(Code::InternalError), failure.message.clone())
    }
}

#[cfg(test)]
mod tests {
    use fieldmark_domain::document::{DocumentStatus, WrongStatus};
    use fieldmark_domain::job::JobStatus;

    use super::*;

    fn secret() -> String {
        "postgres://admin:hunter2@db/fieldmark".to_owned()
    }

    fn read_errors() -> Vec<ReadError> {
        vec![
            ReadError::Empty,
            ReadError::UnsupportedMediaType { found: String::new() },
            ReadError::TooLarge { reason: secret() },
            ReadError::Encrypted { password_given: false },
            ReadError::Unreadable { reason: secret() },
            ReadError::NoPages,
            ReadError::Overloaded,
            ReadError::Unavailable { reason: secret() },
        ]
    }

    fn use_case_errors() -> Vec<UseCaseError> {
        let own = [
            UseCaseError::NotFound { what: "document" },
            UseCaseError::Invalid { details: vec![InvalidField::new("limit", "no")] },
            WrongStatus { status: DocumentStatus::Queued, change: "approved" }.into(),
            UseCaseError::WrongJobStatus { status: JobStatus::Dead, change: "cancelled" },
            UseCaseError::Stale,
            UseCaseError::Contended,
            UseCaseError::AlreadyExists,
            UseCaseError::LabelExists,
            UseCaseError::IdempotencyKeyReused,
            PaintError { reason: secret() }.into(),
        ];
        let repositories = [
            RepositoryError::Stale,
            RepositoryError::LeaseLost,
            RepositoryError::DocumentExists,
            RepositoryError::LabelExists,
            RepositoryError::RepeatsChanged,
            RepositoryError::OutOfSpace,
            RepositoryError::Unavailable { reason: secret() },
            RepositoryError::Failed { reason: secret() },
        ];
        let blobs = [
            BlobError::OutOfSpace { reason: secret() },
            BlobError::Unavailable { reason: secret() },
            BlobError::Damaged { reason: secret() },
            BlobError::Missing,
            BlobError::Failed { reason: secret() },
        ];
        let mut errors = Vec::from(own);
        errors.extend(read_errors().into_iter().map(UseCaseError::from));
        errors.extend(repositories.map(UseCaseError::Repository));
        errors.extend(blobs.map(UseCaseError::from));
        errors
    }

    #[test]
    fn every_error_of_the_domain_keeps_its_code() {
        for error in use_case_errors() {
            assert_eq!(Code::from(&error).name(), error.code(), "{error:?}");
            assert_eq!(Problem::from(error.clone()).code().name(), error.code(), "{error:?}");
        }
        let detector = [DetectError::Overloaded, DetectError::Failed { reason: secret() }];
        let readers = read_errors().into_iter().map(ExtractError::from);
        for error in readers.chain(detector.map(ExtractError::from)) {
            assert_eq!(Problem::from(error.clone()).code().name(), error.code(), "{error:?}");
        }
    }

    #[test]
    fn a_stored_failure_keeps_its_code_if_there_is_one() {
        let code =
            |code: &str| Problem::from(&Failure { code: code.to_owned(), message: String::new() }).code();
        assert_eq!(code("worker_lost"), Code::WorkerLost);
        assert_eq!(code("of_a_later_version"), Code::InternalError);
    }

    #[test]
    fn reasons_for_the_operator_are_not_sent_to_the_client() {
        let problems = [
            Problem::from(RepositoryError::Failed { reason: secret() }),
            Problem::from(RepositoryError::Unavailable { reason: secret() }),
            Problem::from(BlobError::Failed { reason: secret() }),
            Problem::from(ReadError::Unavailable { reason: secret() }),
            Problem::from(UseCaseError::Paint(PaintError { reason: secret() })),
            Problem::from(ExtractError::Detect(DetectError::Failed { reason: secret() })),
        ];
        for problem in problems {
            assert!(!problem.message().contains("hunter2"), "{problem}");
        }
    }
}
