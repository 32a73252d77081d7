//! A job's row, and how it becomes another one.

use diesel::prelude::*;
use fieldmark_domain::document::{DocumentId, Failure};
use fieldmark_domain::job::{ClaimedJob, Job, JobEnd, JobId, JobKind, JobStatus, Lease, NewJob, Priority};
use fieldmark_domain::scope::OwnerId;
use jiff::Timestamp;

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

    /// The hold ends without success.
    pub(crate) fn end(&mut self, end: &JobEnd, now: Timestamp) {
        match end {
            JobEnd::Released => self.attempts = self.attempts.saturating_sub(1),
            JobEnd::Retried { error, run_at } => {
                self.fail_with(error);
                self.run_at = (*run_at).into();
            }
            JobEnd::Failed(error) | JobEnd::Dead(error) => self.fail_with(error),
            JobEnd::Cancelled => {}
        }
        self.leave_hold(end.status(), now);
    }

    /// Somebody wants it to end: at once when it waits, by its worker when it runs.
    pub(crate) fn cancel(&mut self, now: Timestamp) -> Result<(), Fault> {
        match self.status()? {
            JobStatus::Queued => self.leave_hold(JobStatus::Cancelled, now),
            JobStatus::Running => self.cancel_requested = true,
            JobStatus::Succeeded | JobStatus::Failed | JobStatus::Cancelled | JobStatus::Dead => {}
        }
        Ok(())
    }

    /// It waits again as if it were new.
    pub(crate) fn begin_anew(&mut self, now: Timestamp) {
        (self.attempts, self.cancel_requested, self.worker, self.started_at) = (0, false, None, None);
        (self.error_code, self.error_message) = (None, None);
        self.run_at = now.into();
        self.leave_hold(JobStatus::Queued, now);
    }

    fn fail_with(&mut self, error: &Failure) {
        (self.error_code, self.error_message) =
            (Some(json::plain(&error.code)), Some(json::plain(&error.message)));
    }

    fn leave_hold(&mut self, status: JobStatus, now: Timestamp) {
        status.name().clone_into(&mut self.status);
        (self.lease_token, self.lease_until) = (None, None);
        self.finished_at = status.is_over().then(|| now.into());
        if !status.is_over() {
            self.progress = 0.0;
        }
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
