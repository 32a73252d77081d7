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
///
/// ```
/// # use std::sync::Mutex;
/// # use fieldmark_domain::async_trait::async_trait;
/// # use fieldmark_domain::document::{Document, DocumentStatus};
/// use fieldmark_domain::event::{Event, Occurrence};
/// use fieldmark_domain::ports::{EventSink, PublishError};
/// # use fieldmark_domain::samples;
///
/// #[derive(Default)]
/// struct Names(Mutex<Vec<&'static str>>);
///
/// #[async_trait]
/// impl EventSink for Names {
///     async fn publish(&self, event: &Event) -> Result<(), PublishError> {
///         self.0.lock().unwrap().push(event.occurrence.name());
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let document = Document::sample(DocumentStatus::Approved);
/// let sink = Names::default();
/// let event = Event::of(&document, Occurrence::DocumentApproved, samples::NOW);
/// sink.publish(&event).await?;
/// assert_eq!(*sink.0.lock().unwrap(), ["document.approved"]);
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait EventSink: Send + Sync {
    /// Takes an event.
    ///
    /// # Errors
    /// [`PublishError`] when it shall come again.
    async fn publish(&self, event: &Event) -> Result<(), PublishError>;
}
