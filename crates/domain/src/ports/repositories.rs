//! The ports of one database, together.

use std::sync::Arc;

use super::{
    DocumentRepository, ErasureRepository, FileAudit, JobQueue, JobRepository, LabelRepository, Outbox,
};

/// Everything that one database keeps, behind its ports. One method of one port often writes what
/// others read: all of them must be ports of the same database.
#[derive(Clone)]
pub struct Repositories {
    /// Documents.
    pub documents: Arc<dyn DocumentRepository>,
    /// What removes documents for good.
    pub erasures: Arc<dyn ErasureRepository>,
    /// Labels and their history.
    pub labels: Arc<dyn LabelRepository>,
    /// Jobs, as people see them.
    pub jobs: Arc<dyn JobRepository>,
    /// Jobs, as workers get them.
    pub queue: Arc<dyn JobQueue>,
    /// Events until they are published.
    pub outbox: Arc<dyn Outbox>,
    /// The files that documents need.
    pub file_audit: Arc<dyn FileAudit>,
}
