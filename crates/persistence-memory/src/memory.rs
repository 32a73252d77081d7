//! The one value that an embedder creates: it returns the ports on everything that is kept.

use std::sync::Arc;

use fieldmark_domain::ports::{BlobStore, DocumentRepository, JobRepository, Repositories};

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

    /// The ports of everything that a database would keep.
    #[must_use]
    pub fn repositories(&self) -> Repositories {
        let store = || Arc::clone(&self.store);
        let (documents, jobs) = (Arc::new(Documents::new(store())), Arc::new(Jobs::new(store())));
        Repositories {
            documents: Arc::clone(&documents) as Arc<dyn DocumentRepository>,
            erasures: documents,
            labels: Arc::new(Labels::new(store())),
            jobs: Arc::clone(&jobs) as Arc<dyn JobRepository>,
            queue: jobs,
            outbox: Arc::new(Events::new(store())),
            file_audit: Arc::new(Files::new(store())),
        }
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
