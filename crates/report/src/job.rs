//! Jobs, as programs get them.

use fieldmark_domain::job::{Job, JobStatus};
use serde::Serialize;

#[cfg(feature = "openapi")]
use super::names::{JobKindName, JobStatusName};
use super::number::rounded;
use super::{ErrorReport, addresses};

/// Places of a progress.
const PROGRESS_PLACES: i32 = 2;

/// A job.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Job))]
pub struct JobReport {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(format = Uuid))]
    pub id: String,
    /// What there is to do.
    #[cfg_attr(feature = "openapi", schema(value_type = JobKindName))]
    pub kind: &'static str,
    /// With which document.
    #[cfg_attr(feature = "openapi", schema(format = Uuid))]
    pub document_id: String,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = JobStatusName))]
    pub status: &'static str,
    /// How much of it is done, 0..1.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub progress: f64,
    /// How often it was begun.
    pub attempts: u32,
    /// How often it may be begun.
    pub max_attempts: u32,
    /// How urgent it is.
    pub priority: i16,
    /// Whether somebody wants it to end.
    pub cancel_requested: bool,
    /// Why its last attempt failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub error: Option<ErrorReport>,
    /// Which worker has it, or had it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub worker: Option<String>,
    /// From when on it may be begun.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub run_at: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// When it was last begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = DateTime))]
    pub started_at: Option<String>,
    /// When it was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = DateTime))]
    pub finished_at: Option<String>,
    /// Where what was read is, once it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = "uri-reference"))]
    pub result: Option<String>,
}

impl From<&Job> for JobReport {
    fn from(job: &Job) -> Self {
        Self {
            id: job.id.to_string(),
            kind: job.kind.name(),
            document_id: job.document.to_string(),
            status: job.status.name(),
            progress: rounded(job.progress, PROGRESS_PLACES),
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            priority: job.priority.0,
            cancel_requested: job.cancel_requested,
            error: job.error.as_ref().map(ErrorReport::from),
            worker: job.worker.clone(),
            run_at: job.run_at.to_string(),
            created_at: job.created_at.to_string(),
            started_at: job.started_at.map(|moment| moment.to_string()),
            finished_at: job.finished_at.map(|moment| moment.to_string()),
            result: (job.status == JobStatus::Succeeded).then(|| addresses::of_document(job.document)),
        }
    }
}
