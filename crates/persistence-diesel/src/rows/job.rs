//! A job's row, and how it becomes another one.

use diesel::prelude::*;
use fieldmark_domain::document::{DocumentId, Failure};
use fieldmark_domain::job::{ClaimedJob, Job, JobId, JobKind, JobStatus, Lease, NewJob, Priority};
use fieldmark_domain::scope::OwnerId;

use super::json;
use crate::faults::Fault;
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

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, AsChangeset)]
#[diesel(table_name = jobs, treat_none_as_null = true)]
pub(crate) struct JobRow {
    pub(crate) id: Id,
    owner_id: Id,
    kind: String,
    pub(crate) document_id: Id,
    status: String,
    priority: i16,
    attempts: i64,
    max_attempts: i64,
    progress: f32,
    cancel_requested: bool,
    error_code: Option<String>,
    error_message: Option<String>,
    worker: Option<String>,
    lease_token: Option<Id>,
    lease_until: Option<Moment>,
    run_at: Moment,
    created_at: Moment,
    started_at: Option<Moment>,
    finished_at: Option<Moment>,
}

impl JobRow {
    /// How far it has come.
    pub(crate) fn status(&self) -> Result<JobStatus, Fault> {
        self.status.parse().map_err(Fault::broken)
    }

    /// Whether somebody works on it under this lease, in time or late.
    pub(crate) fn is_held_under(&self, lease: &Lease) -> bool {
        self.status == JobStatus::Running.name() && self.lease_token == Some(Id(lease.token))
    }

    /// Takes a step of a job's life. Nobody holds a job that does not run.
    pub(crate) fn step(&mut self, step: impl FnOnce(&mut Job)) -> Result<(), Fault> {
        let mut job = self.clone().into_job()?;
        step(&mut job);
        job.status.name().clone_into(&mut self.status);
        if job.status != JobStatus::Running {
            (self.lease_token, self.lease_until) = (None, None);
        }
        (self.attempts, self.progress) = (job.attempts.into(), job.progress);
        (self.cancel_requested, self.worker) = (job.cancel_requested, job.worker);
        let error = job.error.as_ref();
        self.error_code = error.map(|error| json::plain(&error.code));
        self.error_message = error.map(|error| json::plain(&error.message));
        self.run_at = job.run_at.into();
        self.started_at = job.started_at.map(Moment::from);
        self.finished_at = job.finished_at.map(Moment::from);
        Ok(())
    }

    pub(crate) fn into_job(self) -> Result<Job, Fault> {
        let status = self.status()?;
        let kind = JobKind::ALL.into_iter().find(|kind| kind.name() == self.kind);
        Ok(Job {
            id: JobId(self.id.0),
            owner: OwnerId(self.owner_id.0),
            kind: kind.ok_or_else(|| Fault::broken(format!("`{}` is no kind of job", self.kind)))?,
            document: DocumentId(self.document_id.0),
            status,
            priority: Priority(self.priority),
            attempts: u32::try_from(self.attempts).map_err(Fault::broken)?,
            max_attempts: u32::try_from(self.max_attempts).map_err(Fault::broken)?,
            progress: self.progress,
            cancel_requested: self.cancel_requested,
            error: self.error_code.zip(self.error_message).map(|(code, message)| Failure { code, message }),
            worker: self.worker,
            run_at: self.run_at.into(),
            created_at: self.created_at.into(),
            started_at: self.started_at.map(Into::into),
            finished_at: self.finished_at.map(Into::into),
        })
    }

    /// With the lease under which it runs.
    pub(crate) fn into_claimed(self) -> Result<ClaimedJob, Fault> {
        let token = self.lease_token.ok_or_else(|| Fault::broken("a job runs without a lease"))?;
        let lease = Lease { job: JobId(self.id.0), token: token.0 };
        Ok(ClaimedJob { job: self.into_job()?, lease })
    }
}
