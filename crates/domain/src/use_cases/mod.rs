//! All use cases from one set of ports and options, so that a service wires them once.
//!
//! Knows which port and which option each use case needs, and nothing of what it does. Those that
//! read files take the reading ports as parameters: a service that only keeps documents has no
//! detector, and needs none.
//!
//! ```
//! use fieldmark_domain::document::{DocumentId, DocumentRecord};
//! use fieldmark_domain::scope::{OwnerId, Scope};
//! use fieldmark_domain::use_case_error::UseCaseError;
//! use fieldmark_domain::use_cases::UseCases;
//!
//! async fn show(use_cases: &UseCases, id: DocumentId) -> Result<DocumentRecord, UseCaseError> {
//!     use_cases.show_document().execute(&Scope::owner(OwnerId::LOCAL), id).await
//! }
//! ```

mod documents;
mod jobs;
mod labels;
mod options;
#[cfg(test)]
mod tests;
mod upkeep;

use std::sync::Arc;

use crate::ports::{BlobStore, Clock, Repositories};

pub use options::UseCaseOptions;

/// What the use cases work on.
#[derive(Clone)]
pub struct Ports {
    /// What the database keeps.
    pub repositories: Repositories,
    /// The bytes of documents.
    pub blobs: Arc<dyn BlobStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Builds each use case by one method.
#[derive(Clone)]
pub struct UseCases {
    /// What they work on.
    pub ports: Ports,
    /// What they do the same for every request.
    pub options: UseCaseOptions,
}
