//! Where events wait to be published.

use async_trait::async_trait;
use jiff::Timestamp;

use super::RepositoryError;
use crate::event::{Event, EventId};
use crate::scope::Scope;

/// Keeps the events that the other repositories write with their changes.
///
/// Each method is one transaction: after an error nothing of it has happened.
///
/// ```
/// # use fieldmark_domain::jiff::SignedDuration;
/// # use fieldmark_domain::{document::*, event::*, job::*, ports::*, samples, scope::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let repositories = fieldmark_persistence_memory::Memory::default().repositories();
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # repositories.documents.create(&scope, &new).await?;
/// let outbox = repositories.outbox;
/// let pending = outbox.pending(&scope, 100).await?;
/// assert_eq!(pending[0].occurrence, Occurrence::DocumentReceived);
///
/// outbox.published(&scope, &[pending[0].id], samples::NOW).await?;
/// assert!(outbox.pending(&scope, 100).await?.is_empty());
/// assert_eq!(outbox.prune(&scope, samples::NOW + SignedDuration::from_hours(1)).await?, 1);
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Events that nobody has said to be published, in the order of their ids, up to `limit`.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn pending(&self, scope: &Scope, limit: u32) -> Result<Vec<Event>, RepositoryError>;

    /// Events have been published.
    ///
    /// # Errors
    /// [`RepositoryError::OutOfSpace`], [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn published(&self, scope: &Scope, ids: &[EventId], now: Timestamp) -> Result<(), RepositoryError>;

    /// Forgets events that were published before a moment, and answers how many.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`], [`RepositoryError::Failed`].
    async fn prune(&self, scope: &Scope, before: Timestamp) -> Result<u64, RepositoryError>;
}
