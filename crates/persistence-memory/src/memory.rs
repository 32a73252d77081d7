//! The one value that an embedder makes: it gives out a port for each thing that is kept.

use std::sync::Arc;

use fieldmark_domain::ports::{BlobStore, DocumentRepository, FileAudit, JobQueue, LabelRepository, Outbox};

use crate::blobs::Blobs;
use crate::documents::Documents;
use crate::file_audit::Files;
use crate::jobs::Jobs;
use crate::labels::Labels;
use crate::options::MemoryOptions;
use crate::outbox::Events;
use crate::store::Store;

/// Everything that is kept in memory. Clones share it; it is gone with the last port.
#[derive(Clone)]
pub struct Memory {
    store: Arc<Store>,
    blobs: Arc<Blobs>,
}

impl Memory {
    /// An empty memory with these bounds.
    #[must_use]
    pub fn new(options: MemoryOptions) -> Self {
        Self { store: Arc::new(Store::new(options)), blobs: Arc::new(Blobs::new(options.file_bytes)) }
    }

    /// Documents.
    #[must_use]
    pub fn documents(&self) -> Arc<dyn DocumentRepository> {
        Arc::new(Documents::new(Arc::clone(&self.store)))
    }

    /// Labels and their history.
    #[must_use]
    pub fn labels(&self) -> Arc<dyn LabelRepository> {
        Arc::new(Labels::new(Arc::clone(&self.store)))
    }

    /// Jobs.
    #[must_use]
    pub fn jobs(&self) -> Arc<dyn JobQueue> {
        Arc::new(Jobs::new(Arc::clone(&self.store)))
    }

    /// Events until they are published.
    #[must_use]
    pub fn outbox(&self) -> Arc<dyn Outbox> {
        Arc::new(Events::new(Arc::clone(&self.store)))
    }

    /// Which files documents need.
    #[must_use]
    pub fn file_audit(&self) -> Arc<dyn FileAudit> {
        Arc::new(Files::new(Arc::clone(&self.store)))
    }

    /// The bytes of files.
    #[must_use]
    pub fn blobs(&self) -> Arc<dyn BlobStore> {
        Arc::clone(&self.blobs) as Arc<dyn BlobStore>
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new(MemoryOptions::default())
    }
}
