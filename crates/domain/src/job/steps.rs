//! The steps of a job's life, so that every queue takes them in the same way. Leases are the queue's own: what is
//! here assumes that the caller has checked them.

use jiff::Timestamp;

use super::{Job, JobEnd, JobStatus, NewJob};
use crate::document::Failure;

impl From<&NewJob> for Job {
    /// The job as it is kept first: it waits, and nobody has begun it.
    fn from(new: &NewJob) -> Self {
        Self {
            id: new.id,
            owner: new.owner,
            kind: new.kind,
            document: new.document,
            status: JobStatus::Queued,
            priority: new.priority,
            attempts: 0,
            max_attempts: new.max_attempts.max(1),
            progress: 0.0,
            cancel_requested: false,
            error: None,
            worker: None,
            run_at: new.created_at,
            created_at: new.created_at,
            started_at: None,
            finished_at: None,
        }
    }
}

impl Job {
    /// A worker begins it; the attempt is counted.
    pub fn begin(&mut self, worker: &str, now: Timestamp) {
        self.status = JobStatus::Running;
        self.attempts = self.attempts.saturating_add(1);
        self.progress = 0.0;
        self.worker = Some(worker.to_owned());
        self.started_at = Some(now);
    }

    /// Its worker has done it.
    pub fn succeed(&mut self, now: Timestamp) {
        (self.progress, self.error) = (1.0, None);
        self.leave_worker(JobStatus::Succeeded, now);
    }

    /// Its worker ends its attempt without success.
    ///
    /// ```
    /// use fieldmark_domain::document::Failure;
    /// use fieldmark_domain::job::{Job, JobEnd, JobId, JobKind, JobStatus, NewJob, Priority};
    /// # use fieldmark_domain::document::DocumentId;
    /// # use fieldmark_domain::identity::new_id;
    /// # use fieldmark_domain::scope::OwnerId;
    ///
    /// let now = "2026-03-01T10:00:00Z".parse()?;
    /// let mut job = Job::from(&NewJob {
    ///     id: JobId(new_id(now)),
    ///     owner: OwnerId::LOCAL,
    ///     kind: JobKind::ProcessDocument,
    ///     document: DocumentId(new_id(now)),
    ///     priority: Priority::default(),
    ///     max_attempts: 3,
    ///     created_at: now,
    /// });
    /// job.begin("worker 1", now);
    /// job.end(&JobEnd::Released, now);
    /// assert_eq!((job.status, job.attempts), (JobStatus::Queued, 0));
    ///
    /// job.begin("worker 2", now);
    /// let error = Failure { code: "document_encrypted".to_owned(), message: "needs a password".to_owned() };
    /// job.end(&JobEnd::Failed(error), now);
    /// assert_eq!((job.status, job.attempts), (JobStatus::Failed, 1));
    /// assert_eq!(job.finished_at, Some(now));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn end(&mut self, end: &JobEnd, now: Timestamp) {
        match end {
            JobEnd::Released => self.attempts = self.attempts.saturating_sub(1),
            JobEnd::Retried { error, run_at } => {
                self.fail_with(error);
                self.run_at = *run_at;
            }
            JobEnd::Failed(error) | JobEnd::Dead(error) => self.fail_with(error),
            JobEnd::Cancelled => {}
        }
        self.leave_worker(end.status(), now);
    }

    /// Somebody wants it to end: it ends at once when it waits, and its worker is asked to when it runs. A job that
    /// is over stays as it is.
    pub fn cancel(&mut self, now: Timestamp) {
        match self.status {
            JobStatus::Queued => self.leave_worker(JobStatus::Cancelled, now),
            JobStatus::Running => self.cancel_requested = true,
            JobStatus::Succeeded | JobStatus::Failed | JobStatus::Cancelled | JobStatus::Dead => {}
        }
    }

    /// It waits again as if it were new, where its status lets it ([`JobStatus::may_begin_anew`]).
    pub fn begin_anew(&mut self, now: Timestamp) {
        (self.attempts, self.cancel_requested, self.worker, self.started_at) = (0, false, None, None);
        (self.error, self.run_at) = (None, now);
        self.leave_worker(JobStatus::Queued, now);
    }

    fn fail_with(&mut self, error: &Failure) {
        self.error = Some(error.clone());
    }

    fn leave_worker(&mut self, status: JobStatus, now: Timestamp) {
        self.status = status;
        self.finished_at = status.is_over().then_some(now);
        if !status.is_over() {
            self.progress = 0.0;
        }
    }
}
