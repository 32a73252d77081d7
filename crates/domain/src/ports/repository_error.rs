//! Why a repository did not do what it was asked.

/// Why a repository did not do what it was asked. Nothing is half-written when one of these is answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepositoryError {
    /// Somebody changed it meanwhile: what is kept has another version than what was to be changed.
    #[error("it was changed meanwhile")]
    Stale,
    /// The lease ran out and another worker has the job, or the job is over.
    #[error("the job's lease is lost")]
    LeaseLost,
    /// The owner has another document with the same bytes.
    #[error("another document with the same bytes is there")]
    DocumentExists,
    /// The document has a label for the field already.
    #[error("the document has a label for this field already")]
    LabelExists,
    /// Another document with the same supplier and invoice number is there, or the one that was there is gone.
    #[error("another document with the same invoice number has come or gone meanwhile")]
    RepeatsChanged,
    /// There is no room left where the database stands.
    #[error("the database's disk is full")]
    OutOfSpace,
    /// The database cannot be reached or is busy for too long. It may be there again later.
    #[error("the database is unavailable: {reason}")]
    Unavailable {
        /// What happened, for the operator.
        reason: String,
    },
    /// Anything else: a fault of the program or of what is kept.
    #[error("the database failed: {reason}")]
    Failed {
        /// What happened, for the operator.
        reason: String,
    },
}

impl RepositoryError {
    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Stale => "changed_meanwhile",
            Self::LeaseLost => "lease_lost",
            Self::DocumentExists => "already_exists",
            Self::LabelExists => "label_exists",
            Self::RepeatsChanged => "changed_meanwhile",
            Self::OutOfSpace => "storage_full",
            Self::Unavailable { .. } => "database_unavailable",
            Self::Failed { .. } => "internal_error",
        }
    }

    /// Whether the same may succeed later without anybody doing anything about the request.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::OutOfSpace | Self::Unavailable { .. })
    }
}
