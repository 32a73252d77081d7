//! Who is told of events.

use async_trait::async_trait;

use crate::event::Event;

/// Why an event could not be told. It is told again later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the event was not taken: {reason}")]
pub struct PublishError {
    /// What happened, for the operator.
    pub reason: String,
}

/// Takes events once their changes are committed. The same event may come twice.
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait EventSink: Send + Sync {
    /// Takes an event.
    ///
    /// # Errors
    /// [`PublishError`] when it shall come again.
    async fn publish(&self, event: &Event) -> Result<(), PublishError>;
}
