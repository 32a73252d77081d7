//! What goes wrong between a repository and its database, and what of it callers are told: the one place where
//! errors of both databases are mapped.

use diesel::result::{DatabaseErrorKind, Error};
use fieldmark_domain::ports::RepositoryError;

/// Why a repository's work was broken off. All that it wrote is rolled back.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database refused.
    Database(Error),
    /// The repository refuses.
    Refused(RepositoryError),
    /// What was to be changed is not there.
    Absent,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<RepositoryError> for Fault {
    fn from(error: RepositoryError) -> Self {
        Self::Refused(error)
    }
}

impl Fault {
    /// Something is kept that nothing could have written, or cannot be written as it is.
    pub(crate) fn broken(what: impl std::fmt::Display) -> Self {
        Self::Refused(RepositoryError::Failed { reason: what.to_string() })
    }

    pub(crate) fn into_error(self) -> RepositoryError {
        match self {
            Self::Database(error) => refusal(&error),
            Self::Refused(error) => error,
            Self::Absent => {
                RepositoryError::Failed { reason: "something went while it was changed".to_owned() }
            }
        }
    }
}

/// The disk under the database is full: SQLite's SQLITE_FULL and PostgreSQL's 53100, whose message ends with the
/// system's own. The driver keeps PostgreSQL's codes to itself.
const FULL: [&str; 3] = ["database or disk is full", "No space left on device", "disk full"];

/// Whatever else may be over in a moment: locks, deadlocks, and servers that stop, start or have no room for one more.
const PASSING: [&str; 13] = [
    "database is locked",
    "database table is locked",
    "database schema has changed",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "deadlock detected",
    "terminating connection",
    "the database system is",
    "remaining connection slots",
    "too many clients",
    "canceling statement due to",
    "could not obtain lock",
];

/// What callers are told of a database's error.
pub(crate) fn refusal(error: &Error) -> RepositoryError {
    let reason = described(error);
    match error {
        Error::DatabaseError(kind, _) => match kind {
            DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ReadOnlyTransaction
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::ClosedConnection => RepositoryError::Unavailable { reason },
            DatabaseErrorKind::Unknown => of_message(reason),
            _ => RepositoryError::Failed { reason },
        },
        Error::BrokenTransactionManager => RepositoryError::Unavailable { reason },
        Error::RollbackErrorOnCommit { commit_error, .. } => refusal(commit_error),
        _ => RepositoryError::Failed { reason },
    }
}

/// Why there is no connection: a full disk, or something that may be over in a moment.
pub(crate) fn of_connecting(reason: String) -> RepositoryError {
    let is_full = FULL.iter().any(|words| reason.contains(words));
    if is_full { RepositoryError::OutOfSpace } else { RepositoryError::Unavailable { reason } }
}

fn of_message(reason: String) -> RepositoryError {
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    if says(&FULL) {
        RepositoryError::OutOfSpace
    } else if says(&PASSING) {
        RepositoryError::Unavailable { reason }
    } else {
        RepositoryError::Failed { reason }
    }
}

/// The error with the constraint that it is about. Never with the details, in which PostgreSQL repeats values.
fn described(error: &Error) -> String {
    match error {
        Error::DatabaseError(_, information) => match information.constraint_name() {
            Some(constraint) => format!("{} ({constraint})", information.message()),
            None => information.message().to_owned(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: DatabaseErrorKind, message: &str) -> RepositoryError {
        refusal(&Error::DatabaseError(kind, Box::new(message.to_owned())))
    }

    #[test]
    fn what_may_pass_is_told_from_what_does_not() {
        use DatabaseErrorKind::{CheckViolation, ClosedConnection, SerializationFailure, Unknown};
        for (kind, message) in [
            (Unknown, "database is locked"),
            (Unknown, "terminating connection due to administrator command"),
            (Unknown, "deadlock detected"),
            (SerializationFailure, "could not serialize access due to concurrent update"),
            (ClosedConnection, "connection closed"),
        ] {
            assert_eq!(error(kind, message), RepositoryError::Unavailable { reason: message.to_owned() });
        }
        for message in
            ["database or disk is full", "could not extend file \"base/5/16384\": No space left on device"]
        {
            assert_eq!(error(Unknown, message), RepositoryError::OutOfSpace);
            assert_eq!(of_connecting(message.to_owned()), RepositoryError::OutOfSpace);
        }
        let away = "connection refused".to_owned();
        assert_eq!(of_connecting(away.clone()), RepositoryError::Unavailable { reason: away });
        for (kind, message) in [(Unknown, "no such table: documents"), (CheckViolation, "is locked")] {
            assert_eq!(error(kind, message), RepositoryError::Failed { reason: message.to_owned() });
        }
    }
}
