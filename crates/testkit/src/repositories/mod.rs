//! Conformance suites of the repositories: one suite for each port, on repositories that share one
//! database.

use std::sync::Arc;

use fieldmark_domain::ports::{DocumentRepository, JobQueue, LabelRepository, Outbox};

mod bench;
pub mod crashes;
pub mod documents;
pub mod file_audit;
mod full;
pub mod jobs;
mod labelled;
pub mod labels;
pub mod outbox;
mod readings;
pub mod sample;

/// The repositories of one empty database.
#[derive(Clone)]
pub struct Repositories {
    /// Documents.
    pub documents: Arc<dyn DocumentRepository>,
    /// Labels.
    pub labels: Arc<dyn LabelRepository>,
    /// Jobs.
    pub jobs: Arc<dyn JobQueue>,
    /// Events.
    pub outbox: Arc<dyn Outbox>,
}
