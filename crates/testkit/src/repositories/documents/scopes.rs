//! Documents outside the scope are invisible, and a scope of all owners sees every document.

use fieldmark_domain::document::{Description, Document, DocumentQuery};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::ports::{Created, DocumentUpdate, JobsChange, RepositoryError};
use fieldmark_domain::scope::Scope;

use super::Bench;
use super::requests::with_key;
use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::repositories::sample::{SampleOwner, moment};
use fieldmark_domain::ports::Repositories;

/// Before every other moment in the samples.
const LONG_AGO: i64 = -1_000_000_000;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    nothing_is_made_for_an_owner_out_of_scope(repositories).await?;
    anothers_document_is_not_there(repositories).await?;
    anothers_document_is_not_changed(repositories).await?;
    the_scope_of_all_owners_finds_all(repositories).await?;
    the_scope_of_all_owners_clears_all(repositories).await
}

async fn nothing_is_made_for_an_owner_out_of_scope(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let new = bench.owner.incoming(moment(0));
    let answer = repositories.documents.create(&SampleOwner::fresh().scope(), &new).await;
    let is_refused = matches!(answer, Err(RepositoryError::Failed { .. }));
    promised("nothing is made for an owner out of scope", is_refused, || format!("{answer:?}"))?;
    promised_same("nothing was written", &bench.find(new.document.id).await?, &None)?;
    promised_same("no event is written", &bench.events().await?, &Vec::new())?;
    let created = repositories.documents.create(&Scope::of_everything(), &new).await;
    promised_same("the scope of all owners creates it for any owner", &created, &Ok(Created::New))?;
    promised_same("it is its owner's", &bench.find(new.document.id).await?, &Some(new.document))
}

async fn anothers_document_is_not_there(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (stranger, documents) = (SampleOwner::fresh().scope(), repositories.documents.as_ref());
    let there = bench.keep_at(0).await?.id;
    let gone = bench.keep_at(0).await?;
    let gone = bench.delete(gone, 20).await?.id;
    promised_same("another owner's is not found", &documents.find(&stranger, there).await, &Ok(None))?;
    promised_same("neither as deleted", &documents.find_deleted(&stranger, gone).await, &Ok(None))?;
    promised_same("neither is it shown", &documents.show(&stranger, there).await, &Ok(None))?;
    let listing = documents.list(&stranger, &DocumentQuery::default()).await;
    let listing = succeeds("documents are listed", listing)?;
    promised("neither is it listed", listing.items.is_empty() && listing.total == 0, || {
        format!("{listing:?}")
    })
}

async fn anothers_document_is_not_changed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (stranger, documents) = (SampleOwner::fresh().scope(), repositories.documents.as_ref());
    let job = bench.add_at(0).await?;
    let document = bench.document(job.document).await?;
    let before = (bench.job(job.id).await?, bench.events().await?);
    let tell = || bench.owner.event(document.id, Occurrence::DocumentChanged, moment(50));
    for jobs in [JobsChange::Keep, JobsChange::Cancel, JobsChange::Add(bench.owner.job(&document))] {
        let document = Document { updated_at: moment(50), ..document.clone() };
        let answer =
            documents.update(&stranger, &DocumentUpdate { document, jobs, events: vec![tell()] }).await;
        promised_same("another owner's is not changed", &answer, &Ok(None))?;
    }
    let answer = repositories.erasures.erase(&stranger, document.id, document.version, &tell()).await;
    promised_same("neither is it erased", &answer, &Ok(None))?;
    promised_same("it is as it was", &bench.find(document.id).await?, &Some(document.clone()))?;
    promised_same("it has no more jobs", &bench.jobs_of(document.id).await?.len(), &1)?;
    let after = (bench.job(job.id).await?, bench.events().await?);
    promised_same("neither job nor event is written", &after, &before)
}

async fn the_scope_of_all_owners_finds_all(repositories: &Repositories) -> Result<(), Breach> {
    let (one, other) = (Bench::new(repositories), Bench::new(repositories));
    let (everything, documents) = (Scope::of_everything(), repositories.documents.as_ref());
    // Search by a name that only these two have.
    let name = one.owner.id.0.to_string();
    for bench in [&one, &other] {
        let sample = bench.owner.document(moment(0));
        let document = bench.keep(Document { description: Description::of_file(&name), ..sample }).await?;
        let found = documents.find(&everything, document.id).await;
        promised_same("the scope of all owners finds it", &found, &Ok(Some(document.clone())))?;
        let shown = succeeds("a document is shown", documents.show(&everything, document.id).await)?;
        promised_same("and is shown it", &shown.map(|shown| shown.document), &Some(document.clone()))?;
        let document = Document { updated_at: moment(9), ..document };
        let update = DocumentUpdate { document, jobs: JobsChange::Keep, events: Vec::new() };
        let changed = succeeds("a document is changed", documents.update(&everything, &update).await)?;
        promised_same("and changes it", &changed.map(|changed| changed.version), &Some(2))?;
    }
    let query = DocumentQuery { text: Some(name), ..DocumentQuery::default() };
    let listing = succeeds("documents are listed", documents.list(&everything, &query).await)?;
    promised_same("all owners' documents are listed", &(listing.items.len(), listing.total), &(2, 2))
}

async fn the_scope_of_all_owners_clears_all(repositories: &Repositories) -> Result<(), Breach> {
    let (one, other) = (Bench::new(repositories), Bench::new(repositories));
    let (everything, erasures) = (Scope::of_everything(), &repositories.erasures);
    for bench in [&one, &other] {
        let created = bench.create(&with_key(bench, LONG_AGO, "key", 1)).await?;
        promised_same("a new request is done", &created, &Created::New)?;
        let document = bench.keep_at(LONG_AGO).await?;
        let gone = bench.delete(document, LONG_AGO).await?;
        let old = erasures.deleted_before(&everything, moment(LONG_AGO + 1), u32::MAX).await;
        contains("it gets all deleted documents", &old, gone.id)?;
        let event = bench.owner.event(gone.id, Occurrence::DocumentErased, moment(LONG_AGO));
        let erased = erasures.erase(&everything, gone.id, gone.version, &event).await;
        let erased = succeeds("an erasure is answered", erased)?;
        promised_same("it erases all", &erased.map(|erased| erased.sha256), &Some(gone.sha256))?;
        let bytes = erasures.erasures(&everything, u32::MAX).await;
        contains("it gets all erasures", &bytes, gone.sha256)?;
        let done = erasures.erasure_done(&everything, &gone.sha256).await;
        succeeds("bytes are reported as removed", done)?;
    }
    let forgotten = erasures.forget_keys(&everything, moment(LONG_AGO + 1)).await;
    succeeds("keys are forgotten", forgotten)?;
    for bench in [&one, &other] {
        let created = bench.create(&with_key(bench, 0, "key", 2)).await?;
        promised_same("it forgets all owners' keys", &created, &Created::New)?;
    }
    Ok(())
}

fn contains<T: PartialEq + std::fmt::Debug>(
    promise: &'static str,
    found: &Result<Vec<T>, RepositoryError>,
    wanted: T,
) -> Result<(), Breach> {
    let is_there = found.as_ref().is_ok_and(|found| found.contains(&wanted));
    promised(promise, is_there, || format!("{found:?} without {wanted:?}"))
}
