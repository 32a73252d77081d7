//! Jobs. What may become of a job is the business of its row; here is what is one transaction.

use std::time::Duration;

use async_trait::async_trait;
use fieldmark_domain::document::Document;
use fieldmark_domain::job::{ClaimedJob, Job, JobCounts, JobId, JobQuery, JobStatus, Lease};
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{Claim, JobChange, JobQueue, JobRepository, RepositoryError, Settlement};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use super::super::{Connection, dialect};
use super::store::Store;
use super::writing::{add_event, change_document, tell_end};
use crate::access::Access;
use crate::faults::Fault;
use crate::notifications::Channel;
use crate::rows::job::JobRow;

pub(super) mod statements;

/// The jobs of one database.
pub(crate) struct Jobs {
    store: Store,
}

impl Jobs {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }

    /// A document changed with its job: who waits for the job's end shall not find it as it was.
    fn forget(&self, document: Option<&Document>) {
        if let Some(document) = document {
            self.store.signals().document_changed(document.id);
        }
    }
}

#[async_trait]
impl JobQueue for Jobs {
    async fn claim(&self, scope: &Scope, claim: &Claim) -> Result<Option<ClaimedJob>, RepositoryError> {
        self.store.run(Access::OneChange, async |connection| claimed(connection, scope, claim).await).await
    }

    async fn renew(
        &self,
        scope: &Scope,
        lease: &Lease,
        until: Timestamp,
        progress: f32,
    ) -> Result<bool, RepositoryError> {
        let progress = if progress.is_nan() { 0.0 } else { progress.clamp(0.0, 1.0) };
        self.store
            .run(Access::OneChange, async |connection| {
                renewed(connection, scope, lease, until, progress).await
            })
            .await
    }

    async fn settle(&self, scope: &Scope, settlement: &Settlement) -> Result<(), RepositoryError> {
        self.store
            .run(Access::Write, async |connection| settled(connection, scope, settlement).await)
            .await?;
        if settlement.end.status().is_over() {
            self.forget(settlement.document.as_ref());
            self.store.signals().job_ended(settlement.lease.job);
        } else {
            self.store.signals().job_waits();
        }
        Ok(())
    }

    async fn lost(
        &self,
        scope: &Scope,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, RepositoryError> {
        self.store
            .run(Access::OneStatement, async |connection| lost(connection, scope, before, limit).await)
            .await
    }

    async fn wait(&self, _scope: &Scope, longest: Duration) {
        let longest = longest.min(dialect::LONGEST_WAIT_FOR_JOBS);
        self.store.signals().wait_for_job(longest).await;
    }
}

#[async_trait]
impl JobRepository for Jobs {
    async fn find(&self, scope: &Scope, id: JobId) -> Result<Option<Job>, RepositoryError> {
        self.store
            .run_if_there(Access::OneStatement, async |connection| {
                statements::find(connection, scope, id).await?.ok_or(Fault::Absent)?.into_job()
            })
            .await
    }

    async fn list(&self, scope: &Scope, query: &JobQuery) -> Result<Listing<Job>, RepositoryError> {
        self.store.run(Access::Snapshot, async |connection| listed(connection, scope, query).await).await
    }

    async fn counts(&self, scope: &Scope) -> Result<JobCounts, RepositoryError> {
        self.store.run(Access::OneStatement, async |connection| counted(connection, scope).await).await
    }

    async fn cancel(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError> {
        let job = self
            .store
            .run_if_there(Access::Write, async |connection| cancelled(connection, scope, change).await);
        let job = job.await?;
        if job.as_ref().is_some_and(|job| job.status.is_over()) {
            self.forget(change.document.as_ref());
            self.store.signals().job_ended(change.job);
        }
        Ok(job)
    }

    async fn retry(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError> {
        let job = self
            .store
            .run_if_there(Access::Write, async |connection| begun_anew(connection, scope, change).await);
        let job = job.await?;
        self.store.signals().job_waits();
        Ok(job)
    }

    async fn wait_for_end(&self, _scope: &Scope, job: JobId, longest: Duration) {
        self.store.signals().wait_for_end(job, longest).await;
    }
}

async fn lost(
    connection: &mut Connection,
    scope: &Scope,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<ClaimedJob>, Fault> {
    let rows = statements::lost(connection, scope, before, limit).await?;
    rows.into_iter().map(JobRow::into_claimed).collect()
}

async fn claimed(
    connection: &mut Connection,
    scope: &Scope,
    claim: &Claim,
) -> Result<Option<ClaimedJob>, Fault> {
    statements::claim(connection, scope, claim).await?.map(JobRow::into_claimed).transpose()
}

async fn renewed(
    connection: &mut Connection,
    scope: &Scope,
    lease: &Lease,
    until: Timestamp,
    progress: f32,
) -> Result<bool, Fault> {
    let shall_end = statements::renew(connection, scope, lease, until, progress).await?;
    Ok(shall_end.ok_or(RepositoryError::LeaseLost)?)
}

async fn settled(connection: &mut Connection, scope: &Scope, settlement: &Settlement) -> Result<(), Fault> {
    let mut row = held(connection, scope, &settlement.lease).await?;
    change_with_job(connection, scope, settlement.document.as_ref()).await?;
    row.step(|job| job.end(&settlement.end, settlement.now))?;
    statements::write(connection, &row).await?;
    tell_status(connection, &row).await?;
    if let Some(event) = &settlement.event {
        add_event(connection, event).await?;
    }
    Ok(())
}

/// The job that is held under a lease. Nobody else changes it until the transaction ends.
pub(super) async fn held(connection: &mut Connection, scope: &Scope, lease: &Lease) -> Result<JobRow, Fault> {
    let row = statements::lock(connection, scope, lease.job).await?;
    Ok(row.filter(|row| row.is_held_under(lease)).ok_or(RepositoryError::LeaseLost)?)
}

async fn cancelled(connection: &mut Connection, scope: &Scope, change: &JobChange) -> Result<Job, Fault> {
    let mut row = statements::lock(connection, scope, change.job).await?.ok_or(Fault::Absent)?;
    if row.status()? == JobStatus::Queued {
        change_with_job(connection, scope, change.document.as_ref()).await?;
    }
    row.step(|job| job.cancel(change.now))?;
    statements::write(connection, &row).await?;
    tell_status(connection, &row).await?;
    row.into_job()
}

async fn begun_anew(connection: &mut Connection, scope: &Scope, change: &JobChange) -> Result<Job, Fault> {
    let mut row = statements::lock(connection, scope, change.job).await?.ok_or(Fault::Absent)?;
    if row.status()?.may_begin_anew() {
        change_with_job(connection, scope, change.document.as_ref()).await?;
        row.step(|job| job.begin_anew(change.now))?;
        statements::write(connection, &row).await?;
        tell_status(connection, &row).await?;
    }
    row.into_job()
}

async fn tell_status(connection: &mut Connection, row: &JobRow) -> Result<(), Fault> {
    match row.status()? {
        JobStatus::Queued => Ok(dialect::notify(connection, Channel::Jobs, "").await?),
        status if status.is_over() => tell_end(connection, row.id).await,
        _ => Ok(()),
    }
}

async fn counted(connection: &mut Connection, scope: &Scope) -> Result<JobCounts, Fault> {
    let mut counts = JobCounts::default();
    for (status, count) in statements::counts(connection, scope).await? {
        let status = status.parse().map_err(Fault::broken)?;
        counts.set(status, u64::try_from(count).map_err(Fault::broken)?);
    }
    Ok(counts)
}

async fn listed(connection: &mut Connection, scope: &Scope, query: &JobQuery) -> Result<Listing<Job>, Fault> {
    let (rows, total) = statements::list(connection, scope, query).await?;
    let items: Result<Vec<Job>, Fault> = rows.into_iter().map(JobRow::into_job).collect();
    Ok(Listing { items: items?, total: u64::try_from(total).map_err(Fault::broken)? })
}

async fn change_with_job(
    connection: &mut Connection,
    scope: &Scope,
    document: Option<&Document>,
) -> Result<(), Fault> {
    let Some(document) = document else { return Ok(()) };
    match change_document(connection, scope, document).await {
        Ok(_) => Ok(()),
        // A job whose document is gone is gone with it: this one is another job's document.
        Err(Fault::Absent) => Err(RepositoryError::Stale.into()),
        Err(fault) => Err(fault),
    }
}
