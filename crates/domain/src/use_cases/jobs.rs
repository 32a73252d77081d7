//! The use cases on jobs: those of people, and those of workers.

use std::sync::Arc;

use super::UseCases;
use crate::commands::{
    BreakOffJob, CancelJob, ClaimJob, ExtractDocument, ProcessDocument, RecoverLostJobs, RenewLease,
    RetryJob, SettleJob,
};
use crate::ports::{Clock, JobQueue, JobRepository};
use crate::queries::{CountJobs, ListJobs, ShowJob, WaitForJob};

impl UseCases {
    fn jobs(&self) -> Arc<dyn JobRepository> {
        Arc::clone(&self.ports.repositories.jobs)
    }

    fn queue_and_clock(&self) -> (Arc<dyn JobQueue>, Arc<dyn Clock>) {
        (Arc::clone(&self.ports.repositories.queue), Arc::clone(&self.ports.clock))
    }

    /// Cancels a job.
    #[must_use]
    pub fn cancel_job(&self) -> CancelJob {
        CancelJob {
            jobs: self.jobs(),
            documents: Arc::clone(&self.ports.repositories.documents),
            clock: Arc::clone(&self.ports.clock),
        }
    }

    /// Counts the jobs of all owners.
    #[must_use]
    pub fn count_jobs(&self) -> CountJobs {
        CountJobs { jobs: self.jobs() }
    }

    /// Lists jobs.
    #[must_use]
    pub fn list_jobs(&self) -> ListJobs {
        ListJobs { jobs: self.jobs() }
    }

    /// Has a job tried again that failed, is dead or was cancelled.
    #[must_use]
    pub fn retry_job(&self) -> RetryJob {
        RetryJob {
            jobs: self.jobs(),
            documents: Arc::clone(&self.ports.repositories.documents),
            clock: Arc::clone(&self.ports.clock),
        }
    }

    /// Shows a job.
    #[must_use]
    pub fn show_job(&self) -> ShowJob {
        ShowJob { jobs: self.jobs() }
    }

    /// Waits for a job's end.
    #[must_use]
    pub fn wait_for_job(&self) -> WaitForJob {
        WaitForJob { jobs: self.jobs(), clock: Arc::clone(&self.ports.clock) }
    }

    /// Claims the next job for a worker.
    #[must_use]
    pub fn claim_job(&self) -> ClaimJob {
        let (queue, clock) = self.queue_and_clock();
        ClaimJob { queue, clock, limits: self.options.limits }
    }

    /// Renews a worker's lease.
    #[must_use]
    pub fn renew_lease(&self) -> RenewLease {
        let (queue, clock) = self.queue_and_clock();
        RenewLease { queue, clock, limits: self.options.limits }
    }

    /// Ends a worker's hold of a job without success.
    #[must_use]
    pub fn settle_job(&self) -> SettleJob {
        let (queue, clock) = self.queue_and_clock();
        let documents = Arc::clone(&self.ports.repositories.documents);
        SettleJob { queue, jobs: self.jobs(), documents, clock }
    }

    /// Breaks off a job that takes too long.
    #[must_use]
    pub fn break_off_job(&self) -> BreakOffJob {
        BreakOffJob { settle: self.settle_job(), retry: self.options.retry, limits: self.options.limits }
    }

    /// Recovers the jobs of workers that died.
    #[must_use]
    pub fn recover_lost_jobs(&self) -> RecoverLostJobs {
        RecoverLostJobs { settle: self.settle_job() }
    }

    /// Reads the document of a claimed job, as `extract` reads files.
    #[must_use]
    pub fn process_document(&self, extract: ExtractDocument) -> ProcessDocument {
        ProcessDocument {
            extract,
            labels: Arc::clone(&self.ports.repositories.labels),
            settle: self.settle_job(),
            blobs: Arc::clone(&self.ports.blobs),
            retry: self.options.retry,
            options: self.options.reading,
            electronic_invoices: self.options.electronic_invoices,
            soft_limit: Some(self.options.limits.soft),
        }
    }
}
