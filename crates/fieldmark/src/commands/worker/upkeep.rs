//! What goes on beside the jobs: lost jobs are taken back, events told, deleted documents purged,
//! stored files verified.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fieldmark_domain::commands::{PublishEvents, PurgeDeleted, RecoverLostJobs, Verified, VerifyFiles};
use fieldmark_domain::event::Event;
use fieldmark_domain::ports::{EventSink, PublishError};
use fieldmark_persistence_diesel::{Database, Rewriting};
use metrics::counter;

use super::stop::Stop;
use crate::store::Store;

/// How often events are told.
const TELLING: Duration = Duration::from_secs(1);
/// How often deleted documents are purged, and erasures that were broken off are finished.
const PURGING: Duration = Duration::from_secs(60);

/// How often files are verified, when some are due.
const VERIFYING: Duration = Duration::from_secs(5);

/// The things to be done from time to time.
#[derive(Clone)]
pub struct Upkeep {
    recover: RecoverLostJobs,
    publish: PublishEvents,
    purge: PurgeDeleted,
    recovering: Duration,
    /// `None` when files are not to be verified.
    verify: Option<VerifyFiles>,
    database: Database,
}

impl Upkeep {
    /// Keeps up the store.
    pub fn new(store: &Store) -> Self {
        let use_cases = &store.use_cases;
        Self {
            recover: use_cases.recover_lost_jobs(),
            publish: use_cases.publish_events(Arc::new(Log)),
            purge: use_cases.purge_deleted(),
            recovering: (use_cases.options.limits.lease / 4).max(Duration::from_millis(250)),
            verify: use_cases.verify_files(),
            database: store.database.clone(),
        }
    }

    /// Does them until it is time to stop, none waiting for another.
    pub async fn run(self, mut stop: Stop) {
        let recovering = every(self.recovering, || self.recover());
        let telling = every(TELLING, || self.publish());
        let purging = every(PURGING, || self.purge());
        let verifying = every(VERIFYING, || self.verify());
        tokio::select! {
            () = stop.wanted() => {}
            ((), (), (), ()) = async { tokio::join!(recovering, telling, purging, verifying) } => {}
        }
    }

    async fn recover(&self) {
        match self.recover.execute().await {
            Ok(0) => {}
            Ok(recovered) => tracing::warn!(recovered, "took jobs back whose workers gave no sign of life"),
            Err(error) => tracing::warn!("lost jobs cannot be looked for: {error}"),
        }
    }

    /// Tells the events that nobody was told yet.
    pub async fn publish(&self) {
        if let Err(error) = self.publish.execute().await {
            tracing::warn!("events cannot be told: {error}");
        }
    }

    async fn purge(&self) {
        match self.purge.execute().await {
            Ok(purged) => tracing::debug!(?purged, "purged"),
            Err(error) => tracing::warn!("deleted documents cannot be purged: {error}"),
        }
        match self.database.keep_up().await {
            Ok(Rewriting::TooLarge { bytes }) => tracing::info!(
                bytes,
                "the database's file may hold copies of erased rows and is large: `fieldmark documents purge` rewrites it"
            ),
            Ok(Rewriting::NotNeeded | Rewriting::Done) => {}
            Err(error) => tracing::warn!("the database cannot be kept up: {error}"),
        }
    }

    async fn verify(&self) {
        let Some(verify) = &self.verify else { return };
        match verify.execute().await {
            Ok(verified) => report(&verified),
            Err(error) => tracing::warn!("stored files cannot be verified: {error}"),
        }
    }
}

/// Counts what was verified, and names the documents whose files are lost.
fn report(verified: &Verified) {
    let Verified { intact, damaged, missing, unreadable, interrupted } = verified;
    if let Some(error) = interrupted {
        tracing::warn!("stored files cannot be verified: {error}");
    }
    let count = |outcome: &'static str, count: u64| {
        counter!("fieldmark_storage_verified_total", "outcome" => outcome).increment(count);
    };
    count("intact", *intact);
    count("damaged", damaged.len() as u64);
    count("missing", missing.len() as u64);
    count("unreadable", unreadable.len() as u64);
    let lost = [(damaged, "is damaged"), (missing, "is missing"), (unreadable, "cannot be read")];
    for (files, trouble) in lost {
        for file in files {
            let (document, sha256) = (file.document, file.sha256);
            tracing::error!(%document, %sha256, "a stored file {trouble}: send the same file again, or erase the document");
        }
    }
}

/// Does something again and again.
async fn every<Doing: Future<Output = ()>>(period: Duration, mut act: impl FnMut() -> Doing) {
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        act().await;
    }
}

/// Tells events in the log.
struct Log;

#[async_trait]
impl EventSink for Log {
    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        tracing::info!(
            id = %event.id.0,
            document = %event.document,
            owner = %event.owner.0,
            at = %event.at,
            "{}",
            event.occurrence.name()
        );
        Ok(())
    }
}
