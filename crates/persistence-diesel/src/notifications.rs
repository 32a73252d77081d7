//! Notifications of changes on databases that support them: PostgreSQL's NOTIFY, sent when the
//! change is committed. The queue and the services that show documents listen to them.

use crate::types::Id;

/// A notification channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    /// There may be a job to claim.
    Jobs,
    /// A job has ended or was removed; the payload is its id.
    EndedJobs,
    /// A document has changed; the payload is its id.
    Documents,
}

impl Channel {
    /// Every channel.
    pub(crate) const ALL: [Self; 3] = [Self::Jobs, Self::EndedJobs, Self::Documents];

    /// The channel's name on PostgreSQL.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Jobs => "fieldmark_jobs",
            Self::EndedJobs => "fieldmark_ended_jobs",
            Self::Documents => "fieldmark_documents",
        }
    }
}

/// The payload for a document or a job.
pub(crate) fn naming(id: Id) -> String {
    id.0.to_string()
}
