//! Documents that go for good, and their bytes.

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::ports::{Created, Erased};

use super::Shelf;
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::sample::{fresh_id, moment};
use fieldmark_domain::field::Field;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    let (one, other) = (Shelf::new(repositories), Shelf::new(repositories));
    bytes_go_with_their_last_document(&one, &other).await?;
    all_of_it_goes(&Shelf::new(repositories)).await
}

async fn erase(shelf: &Shelf<'_>, id: DocumentId, seconds: i64) -> Result<Option<Erased>, Breach> {
    let event = shelf.owner.event(id, Occurrence::DocumentErased, moment(seconds));
    succeeds("a document is erased", shelf.documents().erase(&shelf.scope(), id, &event).await)
}

async fn erasures(shelf: &Shelf<'_>) -> Result<Vec<Sha256>, Breach> {
    succeeds("erasures are listed", shelf.documents().erasures(&shelf.scope(), 100).await)
}

async fn bytes_go_with_their_last_document(shelf: &Shelf<'_>, other: &Shelf<'_>) -> Result<(), Breach> {
    let mine = shelf.add(1).await?;
    let sha256 = mine.sha256;
    let theirs = other.keep(Document { sha256, ..other.owner.document(moment(2)) }).await?;
    let mut deleted = theirs;
    deleted.delete(moment(3));
    let theirs = other.change(deleted).await?;
    let erased = erase(shelf, mine.id, 4).await?;
    let wanted = Some(Erased { sha256, is_last: false });
    promised_same("bytes that another owner has stay, if only in a deleted document", &erased, &wanted)?;
    promised_same("and are on no list", &erasures(shelf).await?, &Vec::new())?;
    let erased = erase(other, theirs.id, 5).await?;
    promised_same("a deleted document may be erased", &erased, &Some(Erased { sha256, is_last: true }))?;
    promised_same("bytes without a document are on the list", &erasures(other).await?, &vec![sha256])?;
    let mut again = shelf.owner.incoming(moment(6));
    again.document.sha256 = sha256;
    let refused = shelf.create(&again).await?;
    promised_same("they are not taken in while they are to go", &refused, &Created::BytesErased)?;
    let done = other.documents().erasure_done(&other.scope(), &sha256).await;
    succeeds("bytes are said to be gone", done)?;
    promised_same("bytes that are gone are on no list", &erasures(other).await?, &Vec::new())?;
    promised_same("and may come again", &shelf.create(&again).await?, &Created::New)
}

async fn all_of_it_goes(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let new = shelf.owner.incoming(moment(1));
    let id = new.document.id;
    promised_same("a new document is kept", &shelf.create(&new).await?, &Created::New)?;
    shelf.say(id, Field::InvoiceNumber, "F-17").await?;
    is_there("a document is erased", erase(shelf, id, 2).await?)?;
    promised_same("an erased document is not found", &shelf.find(id).await?, &None)?;
    let deleted = shelf.documents().find_deleted(&shelf.scope(), id).await;
    promised_same("nor among the deleted", &deleted, &Ok(None))?;
    let labels = shelf.repositories.labels.list(&shelf.scope(), id).await;
    promised_same("nor are its labels", &labels, &Ok(None))?;
    let events = shelf.repositories.outbox.pending(&shelf.scope(), 100).await;
    let events = succeeds("events are found", events)?;
    let told = events.iter().any(|event| event.occurrence == Occurrence::DocumentErased);
    promised("its events stay, the erasure's with them", told && events.len() == 3, || {
        format!("{events:?}")
    })?;
    promised_same("it is not erased twice", &erase(shelf, id, 3).await?, &None)?;
    let nothing = erase(shelf, DocumentId(fresh_id()), 3).await?;
    promised_same("nor is what was never there", &nothing, &None)
}
