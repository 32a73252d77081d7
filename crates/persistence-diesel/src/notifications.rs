//! What a change tells those who wait for it, on databases that can tell: PostgreSQL's NOTIFY, sent when the change is
//! committed. Who listens is the business of the queue and of whoever shows documents as they change.

use crate::types::Id;

/// Where something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    /// There may be a job to claim.
    Jobs,
    /// A job is over or gone; its id is told.
    EndedJobs,
    /// A document has changed; its id is told.
    Documents,
}

impl Channel {
    /// Every channel.
    pub(crate) const ALL: [Self; 3] = [Self::Jobs, Self::EndedJobs, Self::Documents];

    /// The name to listen to.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Jobs => "fieldmark_jobs",
            Self::EndedJobs => "fieldmark_ended_jobs",
            Self::Documents => "fieldmark_documents",
        }
    }
}

/// What is told of a document or of a job.
pub(crate) fn naming(id: Id) -> String {
    id.0.to_string()
}
