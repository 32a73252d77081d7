//! A job's row.

use diesel::prelude::*;
use fieldmark_domain::job::{JobStatus, NewJob};

use crate::schema::jobs;
use crate::types::{Id, Moment};

/// A job that is to be.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = jobs)]
pub(crate) struct NewJobRow {
    id: Id,
    owner_id: Id,
    kind: &'static str,
    document_id: Id,
    status: &'static str,
    priority: i16,
    attempts: i64,
    max_attempts: i64,
    progress: f32,
    cancel_requested: bool,
    run_at: Moment,
    created_at: Moment,
}

impl From<&NewJob> for NewJobRow {
    fn from(job: &NewJob) -> Self {
        Self {
            id: Id(job.id.0),
            owner_id: Id(job.owner.0),
            kind: job.kind.name(),
            document_id: Id(job.document.0),
            status: JobStatus::Queued.name(),
            priority: job.priority.0,
            attempts: 0,
            max_attempts: i64::from(job.max_attempts.max(1)),
            progress: 0.0,
            cancel_requested: false,
            run_at: job.created_at.into(),
            created_at: job.created_at.into(),
        }
    }
}
