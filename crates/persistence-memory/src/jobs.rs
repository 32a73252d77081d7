//! Jobs: the queue for workers, and the list for people.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fieldmark_domain::job::{ClaimedJob, Job, JobCounts, JobId, JobQuery, JobStatus, Lease};
use fieldmark_domain::listing::Listing;
use fieldmark_domain::ports::{Claim, JobChange, JobQueue, JobRepository, RepositoryError, Settlement};
use fieldmark_domain::scope::Scope;
use jiff::Timestamp;

use crate::documents::cut;
use crate::kept::{Hold, KeptJob};
use crate::state::State;
use crate::store::Store;

/// The jobs of one memory.
pub(crate) struct Jobs {
    store: Arc<Store>,
}

impl Jobs {
    pub(crate) const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

#[async_trait]
impl JobQueue for Jobs {
    async fn claim(&self, scope: &Scope, claim: &Claim) -> Result<Option<ClaimedJob>, RepositoryError> {
        self.store.write(|state| Ok(give_out(state, scope, claim)))
    }

    async fn renew(
        &self,
        scope: &Scope,
        lease: &Lease,
        until: Timestamp,
        progress: f32,
    ) -> Result<bool, RepositoryError> {
        self.store.write(|state| {
            let mut kept = held(state, scope, lease)?;
            kept.hold = Some(Hold { token: lease.token, until });
            kept.job.progress = if progress.is_nan() { 0.0 } else { progress.clamp(0.0, 1.0) };
            let shall_end = kept.job.cancel_requested;
            state.put_job(kept);
            Ok(shall_end)
        })
    }

    async fn settle(&self, scope: &Scope, settlement: &Settlement) -> Result<(), RepositoryError> {
        self.store.write(|state| {
            let mut kept = held(state, scope, &settlement.lease)?;
            let document = state.changed_with_job(scope, settlement.document.as_ref())?;
            state.check_events(&settlement.event)?;
            kept.job.end(&settlement.end, settlement.now);
            document.into_iter().for_each(|document| state.put_document(document));
            state.put_job(kept);
            settlement.event.iter().for_each(|event| state.add_event(event));
            Ok(())
        })
    }

    async fn lost(
        &self,
        scope: &Scope,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, RepositoryError> {
        Ok(self.store.read(|state| lost(state, scope, before, limit)))
    }

    async fn wait(&self, _scope: &Scope, longest: Duration) {
        self.store.wait_for_job(longest).await;
    }
}

#[async_trait]
impl JobRepository for Jobs {
    async fn find(&self, scope: &Scope, id: JobId) -> Result<Option<Job>, RepositoryError> {
        Ok(self.store.read(|state| Some(state.job(scope, id)?.job.clone())))
    }

    async fn list(&self, scope: &Scope, query: &JobQuery) -> Result<Listing<Job>, RepositoryError> {
        Ok(self.store.read(|state| list(state, scope, query)))
    }

    async fn counts(&self, scope: &Scope) -> Result<JobCounts, RepositoryError> {
        let count = |state: &State| {
            let mut counts = JobCounts::default();
            for kept in permitted(state, scope) {
                counts.set(kept.job.status, counts.of(kept.job.status) + 1);
            }
            counts
        };
        Ok(self.store.read(count))
    }

    async fn cancel(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError> {
        self.store.write(|state| {
            let Some(mut kept) = state.job(scope, change.job).cloned() else { return Ok(None) };
            let waits = kept.job.status == JobStatus::Queued;
            let document = state.changed_with_job(scope, change.document.as_ref().filter(|_| waits))?;
            kept.job.cancel(change.now);
            document.into_iter().for_each(|document| state.put_document(document));
            Ok(Some(state.put_job(kept).job))
        })
    }

    async fn retry(&self, scope: &Scope, change: &JobChange) -> Result<Option<Job>, RepositoryError> {
        self.store.write(|state| {
            let Some(mut kept) = state.job(scope, change.job).cloned() else { return Ok(None) };
            if kept.job.status.may_begin_anew() {
                let document = state.changed_with_job(scope, change.document.as_ref())?;
                kept.job.begin_anew(change.now);
                document.into_iter().for_each(|document| state.put_document(document));
                kept = state.put_job(kept);
            }
            Ok(Some(kept.job))
        })
    }

    async fn wait_for_end(&self, _scope: &Scope, _job: JobId, longest: Duration) {
        self.store.wait_for_end(longest).await;
    }
}

fn permitted<'a>(state: &'a State, scope: &'a Scope) -> impl Iterator<Item = &'a KeptJob> {
    state.jobs.values().filter(|kept| scope.permits(kept.job.owner))
}

/// The most urgent job that may be begun; of those the one that may be begun the longest.
fn give_out(state: &mut State, scope: &Scope, claim: &Claim) -> Option<ClaimedJob> {
    let may_begin = |kept: &&KeptJob| kept.job.status == JobStatus::Queued && kept.job.run_at <= claim.now;
    let waiting = permitted(state, scope).filter(may_begin);
    let next = waiting.min_by_key(|kept| (Reverse(kept.job.priority), kept.job.run_at, kept.job.id));
    let mut kept = next?.clone();
    kept.job.begin(&claim.worker, claim.now);
    kept.hold = Some(Hold { token: claim.token, until: claim.until });
    state.put_job(kept).claimed()
}

/// A copy of the job that is held under a lease.
pub(crate) fn held(state: &State, scope: &Scope, lease: &Lease) -> Result<KeptJob, RepositoryError> {
    let kept = state.job(scope, lease.job).filter(|kept| kept.is_held_under(lease));
    kept.cloned().ok_or(RepositoryError::LeaseLost)
}

fn lost(state: &State, scope: &Scope, before: Timestamp, limit: u32) -> Vec<ClaimedJob> {
    let late = permitted(state, scope).filter_map(|kept| Some((kept.hold?.until, kept)));
    let mut late: Vec<(Timestamp, &KeptJob)> = late.filter(|(until, _)| *until < before).collect();
    late.sort_by_key(|(until, kept)| (*until, kept.job.id));
    late.into_iter().filter_map(|(_, kept)| kept.claimed()).take(limit as usize).collect()
}

fn list(state: &State, scope: &Scope, query: &JobQuery) -> Listing<Job> {
    let fits = |kept: &&KeptJob| {
        (query.statuses.is_empty() || query.statuses.contains(&kept.job.status))
            && query.document.is_none_or(|document| kept.job.document == document)
    };
    let mut found: Vec<&Job> = permitted(state, scope).filter(fits).map(|kept| &kept.job).collect();
    let fitting = found.len();
    let place = |job: &Job| (job.created_at, job.id);
    found.sort_by_key(|job| Reverse(place(job)));
    let following = found.into_iter().filter(|job| query.after.is_none_or(|after| place(job) < after));
    let items: Vec<Job> = cut(following, query.window).cloned().collect();
    let total = if query.without_total { items.len() } else { fitting };
    Listing { items, total: u64::try_from(total).unwrap_or(u64::MAX) }
}
