//! Documents that change, are deleted and restored.

use fieldmark_domain::document::{Description, Document, DocumentStatus};
use fieldmark_domain::ports::{DocumentUpdate, JobsChange, RepositoryError};

use super::Shelf;
use crate::breach::{Breach, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::fixtures::outcome;
use crate::repositories::sample::{fresh_id, moment};

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_change_counts_up(&Shelf::new(repositories)).await?;
    a_stale_change_is_refused(&Shelf::new(repositories)).await?;
    deleted_documents_are_out_of_sight(&Shelf::new(repositories)).await?;
    bytes_may_have_come_again(&Shelf::new(repositories)).await
}

async fn a_change_counts_up(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let document = shelf.add(1).await?;
    let wanted = Document {
        description: Description::of_file("other.pdf"),
        status: DocumentStatus::Approved,
        outcome: Some(outcome()),
        updated_at: moment(2),
        processed_at: Some(moment(2)),
        ..document
    };
    let changed = shelf.change(wanted.clone()).await?;
    let kept = Document { version: 2, ..wanted };
    promised_same("a change is answered with the document as it is kept", &changed, &kept)?;
    promised_same("it is found so", &shelf.found(kept.id).await?, &kept)?;
    let emptied = Document { outcome: None, processed_at: None, ..kept };
    let emptied = Document { version: 3, ..shelf.change(emptied.clone()).await.map(|_| emptied)? };
    promised_same("what is no more known is no more kept", &shelf.found(emptied.id).await?, &emptied)
}

async fn a_stale_change_is_refused(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let document = shelf.add(1).await?;
    shelf.change(document.clone()).await?;
    let event =
        shelf.owner.event(document.id, fieldmark_domain::event::Occurrence::DocumentChanged, moment(3));
    let before = pending(shelf).await?;
    let stale = DocumentUpdate {
        jobs: JobsChange::Add(shelf.owner.job(&document)),
        document: document.clone(),
        events: vec![event],
    };
    let answer = shelf.documents().update(&shelf.scope(), &stale).await;
    promised_same("a change of another version is refused", &answer, &Err(RepositoryError::Stale))?;
    promised_same("and nothing of it happens", &pending(shelf).await?, &before)?;
    promised_same("and nothing is counted", &shelf.found(document.id).await?.version, &2)?;
    let gone = Document { id: fieldmark_domain::document::DocumentId(fresh_id()), ..document };
    let gone = DocumentUpdate { document: gone, jobs: JobsChange::Keep, events: Vec::new() };
    let answer = shelf.documents().update(&shelf.scope(), &gone).await;
    promised_same("what is not there does not change", &answer, &Ok(None))
}

async fn pending(shelf: &Shelf<'_>) -> Result<usize, Breach> {
    let events = shelf.repositories.outbox.pending(&shelf.scope(), 100).await;
    Ok(succeeds("events are found", events)?.len())
}

async fn deleted_documents_are_out_of_sight(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let (one, other) = (shelf.add(1).await?, shelf.add(2).await?);
    let mut deleted = one;
    deleted.delete(moment(10));
    let deleted = shelf.change(deleted).await?;
    promised_same("a deleted document is not found", &shelf.find(deleted.id).await?, &None)?;
    let shown = shelf.documents().show(&shelf.scope(), deleted.id).await;
    promised_same("nor shown", &shown, &Ok(None))?;
    let found = shelf.documents().find_deleted(&shelf.scope(), deleted.id).await;
    promised_same("but found among the deleted", &found, &Ok(Some(deleted.clone())))?;
    let there = shelf.documents().find_deleted(&shelf.scope(), other.id).await;
    promised_same("where no other is", &there, &Ok(None))?;
    let scope = shelf.scope();
    let before = |seconds| shelf.documents().deleted_before(&scope, moment(seconds), 10);
    promised_same("it waits for the purge", &before(11).await, &Ok(vec![deleted.id]))?;
    promised_same("but not before its time", &before(10).await, &Ok(Vec::new()))?;
    let mut restored = deleted;
    restored.restore(moment(12));
    let restored = shelf.change(restored).await?;
    promised_same("a restored document is found", &shelf.find(restored.id).await?, &Some(restored))
}

async fn bytes_may_have_come_again(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let mut first = shelf.add(1).await?;
    first.delete(moment(2));
    let mut first = shelf.change(first).await?;
    let again = Document { sha256: first.sha256, ..shelf.owner.document(moment(3)) };
    shelf.keep(again).await?;
    first.restore(moment(4));
    let update = DocumentUpdate { document: first, jobs: JobsChange::Keep, events: Vec::new() };
    let answer = shelf.documents().update(&shelf.scope(), &update).await;
    let wanted = Err(RepositoryError::DocumentExists);
    promised_same("of two documents with the same bytes one stays deleted", &answer, &wanted)
}
