//! What goes on beside the jobs: lost jobs are taken back, events told, deleted documents purged.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fieldmark_domain::commands::{PublishEvents, PurgeDeleted, RecoverLostJobs, Retention};
use fieldmark_domain::event::Event;
use fieldmark_domain::ports::{EventSink, PublishError};

use super::stop::Stop;
use crate::settings::Settings;
use crate::store::Store;

/// How often events are told.
const TELLING: Duration = Duration::from_secs(1);
/// How often deleted documents are purged.
const PURGING: Duration = Duration::from_secs(60 * 60);

/// How long a repeated request is known as one.
const IDEMPOTENCY_KEYS: Duration = Duration::from_secs(24 * 60 * 60);

/// The things to be done from time to time.
#[derive(Clone)]
pub struct Upkeep {
    recover: RecoverLostJobs,
    publish: PublishEvents,
    purge: PurgeDeleted,
    recovering: Duration,
}

impl Upkeep {
    /// After the settings.
    pub fn new(settings: &Settings, store: &Store) -> Self {
        let Store { documents, jobs, outbox, blobs, clock, .. } = store.clone();
        Self {
            recover: RecoverLostJobs { jobs, documents: documents.clone(), clock: clock.clone() },
            publish: PublishEvents { outbox: outbox.clone(), sink: Arc::new(Log), clock: clock.clone() },
            purge: PurgeDeleted { documents, blobs, outbox, clock, retention: retention(settings) },
            recovering: (settings.jobs.lease / 4).max(Duration::from_millis(250)),
        }
    }

    /// Does them until it is time to stop.
    pub async fn run(self, mut stop: Stop) {
        let mut recovering = tokio::time::interval(self.recovering);
        let mut telling = tokio::time::interval(TELLING);
        let mut purging = tokio::time::interval(PURGING);
        loop {
            tokio::select! {
                () = stop.wanted() => return,
                _ = recovering.tick() => self.recover().await,
                _ = telling.tick() => self.publish().await,
                _ = purging.tick() => self.purge().await,
            }
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
    }
}

/// How long what is over is kept.
pub fn retention(settings: &Settings) -> Retention {
    let kept = settings.jobs.retention;
    Retention { documents: kept, events: kept, idempotency_keys: IDEMPOTENCY_KEYS }
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
