//! As many jobs at once as there are slots, one after the other in each.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::commands::{ClaimJob, ExtractDocument};
use fieldmark_domain::queries::CountJobs;
use fieldmark_persistence_diesel::{CacheStatistics, DocumentCache};
use tokio::task::JoinSet;

use super::one_job::OneJob;
use super::stop::Stop;
use super::upkeep::Upkeep;
use crate::store::Store;

/// How long a slot sleeps that is not woken.
const IDLE: Duration = Duration::from_secs(2);
/// The first and the longest pause after the queue could not be asked.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(5)];

/// How long a claim that was begun before a stop is waited for.
const LAST_CLAIM: Duration = Duration::from_secs(5);

/// Takes jobs and does them.
pub struct Runner {
    claim: ClaimJob,
    count: CountJobs,
    one_job: OneJob,
    upkeep: Upkeep,
    cache: Option<Arc<DocumentCache>>,
    worker: String,
    stop: Stop,
}

impl Runner {
    /// A runner on the store, which reads files as `extract` does.
    pub fn new(store: &Store, extract: ExtractDocument, stop: Stop) -> Self {
        Self {
            claim: store.use_cases.claim_job(),
            count: store.use_cases.count_jobs(),
            one_job: OneJob::new(&store.use_cases, extract),
            upkeep: Upkeep::new(store),
            cache: store.cache.clone(),
            worker: name(),
            stop,
        }
    }

    /// Works in so many slots until it is stopped; with `drain` until no job waits or runs any more.
    pub async fn run(self, slots: NonZeroUsize, drain: bool) {
        tracing::info!(worker = self.worker, slots, "working");
        let upkeep = tokio::spawn(self.upkeep.clone().run(self.stop.clone()));
        let runner = Arc::new(self);
        let mut working = JoinSet::new();
        for _ in 0..slots.get() {
            working.spawn(Arc::clone(&runner).work(drain));
        }
        while let Some(ended) = working.join_next().await {
            if let Err(error) = ended {
                tracing::error!("a slot for jobs broke: {error}");
            }
        }
        upkeep.abort();
        // What the last jobs told is told now rather than by the next worker.
        let _told = tokio::time::timeout(PAUSES[1], runner.upkeep.publish()).await;
        let CacheStatistics { hits, misses } =
            runner.cache.as_ref().map(|cache| cache.statistics()).unwrap_or_default();
        tracing::info!(worker = runner.worker, cache_hits = hits, cache_misses = misses, "stopped");
    }

    /// Whether nothing is left to do; when the queue cannot be asked something may be.
    async fn is_done(&self) -> bool {
        self.count.is_any_open().await.is_ok_and(|any| !any)
    }

    /// One slot.
    async fn work(self: Arc<Self>, drain: bool) {
        let mut stop = self.stop.clone();
        let mut pause = PAUSES[0];
        while !stop.is_wanted() {
            let claim = self.claim.execute(&self.worker);
            tokio::pin!(claim);
            let claimed = tokio::select! {
                claimed = &mut claim => claimed,
                // A claim that was begun may be granted: the job is given back below. Without an answer its lease
                // runs out.
                () = stop.wanted() => match tokio::time::timeout(LAST_CLAIM, claim).await {
                    Ok(claimed) => claimed,
                    Err(_) => return,
                },
            };
            match claimed {
                Ok(Some(claimed)) => {
                    pause = PAUSES[0];
                    self.one_job.run(claimed, &mut stop).await;
                }
                Ok(None) => {
                    if drain && self.is_done().await {
                        return;
                    }
                    tokio::select! { () = self.claim.wait(IDLE) => {} () = stop.wanted() => {} }
                }
                Err(error) => {
                    tracing::warn!("no job can be had: {error}; trying again in {} ms", pause.as_millis());
                    tokio::select! { () = tokio::time::sleep(pause) => {} () = stop.wanted() => {} }
                    pause = pause.saturating_mul(2).min(PAUSES[1]);
                }
            }
        }
    }
}

/// This worker among others: the machine's name and the process's number.
fn name() -> String {
    let machine = rustix::system::uname();
    format!("{}:{}", machine.nodename().to_string_lossy(), std::process::id())
}
