//! Events that are committed are told, in their order.

use std::sync::Arc;

use crate::ports::{Clock, EventSink, Outbox};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// How many events are told at once.
const BATCH: u32 = 100;

/// Tells a sink of what happened, to every owner's documents.
///
/// ```
/// # use std::sync::Arc;
/// # use fieldmark_domain::{clock::SystemClock, document::*, event::*, job::*, ports::*};
/// # use fieldmark_domain::{samples, scope::*, use_cases::*};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let memory = fieldmark_persistence_memory::Memory::default();
/// # let (repositories, blobs) = (memory.repositories(), memory.blobs());
/// # let ports = Ports { repositories, blobs, clock: Arc::new(SystemClock::new()) };
/// # let use_cases = UseCases { ports, options: UseCaseOptions::default() };
/// # let scope = Scope::owner(samples::OWNER);
/// # let document = Document::sample(DocumentStatus::Processed);
/// # let event = Event::of(&document, Occurrence::DocumentReceived, samples::NOW);
/// # let new = NewDocument { document, job: None, event, idempotency: None };
/// # use_cases.ports.repositories.documents.create(&scope, &new).await?;
/// let mut sink = MockEventSink::new();
/// sink.expect_publish().times(1).returning(|_| Ok(()));
/// let publish = use_cases.publish_events(Arc::new(sink));
/// assert_eq!(publish.execute().await?, 1);
/// assert_eq!(publish.execute().await?, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PublishEvents {
    /// Where events wait.
    pub outbox: Arc<dyn Outbox>,
    /// Who is told.
    pub sink: Arc<dyn EventSink>,
    /// Tells when.
    pub clock: Arc<dyn Clock>,
}

impl PublishEvents {
    /// Tells up to 100 events and answers how many; the next call goes on after them. It stops at the first event
    /// that is not taken. Where several processes publish, an event may come twice and after a later one.
    ///
    /// # Errors
    /// [`UseCaseError::Repository`]; events that were told and could not be noted as such come again.
    pub async fn execute(&self) -> Result<u64, UseCaseError> {
        let scope = Scope::system();
        let mut told = Vec::new();
        for event in self.outbox.pending(&scope, BATCH).await? {
            if let Err(error) = self.sink.publish(&event).await {
                tracing::warn!(event = %event.id.0, %error, "an event waits");
                break;
            }
            told.push(event.id);
        }
        if !told.is_empty() {
            self.outbox.published(&scope, &told, self.clock.now()).await?;
        }
        Ok(told.len() as u64)
    }
}
