//! Jobs whose ends change documents: invalidates these documents in the cache.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fieldmark_domain::document::Document;
use fieldmark_domain::job::{ClaimedJob, Job, JobCounts, JobId, JobQuery, Lease};
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{Claim, JobChange, JobQueue, JobRepository, RepositoryError, Settlement};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::{DocumentCache, Forgetting};

/// A job queue that invalidates the document cache.
pub struct InvalidatingJobs {
    jobs: Arc<dyn JobRepository>,
    queue: Arc<dyn JobQueue>,
    cache: Arc<DocumentCache>,
}

impl InvalidatingJobs {
    /// Wraps a job queue.
    #[must_use]
    pub fn new(jobs: Arc<dyn JobRepository>, queue: Arc<dyn JobQueue>, cache: Arc<DocumentCache>) -> Self {
        Self { jobs, queue, cache }
    }

    fn forgetting(&self, document: Option<&Document>) -> Forgetting<'_> {
        self.cache.forgetting(document.map(|document| document.id))
    }
}

#[async_trait]
impl JobQueue for InvalidatingJobs {
    async fn claim(&self, scope: &Scope, claim: &Claim) -> Result<Option<ClaimedJob>, RepositoryError> {
        self.queue.claim(scope, claim).await
    }

    async fn renew(
        &self,
        scope: &Scope,
        lease: &Lease,
        until: Timestamp,
        progress: f32,
    ) -> Result<bool, RepositoryError> {
        self.queue.renew(scope, lease, until, progress).await
    }

    async fn settle(&self, scope: &Scope, settlement: &Settlement) -> Result<(), RepositoryError> {
        let _forgetting = self.forgetting(settlement.document.as_ref());
        self.queue.settle(scope, settlement).await
    }

    async fn lost(
        &self,
        scope: &Scope,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, RepositoryError> {
        self.queue.lost(scope, before, limit).await
    }

    async fn wait(&self, scope: &Scope, longest: Duration) {
        self.queue.wait(scope, longest).await;
    }
}

#[async_trait]
impl JobRepository for InvalidatingJobs {
    async fn find(&self, scope: &Scope, id: JobId) -> Result<Option<Job>, RepositoryError> {
        self.jobs.find(scope, id).await
    }

    async fn list(&self, scope: &Scope, query: &JobQuery) -> Result<Listing<Job>, RepositoryError> {
        self.jobs.list(scope, query).await
    }

    async fn counts(&self, scope: &Scope) -> Result<JobCounts, RepositoryError> {
        self.jobs.counts(scope).await
    }

    async fn cancel(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError> {
        let _forgetting = self.forgetting(change.document.as_ref());
        self.jobs.cancel(scope, change).await
    }

    async fn retry(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError> {
        let _forgetting = self.forgetting(change.document.as_ref());
        self.jobs.retry(scope, change).await
    }

    async fn wait_for_end(&self, scope: &Scope, job: JobId, longest: Duration) {
        self.jobs.wait_for_end(scope, job, longest).await;
    }
}
