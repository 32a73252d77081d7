//! Workers that die, are late or give jobs back, on one queue: every job takes effect once.
//!
//! The time is simulated, so that leases expire without waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use fieldmark_domain::document::{Document, DocumentId, DocumentStatus};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::job::{ClaimedJob, JobEnd, JobQuery, JobStatus};
use fieldmark_domain::listing::Window;
use fieldmark_domain::ports::{Claim, DocumentUpdate, JobsChange, RepositoryError, Settlement};
use jiff::{SignedDuration, Timestamp};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{sleep, timeout};

use super::sample::{SampleOwner, failure, fresh_id, moment};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use fieldmark_domain::ports::Repositories;

/// How many ticks of the simulated clock a lease lasts.
const LEASE: i64 = 40;
/// How long a worker pauses while the database is unavailable.
const PAUSE: Duration = Duration::from_millis(20);

/// Time limit for all the work.
const TIMEOUT: Duration = Duration::from_secs(240);

/// What a worker does with a claimed job.
#[derive(Debug, Clone, Copy)]
enum Behaviour {
    DiesAtOnce,
    DiesWhileReading,
    GivesBack,
    FinishesTooLate,
    Finishes,
}

const BEHAVIOURS: [Behaviour; 7] = [
    Behaviour::DiesAtOnce,
    Behaviour::Finishes,
    Behaviour::DiesWhileReading,
    Behaviour::GivesBack,
    Behaviour::Finishes,
    Behaviour::FinishesTooLate,
    Behaviour::Finishes,
];

/// Lets a number of workers read a number of documents, and checks that each was read once. The
/// database may become unavailable and come back meanwhile.
///
/// # Errors
/// The first broken promise.
pub async fn every_job_has_its_effect_once(
    repositories: &Repositories,
    jobs: u32,
    workers: u32,
) -> Result<(), Breach> {
    let owner = SampleOwner::fresh();
    let mut documents = Vec::new();
    for _ in 0..jobs {
        let new = owner.incoming(moment(0));
        succeeds("a document is kept", repositories.documents.create(&owner.scope(), &new).await)?;
        documents.push(new.document.id);
    }
    let ticks = Arc::new(AtomicI64::new(1));
    let mut crowd = JoinSet::new();
    for number in 0..workers {
        let (repositories, ticks) = (repositories.clone(), Arc::clone(&ticks));
        let worker = Worker { repositories, owner, ticks, jobs, number, choices: u64::from(number) };
        crowd.spawn(worker.run());
    }
    let ends = timeout(TIMEOUT, crowd.join_all()).await.ok();
    for end in is_there("every job comes to its end", ends)? {
        end?;
    }
    was_read_once(repositories, owner, &documents).await
}

struct Worker {
    repositories: Repositories,
    owner: SampleOwner,
    ticks: Arc<AtomicI64>,
    jobs: u32,
    number: u32,
    choices: u64,
}

impl Worker {
    async fn run(mut self) -> Result<(), Breach> {
        loop {
            match self.turn().await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                // Another worker has the job, or its document is being changed.
                Err(RepositoryError::LeaseLost | RepositoryError::Stale) => {}
                // Retrying without a pause would not bring the database back sooner.
                Err(RepositoryError::Unavailable { .. }) => sleep(PAUSE).await,
                Err(error) => return succeeds("a crash of a worker is no fault of others", Err(error)),
            }
            yield_now().await;
        }
    }

    /// Works on one job. Returns whether all work is done.
    async fn turn(&mut self) -> Result<bool, RepositoryError> {
        let now = self.tick(1);
        let until = now + SignedDuration::from_secs(LEASE);
        let claim = Claim { worker: format!("worker {}", self.number), token: fresh_id(), now, until };
        match self.repositories.queue.claim(&self.owner.scope(), &claim).await? {
            Some(claimed) => self.work(&claimed).await.map(|()| false),
            None => self.recover().await,
        }
    }

    async fn work(&mut self, claimed: &ClaimedJob) -> Result<(), RepositoryError> {
        match self.choose() {
            Behaviour::DiesAtOnce => Ok(()),
            Behaviour::DiesWhileReading => self.begin(claimed).await.map(|_| ()),
            Behaviour::GivesBack => {
                let document = self.begin(claimed).await?;
                self.settle(claimed, JobEnd::Released, document).await
            }
            Behaviour::FinishesTooLate => {
                let document = self.begin(claimed).await?;
                self.tick(2 * LEASE);
                yield_now().await;
                self.finish(claimed, document).await
            }
            Behaviour::Finishes => {
                let document = self.begin(claimed).await?;
                let until = self.tick(1) + SignedDuration::from_secs(LEASE);
                self.repositories.queue.renew(&self.owner.scope(), &claimed.lease, until, 0.5).await?;
                self.finish(claimed, document).await
            }
        }
    }

    async fn begin(&self, claimed: &ClaimedJob) -> Result<Document, RepositoryError> {
        let mut document = self.document(claimed).await?;
        document.begin(self.tick(1)).map_err(|_| RepositoryError::Stale)?;
        let update = DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() };
        let kept = self.repositories.documents.update(&self.owner.scope(), &update).await?;
        kept.ok_or(RepositoryError::Stale)
    }

    async fn finish(&self, claimed: &ClaimedJob, document: Document) -> Result<(), RepositoryError> {
        let read = self.owner.reading(claimed.lease, document, self.tick(1))?;
        self.repositories.labels.replace(&self.owner.scope(), &read).await
    }

    async fn settle(
        &self,
        claimed: &ClaimedJob,
        end: JobEnd,
        mut document: Document,
    ) -> Result<(), RepositoryError> {
        let now = self.tick(1);
        document.requeue(now).map_err(|_| RepositoryError::Stale)?;
        let settlement = Settlement { lease: claimed.lease, end, document: Some(document), event: None, now };
        self.repositories.queue.settle(&self.owner.scope(), &settlement).await
    }

    /// Recovers the jobs of dead workers; if there are none, advances the clock. Returns whether
    /// all jobs have succeeded.
    async fn recover(&self) -> Result<bool, RepositoryError> {
        let now = self.tick(LEASE / 4);
        for lost in self.repositories.queue.lost(&self.owner.scope(), now, 10).await? {
            let document = self.document(&lost).await?;
            let end = JobEnd::Retried { error: failure("worker_lost"), run_at: now };
            self.settle(&lost, end, document).await?;
        }
        let window = Window { limit: 1, offset: 0 };
        let query = JobQuery { statuses: vec![JobStatus::Succeeded], window, ..JobQuery::default() };
        let succeeded = self.repositories.jobs.list(&self.owner.scope(), &query).await?;
        Ok(succeeded.total == u64::from(self.jobs))
    }

    async fn document(&self, claimed: &ClaimedJob) -> Result<Document, RepositoryError> {
        let found = self.repositories.documents.find(&self.owner.scope(), claimed.job.document).await?;
        found.ok_or(RepositoryError::Stale)
    }

    /// Advances the clock, and returns the moment before.
    fn tick(&self, ticks: i64) -> Timestamp {
        moment(self.ticks.fetch_add(ticks, Ordering::Relaxed))
    }

    /// Depends on the worker and the job; the same in every run.
    fn choose(&mut self) -> Behaviour {
        self.choices =
            self.choices.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(self.choices >> 33).unwrap_or_default() % BEHAVIOURS.len();
        BEHAVIOURS.get(place).copied().unwrap_or(Behaviour::Finishes)
    }
}

async fn was_read_once(
    repositories: &Repositories,
    owner: SampleOwner,
    documents: &[DocumentId],
) -> Result<(), Breach> {
    let scope = owner.scope();
    let limit = u32::try_from(documents.len() * 4).unwrap_or(u32::MAX);
    let events = succeeds("events are returned", repositories.outbox.pending(&scope, limit).await)?;
    for id in documents {
        let document = succeeds("a document is found", repositories.documents.find(&scope, *id).await)?;
        let document = is_there("a document that was read is there", document)?;
        promised_same("every document is read", &document.status, &DocumentStatus::Processed)?;
        let labels = succeeds("labels are listed", repositories.labels.list(&scope, *id).await)?;
        promised_same("a document has its labels once", &labels.map(|labels| labels.len()), &Some(1))?;
        let history = repositories.labels.history(&scope, *id, Window::default()).await;
        let history = succeeds("a history is returned", history)?;
        promised_same("its history contains them once", &history.map(|changes| changes.total), &Some(1))?;
        let is_its_end = |occurrence: &Occurrence| matches!(occurrence, Occurrence::DocumentProcessed { .. });
        let told = events.iter().filter(|event| event.document == *id && is_its_end(&event.occurrence));
        promised_same("it has one event of its reading", &told.count(), &1)?;
    }
    Ok(())
}
