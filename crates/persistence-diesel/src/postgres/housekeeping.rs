//! Maintenance of PostgreSQL: the server does it itself, so only the check reads anything.

use diesel_async::SimpleAsyncConnection as _;
use fieldmark_domain::ports::RepositoryError;

use super::Store;
use crate::access::Access;
use crate::database::{Inspection, Rewriting};

/// Reads a row of each table.
const READ_TABLES: &str = "SELECT id FROM documents LIMIT 1; SELECT document_id FROM pages LIMIT 1; \
     SELECT id FROM labels LIMIT 1; SELECT id FROM label_changes LIMIT 1; SELECT id FROM jobs LIMIT 1; \
     SELECT id FROM events LIMIT 1; SELECT key FROM idempotency_keys LIMIT 1; \
     SELECT sha256 FROM blob_erasures LIMIT 1; SELECT name FROM upkeep LIMIT 1";

impl Store {
    /// The server manages its own log.
    pub(crate) async fn empty_log(&self) {}

    /// The server vacuums by itself.
    pub(crate) async fn keep_up(&self) -> Result<Rewriting, RepositoryError> {
        Ok(Rewriting::NotNeeded)
    }

    /// The server vacuums by itself.
    pub(crate) async fn forget_erased(&self, _largest: i64) -> Result<Rewriting, RepositoryError> {
        Ok(Rewriting::NotNeeded)
    }

    /// PostgreSQL has no file of ours.
    pub(crate) async fn modernise(&self) -> Result<bool, RepositoryError> {
        Ok(false)
    }

    /// Reads a row of each table.
    pub(crate) async fn inspect(&self) -> Result<Inspection, RepositoryError> {
        self.run(Access::OneStatement, async |connection| {
            connection.batch_execute(READ_TABLES).await?;
            Ok(Inspection::Sound)
        })
        .await
    }

    /// PostgreSQL has no file of ours.
    pub(crate) async fn check_disk(&self) -> Result<(), RepositoryError> {
        Ok(())
    }
}
