//! Documents that come in.

use std::collections::{BTreeMap, BTreeSet};

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Description, Document, DocumentStatus, Failure, Tag};
use fieldmark_domain::ports::{Created, IdempotencyKey, NewDocument};

use super::Shelf;
use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::fixtures::outcome;
use crate::repositories::sample::{SampleOwner, moment};

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    everything_is_kept(&Shelf::new(repositories)).await?;
    what_belongs_together_is_kept_together(&Shelf::new(repositories)).await?;
    the_same_bytes_are_kept_once(&Shelf::new(repositories), &Shelf::new(repositories)).await?;
    the_same_request_is_answered_once(&Shelf::new(repositories), &Shelf::new(repositories)).await?;
    keys_are_forgotten(&Shelf::new(repositories)).await?;
    at_once_one_is_kept(&Shelf::new(repositories)).await
}

async fn everything_is_kept(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let words = "the sample's description is one";
    let tags: BTreeSet<Tag> = [succeeds(words, Tag::parse("brådskande"))?].into();
    let notes = BTreeMap::from([("cost \"centre\"".to_owned(), "4711\n%_".to_owned())]);
    let description = Description::of_file("Räkning 100%_\\.pdf").with_tags(tags);
    let description = succeeds(words, description.and_then(|words| words.with_metadata(notes)))?;
    let full = Document {
        description,
        status: DocumentStatus::Failed,
        outcome: Some(outcome()),
        failure: Some(Failure { code: "document_encrypted".to_owned(), message: "it is locked".to_owned() }),
        processed_at: Some(moment(5)),
        ..shelf.owner.document(moment(1))
    };
    let full = shelf.keep(full).await?;
    promised_same("a document is found as it was given", &shelf.find(full.id).await?, &Some(full))?;
    let bare = shelf.add(2).await?;
    promised_same("one of which little is known, too", &shelf.find(bare.id).await?, &Some(bare))
}

async fn what_belongs_together_is_kept_together(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let new = shelf.owner.incoming(moment(1));
    promised_same("a new document is kept", &shelf.create(&new).await?, &Created::New)?;
    let stranger = SampleOwner::fresh();
    let refused = shelf.documents().create(&stranger.scope(), &shelf.owner.incoming(moment(1))).await;
    promised("nobody keeps a document for another owner", refused.is_err(), || format!("{refused:?}"))
}

async fn the_same_bytes_are_kept_once(shelf: &Shelf<'_>, other: &Shelf<'_>) -> Result<(), Breach> {
    let first = shelf.add(1).await?;
    let sha256 = first.sha256;
    let same = |owner: &SampleOwner, second: i64| {
        let mut new = owner.incoming(moment(second));
        new.document.sha256 = sha256;
        new
    };
    let answer = shelf.create(&same(&shelf.owner, 2)).await?;
    let existing = Created::Existing(Box::new(first.clone()));
    promised_same("the same bytes are answered with the first document", &answer, &existing)?;
    let elsewhere = other.create(&same(&other.owner, 3)).await?;
    promised_same("another owner's bytes do not count", &elsewhere, &Created::New)?;
    let mut deleted = first;
    deleted.delete(moment(4));
    shelf.change(deleted).await?;
    let again = shelf.create(&same(&shelf.owner, 5)).await?;
    promised_same("a deleted document's bytes do not count", &again, &Created::New)
}

fn with_key(owner: &SampleOwner, second: i64, key: &str, request: u8) -> NewDocument {
    let request = Sha256([request; 32]);
    let idempotency = Some(IdempotencyKey { key: key.to_owned(), request });
    NewDocument { idempotency, ..owner.incoming(moment(second)) }
}

async fn the_same_request_is_answered_once(shelf: &Shelf<'_>, other: &Shelf<'_>) -> Result<(), Breach> {
    let new = with_key(&shelf.owner, 1, "a", 1);
    promised_same("a request with a key is kept", &shelf.create(&new).await?, &Created::New)?;
    let existing = Created::Existing(Box::new(new.document.clone()));
    let again = shelf.create(&with_key(&shelf.owner, 2, "a", 1)).await?;
    promised_same("the same request is answered with its document", &again, &existing)?;
    let reused = shelf.create(&with_key(&shelf.owner, 3, "a", 2)).await?;
    promised_same("another request with the same key is refused", &reused, &Created::KeyReused)?;
    let elsewhere = other.create(&with_key(&other.owner, 4, "a", 2)).await?;
    promised_same("another owner's keys do not count", &elsewhere, &Created::New)?;
    let mut deleted = new.document;
    deleted.delete(moment(5));
    shelf.change(deleted).await?;
    let anew = shelf.create(&with_key(&shelf.owner, 6, "a", 1)).await?;
    promised_same("a key whose document is deleted begins anew", &anew, &Created::New)
}

async fn keys_are_forgotten(shelf: &Shelf<'_>) -> Result<(), Breach> {
    shelf.create(&with_key(&shelf.owner, 1, "old", 1)).await?;
    shelf.create(&with_key(&shelf.owner, 9, "new", 1)).await?;
    let forgotten = shelf.documents().forget_keys(&shelf.scope(), moment(9)).await;
    promised_same("keys that were used before a moment are forgotten", &forgotten, &Ok(1))?;
    let free = shelf.create(&with_key(&shelf.owner, 10, "old", 2)).await?;
    promised_same("a forgotten key is free", &free, &Created::New)?;
    let known = shelf.create(&with_key(&shelf.owner, 10, "new", 2)).await?;
    promised_same("a later one is not", &known, &Created::KeyReused)
}

async fn at_once_one_is_kept(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let same = |second: i64| {
        let mut new = shelf.owner.incoming(moment(second));
        new.document.sha256 = Sha256([7; 32]);
        new
    };
    let (one, other) = (same(1), same(2));
    let (one, other) = tokio::join!(shelf.create(&one), shelf.create(&other));
    let news = [one?, other?].iter().filter(|answer| **answer == Created::New).count();
    promised_same("of the same bytes at once, one is kept", &news, &1)
}
