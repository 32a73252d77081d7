//! Stores the bytes of documents in a folder or in an S3 bucket, behind the domain's port
//! `BlobStore`.
//!
//! Bytes are identified by their SHA-256 and have the key `ab/cd/abcd…`, the same in a folder and
//! in a bucket. This crate knows nothing of documents, owners and databases.
//!
//! ```
//! # use std::sync::Arc;
//! # use fieldmark_domain::ports::{BlobStore, Clock};
//! use fieldmark_storage_objects::{ObjectStorage, StorageOptions};
//!
//! # async fn keep(clock: Arc<dyn Clock>) -> Result<(), Box<dyn std::error::Error>> {
//! let storage = ObjectStorage::open(&StorageOptions::new("file:data/documents"), clock)?;
//! let sha256 = storage.put(Arc::from(&b"%PDF-1.7"[..])).await?;
//! assert!(storage.contains(&sha256).await?);
//! # Ok(())
//! # }
//! ```

mod attempts;
mod bucket;
mod digest;
mod folder;
mod open_error;
mod options;
mod pieces;
mod place;
mod storage;

pub use bucket::BreakerState;
pub use open_error::OpenError;
pub use options::{S3Limits, S3Options, Secret, StorageOptions};
pub use storage::ObjectStorage;
