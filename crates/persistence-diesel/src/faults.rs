//! The errors between a repository and its database, and the errors that callers get: the only
//! place that maps the errors of both databases.

use diesel::result::{DatabaseErrorKind, Error};
use fieldmark_domain::ports::RepositoryError;

/// Why a repository's work was aborted. Everything that it wrote is rolled back.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database returned an error.
    Database(Error),
    /// The repository refuses the work.
    Refused(RepositoryError),
    /// The row to change does not exist.
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
    /// A stored value is invalid, or a value cannot be stored as it is.
    pub(crate) fn broken(what: impl std::fmt::Display) -> Self {
        Self::Refused(RepositoryError::Failed { reason: what.to_string() })
    }

    pub(crate) fn into_error(self) -> RepositoryError {
        match self {
            Self::Database(error) => refusal(&error),
            Self::Refused(error) => error,
            Self::Absent => {
                RepositoryError::Failed { reason: "a row disappeared while it was changed".to_owned() }
            }
        }
    }
}

/// Messages for a full disk: SQLite's SQLITE_FULL and PostgreSQL's 53100, whose message ends with
/// the system's own. The driver does not expose PostgreSQL's codes.
const FULL: [&str; 3] = ["database or disk is full", "No space left on device", "disk full"];

/// Messages for errors that may disappear by themselves: locks, deadlocks, and servers that stop,
/// start or have no free connection.
const TRANSIENT: [&str; 13] = [
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

/// The caller's error for a database's error.
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

/// The caller's error when connecting fails: a full disk, or a transient error.
pub(crate) fn of_connecting(reason: String) -> RepositoryError {
    let is_full = FULL.iter().any(|words| reason.contains(words));
    if is_full { RepositoryError::OutOfSpace } else { RepositoryError::Unavailable { reason } }
}

fn of_message(reason: String) -> RepositoryError {
    let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    if says(&FULL) {
        RepositoryError::OutOfSpace
    } else if says(&TRANSIENT) {
        RepositoryError::Unavailable { reason }
    } else {
        RepositoryError::Failed { reason }
    }
}

/// The error with the name of its constraint, but without the details, in which PostgreSQL repeats
/// values.
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
