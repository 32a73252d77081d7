//! What a change tells those who wait for it, on databases that can tell: PostgreSQL's NOTIFY, sent when the change is
//! committed. Who listens is the business of the queue and of whoever shows documents as they change.

use crate::types::Id;

/// Where something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    /// There may be a job to claim.
    Jobs,
    /// A document has changed; its id is told.
    Documents,
}

impl Channel {
    /// The name to listen to.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Jobs => "fieldmark_jobs",
            Self::Documents => "fieldmark_documents",
        }
    }
}

/// What is told of a document.
pub(crate) fn of_document(id: Id) -> String {
    id.0.to_string()
}
