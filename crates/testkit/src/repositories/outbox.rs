//! The conformance suite of [`Outbox`], together with the repository that fills it.

use fieldmark_domain::event::{Event, EventId, Occurrence};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::LabelId;
use fieldmark_domain::ports::{DocumentUpdate, JobsChange, Outbox};

use super::sample::{SampleOwner, fresh_id, moment};
use crate::breach::{Breach, promised_same, succeeds};
use fieldmark_domain::ports::Repositories;

/// Fills the outbox by changing documents, and empties it.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    every_occurrence_comes_back_as_it_was(repositories).await?;
    events_come_in_the_order_of_their_ids(repositories).await?;
    published_events_are_not_given_again(repositories).await?;
    old_published_events_are_forgotten(repositories).await
}

fn every_occurrence() -> Vec<Occurrence> {
    let (label, field) = (LabelId(fresh_id()), Field::InvoiceNumber);
    vec![
        Occurrence::DocumentReceived,
        Occurrence::DocumentProcessed { decision: "review".to_owned() },
        Occurrence::DocumentFailed { code: "document_encrypted".to_owned() },
        Occurrence::DocumentApproved,
        Occurrence::DocumentRejected,
        Occurrence::DocumentChanged,
        Occurrence::DocumentDeleted,
        Occurrence::DocumentRestored,
        Occurrence::DocumentErased,
        Occurrence::LabelAdded { label, field },
        Occurrence::LabelCorrected { label, field },
        Occurrence::LabelDeleted { label, field },
    ]
}

/// Stores a document with these events. The event of its creation comes first.
async fn fill(
    repositories: &Repositories,
    owner: SampleOwner,
    occurrences: Vec<Occurrence>,
) -> Result<Vec<Event>, Breach> {
    let new = owner.incoming(moment(0));
    succeeds("a document is kept", repositories.documents.create(&owner.scope(), &new).await)?;
    let event = |occurrence| owner.event(new.document.id, occurrence, moment(5));
    let told: Vec<Event> = occurrences.into_iter().map(event).collect();
    // Written in reverse: their order is by id.
    let events = told.iter().rev().cloned().collect();
    let update = DocumentUpdate { document: new.document, jobs: JobsChange::Keep, events };
    succeeds("a document is changed", repositories.documents.update(&owner.scope(), &update).await)?;
    Ok(std::iter::once(new.event).chain(told).collect())
}

async fn pending(outbox: &dyn Outbox, owner: SampleOwner, limit: u32) -> Result<Vec<Event>, Breach> {
    succeeds("waiting events are returned", outbox.pending(&owner.scope(), limit).await)
}

fn ids(events: &[Event]) -> Vec<EventId> {
    events.iter().map(|event| event.id).collect()
}

async fn every_occurrence_comes_back_as_it_was(repositories: &Repositories) -> Result<(), Breach> {
    let owner = SampleOwner::fresh();
    let told = fill(repositories, owner, every_occurrence()).await?;
    let found = pending(repositories.outbox.as_ref(), owner, 100).await?;
    promised_same("events are as they were written", &found, &told)
}

async fn events_come_in_the_order_of_their_ids(repositories: &Repositories) -> Result<(), Breach> {
    let (owner, outbox) = (SampleOwner::fresh(), repositories.outbox.as_ref());
    let told = fill(repositories, owner, vec![Occurrence::DocumentChanged; 4]).await?;
    let first = pending(outbox, owner, 3).await?;
    let wanted: Vec<Event> = told.into_iter().take(3).collect();
    promised_same("the first ones come first, up to the limit", &first, &wanted)?;
    let others = pending(outbox, SampleOwner::fresh(), 100).await?;
    promised_same("another owner's events are not found", &others, &Vec::new())
}

async fn published_events_are_not_given_again(repositories: &Repositories) -> Result<(), Breach> {
    let (owner, outbox) = (SampleOwner::fresh(), repositories.outbox.as_ref());
    let told = ids(&fill(repositories, owner, vec![Occurrence::DocumentChanged; 3]).await?);
    let (published, waiting) = told.split_at(2);
    let stranger = SampleOwner::fresh();
    let answer = outbox.published(&stranger.scope(), &told, moment(9)).await;
    succeeds("what is out of scope is passed over", answer)?;
    promised_same("another owner publishes nothing", &ids(&pending(outbox, owner, 9).await?), &told)?;
    for _ in 0..2 {
        let answer = outbox.published(&owner.scope(), published, moment(9)).await;
        succeeds("events are published, twice too", answer)?;
    }
    succeeds("none may be published", outbox.published(&owner.scope(), &[], moment(9)).await)?;
    promised_same("the others wait", &ids(&pending(outbox, owner, 9).await?), &waiting.to_vec())
}

async fn old_published_events_are_forgotten(repositories: &Repositories) -> Result<(), Breach> {
    let (owner, outbox) = (SampleOwner::fresh(), repositories.outbox.as_ref());
    let told = ids(&fill(repositories, owner, vec![Occurrence::DocumentChanged; 3]).await?);
    for (id, seconds) in told.iter().zip([10, 20, 30]) {
        let answer = outbox.published(&owner.scope(), &[*id], moment(seconds)).await;
        succeeds("an event is published", answer)?;
    }
    let prune = |scope, seconds| async move { outbox.prune(&scope, moment(seconds)).await };
    promised_same("another owner forgets nothing", &prune(SampleOwner::fresh().scope(), 99).await, &Ok(0))?;
    promised_same("what was published before is forgotten", &prune(owner.scope(), 30).await, &Ok(2))?;
    promised_same("once", &prune(owner.scope(), 30).await, &Ok(0))?;
    promised_same("what waits is kept", &ids(&pending(outbox, owner, 9).await?).len(), &1)
}
