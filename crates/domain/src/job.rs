//! A job: work on a document that outlives the process which does it.
//!
//! A job is a row that one worker holds under a lease. The worker renews the lease while it works; when it dies the
//! lease runs out and the job is another's. Whatever a job changes is written together with its end and only while
//! the lease still holds, so that a job has its effect once, however often it was begun.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::document::{Document, DocumentId, Failure};
use crate::identity::new_id;
use crate::listing::Window;
use crate::ports::to_the_microsecond;
use crate::scope::OwnerId;

mod counts;
mod progress;
mod retry;
mod steps;

pub use counts::JobCounts;
pub use progress::Progress;
pub use retry::RetryPolicy;

/// A job's id, a UUIDv7 (RFC 9562).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub Uuid);

impl fmt::Display for JobId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Read a document, for the first time or again.
    ProcessDocument,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 1] = [Self::ProcessDocument];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProcessDocument => "process_document",
        }
    }
}

/// How far a job has come.
///
/// ```
/// use fieldmark_domain::job::JobStatus;
///
/// let over: Vec<&str> =
///     JobStatus::ALL.into_iter().filter(|status| status.is_over()).map(JobStatus::name).collect();
/// assert_eq!(over, ["succeeded", "failed", "cancelled", "dead"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobStatus {
    /// It waits: for a worker, or for its next attempt.
    Queued,
    /// A worker has it.
    Running,
    /// It is done.
    Succeeded,
    /// It cannot be done: the document itself is to blame.
    Failed,
    /// Somebody cancelled it.
    Cancelled,
    /// All attempts are used up; somebody must look, and may have it tried again.
    Dead,
}

impl JobStatus {
    /// Every status.
    pub const ALL: [Self; 6] =
        [Self::Queued, Self::Running, Self::Succeeded, Self::Failed, Self::Cancelled, Self::Dead];

    /// The stable name, for instance `running`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Dead => "dead",
        }
    }

    /// Whether nothing more happens to it by itself.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }

    /// Whether the job may wait again as if it were new: it is over and did not succeed.
    #[must_use]
    pub const fn may_begin_anew(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Dead)
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A name that is no job status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no status of a job")]
pub struct UnknownJobStatus(pub String);

impl FromStr for JobStatus {
    type Err = UnknownJobStatus;

    fn from_str(name: &str) -> Result<Self, UnknownJobStatus> {
        let found = Self::ALL.into_iter().find(|status| status.name() == name);
        found.ok_or_else(|| UnknownJobStatus(name.to_owned()))
    }
}

/// Which of two waiting jobs goes first: the larger number; 0 is usual.
///
/// ```
/// use fieldmark_domain::job::Priority;
///
/// assert!(Priority::AT_ONCE > Priority(10) && Priority(10) > Priority::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Priority(pub i16);

impl Priority {
    /// Before all others: somebody waits for the answer.
    pub const AT_ONCE: Self = Self(i16::MAX);
}

/// A job that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub owner: OwnerId,
    /// What there is to do.
    pub kind: JobKind,
    /// With which document.
    pub document: DocumentId,
    /// How urgent it is.
    pub priority: Priority,
    /// How often it may be begun, at least once.
    pub max_attempts: u32,
    /// When it was made, and from when on it may be begun.
    pub created_at: Timestamp,
}

impl NewJob {
    /// A job that will read a document.
    #[must_use]
    pub fn to_process(document: &Document, urgency: Urgency, now: Timestamp) -> Self {
        Self {
            id: JobId(new_id(now)),
            owner: document.owner,
            kind: JobKind::ProcessDocument,
            document: document.id,
            priority: urgency.priority,
            max_attempts: urgency.max_attempts.max(1),
            created_at: now,
        }
    }
}

/// How soon a document is to be read, and how often that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urgency {
    /// Before which other jobs.
    pub priority: Priority,
    /// How often the job may be begun; 0 counts as 1.
    pub max_attempts: u32,
}

impl Default for Urgency {
    fn default() -> Self {
        Self { priority: Priority::default(), max_attempts: 20 }
    }
}

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub owner: OwnerId,
    /// What there is to do.
    pub kind: JobKind,
    /// With which document.
    pub document: DocumentId,
    /// How far it has come.
    pub status: JobStatus,
    /// How urgent it is.
    pub priority: Priority,
    /// How often it was begun.
    pub attempts: u32,
    /// How often it may be begun.
    pub max_attempts: u32,
    /// How much of it is done, 0..1.
    pub progress: f32,
    /// Whether somebody wants it to end.
    pub cancel_requested: bool,
    /// Why its last attempt failed.
    pub error: Option<Failure>,
    /// Which worker has it, or had it last; for people.
    pub worker: Option<String>,
    /// From when on it may be begun.
    pub run_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last begun.
    pub started_at: Option<Timestamp>,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
}

/// The right to work on a job for some time. Whoever has a newer one for the same job has taken it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The job.
    pub job: JobId,
    /// Tells this lease from earlier and later ones of the same job.
    pub token: Uuid,
}

/// A job that a worker has been given.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedJob {
    /// The job, running, this attempt counted.
    pub job: Job,
    /// The right to work on it.
    pub lease: Lease,
}

/// How a worker's hold of a job ends when the job did not succeed.
///
/// ```
/// use fieldmark_domain::job::{JobEnd, JobStatus};
///
/// assert_eq!(JobEnd::Released.status(), JobStatus::Queued);
/// assert_eq!(JobEnd::Cancelled.status(), JobStatus::Cancelled);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// It goes back as if it had not been begun: the worker stops. The attempt does not count.
    Released,
    /// It is tried again.
    Retried {
        /// Why this attempt failed.
        error: Failure,
        /// From when on.
        run_at: Timestamp,
    },
    /// It is over: the document is to blame.
    Failed(Failure),
    /// It is over: all attempts are used up.
    Dead(Failure),
    /// It is over: somebody wanted it so.
    Cancelled,
}

impl JobEnd {
    /// What the job is afterwards.
    #[must_use]
    pub const fn status(&self) -> JobStatus {
        match self {
            Self::Released | Self::Retried { .. } => JobStatus::Queued,
            Self::Failed(_) => JobStatus::Failed,
            Self::Dead(_) => JobStatus::Dead,
            Self::Cancelled => JobStatus::Cancelled,
        }
    }
}

/// Which jobs, and how much of them; the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JobQuery {
    /// One of these; every status when empty.
    pub statuses: Vec<JobStatus>,
    /// Those of this document alone.
    pub document: Option<DocumentId>,
    /// Only what comes after this place in the list: when the job there was made, and its id. A caller that goes on from
    /// the last job of a part gets each job once, however many come and go meanwhile.
    pub after: Option<(Timestamp, JobId)>,
    /// Which part of the list, or of what comes after that place.
    pub window: Window,
    /// Whether it does not matter how many there are: the list's total is then the number of its items.
    pub without_total: bool,
}

/// How long a worker holds a job without renewing, and how long a job may take.
///
/// ```
/// use std::time::Duration;
/// use fieldmark_domain::job::JobLimits;
///
/// let seconds = Duration::from_secs;
/// let limits = JobLimits { lease: seconds(60), soft: seconds(120), hard: seconds(300) };
/// let until = limits.lease_until("2026-03-01T10:00:00Z".parse()?);
/// assert_eq!(until.to_string(), "2026-03-01T10:01:00Z");
/// # Ok::<(), fieldmark_domain::jiff::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobLimits {
    /// How long a lease holds.
    pub lease: Duration,
    /// After so long a job is to come to its end with what it has.
    pub soft: Duration,
    /// After so long it is broken off.
    pub hard: Duration,
}

impl JobLimits {
    /// Until when a lease holds that is given or renewed now.
    #[must_use]
    pub fn lease_until(&self, now: Timestamp) -> Timestamp {
        after(now, self.lease)
    }
}

/// A moment so much later, to the microsecond, or the last one that there is.
pub(crate) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    to_the_microsecond(now.checked_add(wait).unwrap_or(Timestamp::MAX))
}
