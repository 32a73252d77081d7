//! The use cases that a service calls from time to time, for all owners.

use std::sync::Arc;

use super::UseCases;
use crate::commands::{PublishEvents, PurgeDeleted, VerifyFiles};
use crate::ports::EventSink;
use crate::queries::CompareStores;

impl UseCases {
    /// Looks for the files of the latest documents.
    #[must_use]
    pub fn compare_stores(&self) -> CompareStores {
        CompareStores {
            audit: Arc::clone(&self.ports.repositories.file_audit),
            blobs: Arc::clone(&self.ports.blobs),
        }
    }

    /// Publishes events to a sink.
    #[must_use]
    pub fn publish_events(&self, sink: Arc<dyn EventSink>) -> PublishEvents {
        PublishEvents {
            outbox: Arc::clone(&self.ports.repositories.outbox),
            sink,
            clock: Arc::clone(&self.ports.clock),
        }
    }

    /// Purges deleted documents, the bytes of erased ones, old events and keys.
    #[must_use]
    pub fn purge_deleted(&self) -> PurgeDeleted {
        PurgeDeleted {
            documents: Arc::clone(&self.ports.repositories.documents),
            erasures: Arc::clone(&self.ports.repositories.erasures),
            blobs: Arc::clone(&self.ports.blobs),
            outbox: Arc::clone(&self.ports.repositories.outbox),
            clock: Arc::clone(&self.ports.clock),
            retention: self.options.retention,
        }
    }

    /// Compares stored files with their digests; `None` when the options verify none.
    #[must_use]
    pub fn verify_files(&self) -> Option<VerifyFiles> {
        (self.options.verify_rate > 0).then(|| VerifyFiles {
            audit: Arc::clone(&self.ports.repositories.file_audit),
            blobs: Arc::clone(&self.ports.blobs),
            clock: Arc::clone(&self.ports.clock),
            bytes_per_second: self.options.verify_rate,
        })
    }
}
