//! The ports of one database, together.

use std::sync::Arc;

use super::{
    DocumentRepository, ErasureRepository, FileAudit, JobQueue, JobRepository, LabelRepository, Outbox,
};

/// Everything that one database keeps, behind its ports. One method of one port often writes what
/// others read: all of them must be ports of the same database.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{queries::ShowDocument, samples, scope::Scope};
/// # use fieldmark_persistence_memory::Memory;
/// use fieldmark_domain::ports::{MockDocumentRepository, Repositories, RepositoryError};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In a test, one port may fail while the others are those of a database.
/// let mut documents = MockDocumentRepository::new();
/// documents.expect_show().returning(|_, _| Err(RepositoryError::OutOfSpace));
/// let repositories =
///     Repositories { documents: Arc::new(documents), ..Memory::default().repositories() };
///
/// let show = ShowDocument { documents: repositories.documents };
/// let error = show.execute(&Scope::owner(samples::OWNER), samples::DOCUMENT).await.unwrap_err();
/// assert_eq!(error.code(), "storage_full");
/// # Ok(())
/// # }
/// ```
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
