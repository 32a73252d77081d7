//! Everything that Fieldmark keeps, in memory: documents, labels and their history, jobs, events and the bytes of
//! files, behind the domain's ports. For the tests of a service that embeds the domain, and for a small service that
//! may forget everything when it ends. Of adapters it knows none, and of disks and networks nothing.
//!
//! [`Memory`] keeps the same promises as the databases do, held by the same suites (`fieldmark_testkit::repositories`
//! and `fieldmark_testkit::blob_store`): scopes, versions, leases, idempotency keys, erasures, events. Two promises
//! cannot be kept in memory: nothing survives the process, and nobody else can damage bytes, so that
//! `BlobError::Damaged` never comes.
//!
//! # How it works
//!
//! All collections are behind one lock. A method is one transaction: it checks everything on copies, then writes. Lists
//! and the search for the same invoice look at every document, so that it is meant for thousands of documents, not for
//! millions; [`MemoryOptions`] has the bounds.
//!
//! ```
//! use std::sync::Arc;
//! use fieldmark_domain::blob::Sha256;
//! use fieldmark_persistence_memory::Memory;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), fieldmark_domain::ports::BlobError> {
//! let memory = Memory::default();
//! let bytes: Arc<[u8]> = Arc::from(&b"%PDF-1.7"[..]);
//! let sha256 = memory.blobs().put(Arc::clone(&bytes)).await?;
//! assert_eq!(sha256, Sha256::of(&bytes));
//! assert_eq!(memory.blobs().get(&sha256).await?, Some(bytes));
//! # Ok(())
//! # }
//! ```

mod blobs;
mod clock;
mod documents;
mod file_audit;
mod jobs;
mod kept;
mod labels;
mod memory;
mod options;
mod outbox;
mod state;
mod store;

pub use clock::ManualClock;
pub use memory::Memory;
pub use options::MemoryOptions;
