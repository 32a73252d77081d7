//! What is another owner's does not exist, whichever method asks.

use fieldmark_domain::document::{DocumentQuery, DocumentStatus};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::field::Field;
use fieldmark_domain::ports::{DocumentUpdate, JobsChange};
use fieldmark_domain::scope::Scope;

use super::Shelf;
use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::sample::moment;

pub(super) async fn see_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let (shelf, stranger) = (Shelf::new(repositories), Shelf::new(repositories));
    let theirs = shelf.add(1).await?;
    shelf.say(theirs.id, Field::InvoiceNumber, "17").await?;
    let theirs = shelf.found(theirs.id).await?;
    let (documents, scope) = (stranger.documents(), stranger.scope());
    promised_same("another's document is not found", &stranger.find(theirs.id).await?, &None)?;
    promised_same("nor shown", &documents.show(&scope, theirs.id).await, &Ok(None))?;
    let update = DocumentUpdate { document: theirs.clone(), jobs: JobsChange::Keep, events: Vec::new() };
    promised_same("nor changed", &documents.update(&scope, &update).await, &Ok(None))?;
    let event = stranger.owner.event(theirs.id, Occurrence::DocumentErased, moment(2));
    promised_same("nor erased", &documents.erase(&scope, theirs.id, &event).await, &Ok(None))?;
    let query = DocumentQuery { statuses: DocumentStatus::ALL.to_vec(), ..DocumentQuery::default() };
    let listing = succeeds("documents are listed", documents.list(&scope, &query).await)?;
    promised("nor listed", listing.items.is_empty() && listing.total == 0, || format!("{listing:?}"))?;
    promised_same("it is as it was", &shelf.found(theirs.id).await?, &theirs)?;
    deleted_ones_neither(&shelf, &stranger, theirs).await
}

async fn deleted_ones_neither(
    shelf: &Shelf<'_>,
    stranger: &Shelf<'_>,
    mut theirs: fieldmark_domain::document::Document,
) -> Result<(), Breach> {
    theirs.delete(moment(3));
    let theirs = shelf.change(theirs).await?;
    let (documents, scope) = (stranger.documents(), stranger.scope());
    let found = documents.find_deleted(&scope, theirs.id).await;
    promised_same("another's deleted document is not found", &found, &Ok(None))?;
    let waiting = documents.deleted_before(&scope, moment(9), 100).await;
    promised_same("nor purged", &waiting, &Ok(Vec::new()))?;
    let everything = Scope::of_everything();
    let waiting = documents.deleted_before(&everything, moment(9), 100).await;
    let waits = waiting.as_ref().is_ok_and(|ids| ids.contains(&theirs.id));
    promised("who sees all owners' sees it", waits, || format!("{waiting:?}"))?;
    let event = shelf.owner.event(theirs.id, Occurrence::DocumentErased, moment(4));
    succeeds("a document is erased", shelf.documents().erase(&shelf.scope(), theirs.id, &event).await)?;
    promised_same(
        "nor are another's bytes on a list",
        &documents.erasures(&scope, 100).await,
        &Ok(Vec::new()),
    )?;
    succeeds("a stranger's word changes nothing", documents.erasure_done(&scope, &theirs.sha256).await)?;
    let erasures = shelf.documents().erasures(&shelf.scope(), 100).await;
    promised_same("they are still to go", &erasures, &Ok(vec![theirs.sha256]))
}
