//! Creating documents: the same bytes of one owner are one document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fieldmark_domain::document::{Description, Document, DocumentId, DocumentStatus, Tag};
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::{Created, NewDocument};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::Bench;
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::full::full_outcome;
use crate::repositories::sample::{failure, fresh_id, moment};
use fieldmark_domain::ports::Repositories;

/// How many callers create a document with the same bytes at once.
const CONCURRENT: usize = 8;

pub(super) async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    what_is_written_comes_back_as_it_was(repositories).await?;
    a_document_comes_with_its_job_and_its_event(repositories).await?;
    the_same_bytes_of_one_owner_are_there_once(repositories).await?;
    others_and_deleted_documents_may_have_the_same_bytes(repositories).await?;
    of_many_at_once_one_is_new(repositories).await
}

impl Bench<'_> {
    pub(in crate::repositories) async fn create(&self, new: &NewDocument) -> Result<Created, Breach> {
        let created = self.repositories.documents.create(&self.scope(), new).await;
        succeeds("a document that comes in is answered", created)
    }

    /// A document of this owner with the same bytes as another one.
    pub(in crate::repositories) fn same_bytes(&self, other: &Document) -> NewDocument {
        let mut new = self.owner.incoming(moment(10));
        new.document.sha256 = other.sha256;
        new
    }
}

/// A moment with microseconds.
fn fine_moment(seconds: i64) -> Timestamp {
    moment(seconds) + SignedDuration::from_micros(123_457)
}

fn full_description() -> Result<Description, Breach> {
    let tags: Result<BTreeSet<Tag>, _> =
        ["Büro", "2024", "a\"b'c", "日本"].into_iter().map(Tag::parse).collect();
    let tags = succeeds("the sample's tags are tags", tags)?;
    let metadata = [("cost centre", "47/11\nline 2"), ("größe", "{\"a\": \\ }"), ("empty", "")];
    let metadata: BTreeMap<String, String> =
        metadata.into_iter().map(|(key, note)| (key.to_owned(), note.to_owned())).collect();
    let described = Description::of_file("Rechnung Nº 7 – Ångström.pdf").with_tags(tags);
    succeeds(
        "the sample's words are within bounds",
        described.and_then(|words| words.with_metadata(metadata)),
    )
}

/// A document with a value in every property.
fn full_document(bench: &Bench<'_>) -> Result<Document, Breach> {
    Ok(Document {
        description: full_description()?,
        media_type: MediaType::Xml,
        size: 5_000_000_000,
        status: DocumentStatus::Failed,
        outcome: Some(full_outcome(Some(DocumentId(fresh_id())))?),
        failure: Some(failure("document_encrypted")),
        updated_at: fine_moment(5),
        processed_at: Some(fine_moment(3)),
        ..bench.owner.document(fine_moment(0))
    })
}

async fn what_is_written_comes_back_as_it_was(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    for document in [bench.owner.document(fine_moment(0)), full_document(&bench)?] {
        let kept = bench.keep(document).await?;
        promised_same("a document comes back as it was", &bench.find(kept.id).await?, &Some(kept))?;
    }
    let document = Document { status: DocumentStatus::Received, ..bench.owner.document(moment(0)) };
    for status in DocumentStatus::ALL {
        let kept = bench.keep(Document { status, ..bench.owner.document(moment(1)) }).await?;
        let found = bench.find(kept.id).await?.map(|found| found.status);
        promised_same("every status comes back as it was", &found, &Some(status))?;
    }
    promised_same("a document that was never stored is not found", &bench.find(document.id).await?, &None)
}

async fn a_document_comes_with_its_job_and_its_event(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let new = bench.owner.incoming(moment(0));
    promised_same("a new document is kept", &bench.create(&new).await?, &Created::New)?;
    let job = is_there("the sample has a job", new.job)?;
    promised_same("its job is kept with it", &bench.job(job.id).await?.document, &new.document.id)?;
    let quiet = bench.keep_at(1).await?;
    let events: Vec<_> = bench.events().await?.iter().map(|event| event.document).collect();
    promised_same("its event is kept with it", &events, &vec![new.document.id, quiet.id])?;
    promised_same("a document without a job has none", &bench.jobs_of(quiet.id).await?.len(), &0)
}

async fn the_same_bytes_of_one_owner_are_there_once(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let first = bench.keep_at(0).await?;
    let second = bench.same_bytes(&first);
    let wanted = Created::Existing(Box::new(first.clone()));
    promised_same("the same bytes are the same document", &bench.create(&second).await?, &wanted)?;
    promised_same("nothing was written", &bench.find(second.document.id).await?, &None)?;
    promised_same("no job is made", &bench.jobs_of(first.id).await?.len(), &0)?;
    promised_same("no event is written", &bench.events().await?.len(), &1)
}

async fn others_and_deleted_documents_may_have_the_same_bytes(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let (bench, other) = (Bench::new(repositories), Bench::new(repositories));
    let first = bench.keep_at(0).await?;
    let theirs = other.create(&other.same_bytes(&first)).await?;
    promised_same("another owner's bytes are another document", &theirs, &Created::New)?;
    bench.delete(first.clone(), 20).await?;
    let again = bench.same_bytes(&first);
    promised_same("a deleted document does not count", &bench.create(&again).await?, &Created::New)?;
    let found = bench.find(again.document.id).await?;
    promised_same("the new one is found", &found.map(|found| found.id), &Some(again.document.id))
}

async fn of_many_at_once_one_is_new(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let sample = bench.owner.document(moment(0));
    let mut crowd = JoinSet::new();
    for _ in 0..CONCURRENT {
        let (documents, scope) = (Arc::clone(&repositories.documents), bench.scope());
        let new = bench.same_bytes(&sample);
        crowd.spawn(async move { (new.document.id, documents.create(&scope, &new).await) });
    }
    let (mut new, mut existing) = (Vec::new(), Vec::new());
    for (id, created) in crowd.join_all().await {
        match succeeds("many may bring the same bytes at once", created)? {
            Created::New => new.push(id),
            Created::Existing(document) => existing.push(document.id),
            other => promised_same("the same bytes either exist or not", &other, &Created::New)?,
        }
    }
    promised_same("one of many is new", &new.len(), &1)?;
    let wanted: Vec<DocumentId> = new.iter().copied().cycle().take(CONCURRENT - 1).collect();
    promised_same("the others learn which one", &existing, &wanted)
}
