//! Erasing documents, and their bytes after them.

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::event::{Event, Occurrence};
use fieldmark_domain::listing::Window;
use fieldmark_domain::ports::{Created, Erased, RepositoryError};

use super::Bench;
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::full::full_findings;
use crate::repositories::labelled::plain_label;
use crate::repositories::sample::{SampleOwner, fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    nothing_but_events_is_left(repositories).await?;
    what_is_not_there_is_not_erased(repositories).await?;
    bytes_go_with_the_last_document(repositories).await?;
    bytes_that_go_cannot_come_in(repositories).await?;
    bytes_go_in_the_order_of_their_erasure(repositories).await?;
    bytes_are_deleted_by_one(repositories).await
}

async fn bytes_are_deleted_by_one(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let document = bench.keep_at(0).await?;
    let sha256 = document.sha256;
    promised_same(
        "bytes without an erasure cannot be claimed",
        &bench.claim(&sha256, 10, 20).await?,
        &false,
    )?;
    bench.erase(document.id, 10).await?;
    promised_same("bytes with an erasure can be claimed", &bench.claim(&sha256, 10, 20).await?, &true)?;
    promised_same("but not twice", &bench.claim(&sha256, 15, 25).await?, &false)?;
    promised_same("unless the time is over", &bench.claim(&sha256, 21, 30).await?, &true)?;
    bench.erased_bytes(&sha256).await?;
    promised_same("removed bytes cannot be claimed", &bench.claim(&sha256, 40, 50).await?, &false)
}

impl Bench<'_> {
    /// Erases a document, and returns the remaining work and the event.
    async fn erase(&self, id: DocumentId, seconds: i64) -> Result<(Option<Erased>, Event), Breach> {
        let event = self.owner.event(id, Occurrence::DocumentErased, moment(seconds));
        let (documents, erasures) = (&self.repositories.documents, &self.repositories.erasures);
        let there = succeeds("a document is found", documents.find(&self.scope(), id).await)?;
        let deleted =
            succeeds("a deleted document is found", documents.find_deleted(&self.scope(), id).await)?;
        let version = there.or(deleted).map_or(1, |document| document.version);
        let stale = erasures.erase(&self.scope(), id, version + 1, &event).await;
        let kept = matches!(stale, Ok(None) | Err(RepositoryError::Stale));
        promised("a document of another version is not erased", kept, || format!("{stale:?}"))?;
        let erased = erasures.erase(&self.scope(), id, version, &event).await;
        Ok((succeeds("an erasure is answered", erased)?, event))
    }

    async fn erasures(&self, limit: u32) -> Result<Vec<Sha256>, Breach> {
        let bytes = self.repositories.erasures.erasures(&self.scope(), limit).await;
        succeeds("bytes that are to go are listed", bytes)
    }

    async fn claim(&self, sha256: &Sha256, now: i64, until: i64) -> Result<bool, Breach> {
        let erasures = &self.repositories.erasures;
        let claimed = erasures.claim_erasure(&self.scope(), sha256, moment(now), moment(until)).await;
        succeeds("an erasure is taken or not", claimed)
    }

    async fn erased_bytes(&self, sha256: &Sha256) -> Result<(), Breach> {
        let done = self.repositories.erasures.erasure_done(&self.scope(), sha256).await;
        succeeds("bytes are reported as removed", done)
    }
}

/// A document with a job, labels, findings and a history.
async fn rich(bench: &Bench<'_>) -> Result<Document, Breach> {
    let job = bench.add_at(0).await?;
    let mut document = bench.document(job.document).await?;
    let number = plain_label(fieldmark_domain::field::Field::InvoiceNumber, "INV-1")?;
    bench.label(&mut document, number, Some(full_findings()?)).await?;
    Ok(document)
}

async fn nothing_but_events_is_left(repositories: &Repositories) -> Result<(), Breach> {
    for is_deleted in [false, true] {
        let bench = Bench::new(repositories);
        let mut document = rich(&bench).await?;
        let bystander = rich(&bench).await?;
        let jobs = bench.jobs_of(document.id).await?;
        let job = is_there("a document has its job", jobs.first())?.id;
        if is_deleted {
            document = bench.delete(document, 20).await?;
        }
        let told = bench.events().await?;
        let (erased, event) = bench.erase(document.id, 60).await?;
        let wanted = Some(Erased { sha256: document.sha256, is_last: true });
        promised_same("an erasure returns which bytes are unused", &erased, &wanted)?;
        is_gone(&bench, document.id).await?;
        let job = repositories.jobs.find(&bench.scope(), job).await;
        promised_same("its jobs are gone", &job, &Ok(None))?;
        let events: Vec<Event> = told.into_iter().chain([event]).collect();
        promised_same("its events stay, this one with them", &bench.events().await?, &events)?;
        let shown = is_there("other documents stay", bench.show(bystander.id).await?)?;
        promised_same("so do their labels", &shown.labels.len(), &1)?;
        promised_same("and their jobs", &bench.jobs_of(bystander.id).await?.len(), &1)?;
    }
    Ok(())
}

async fn is_gone(bench: &Bench<'_>, id: DocumentId) -> Result<(), Breach> {
    let (scope, repositories) = (bench.scope(), bench.repositories);
    promised_same("an erased document is not found", &bench.find(id).await?, &None)?;
    promised_same("neither is it shown", &bench.show(id).await?, &None)?;
    let deleted = repositories.documents.find_deleted(&scope, id).await;
    promised_same("it is not deleted, it is gone", &deleted, &Ok(None))?;
    promised_same("its labels are gone", &repositories.labels.list(&scope, id).await, &Ok(None))?;
    let history = repositories.labels.history(&scope, id, Window::default()).await;
    promised_same("their history is gone", &history, &Ok(None))?;
    promised_same("it has no jobs", &bench.jobs_of(id).await?.len(), &0)?;
    promised_same("it is not erased twice", &bench.erase(id, 70).await?.0, &None)
}

async fn what_is_not_there_is_not_erased(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let nothing = DocumentId(fresh_id());
    promised_same("no document, no erasure", &bench.erase(nothing, 60).await?.0, &None)?;
    promised_same("no event is written", &bench.events().await?, &Vec::new())
}

async fn bytes_go_with_the_last_document(repositories: &Repositories) -> Result<(), Breach> {
    let (bench, other) = (Bench::new(repositories), Bench::new(repositories));
    let first = bench.keep_at(0).await?;
    let gone = bench.delete(first, 20).await?;
    let (second, theirs) = (bench.same_bytes(&gone), other.same_bytes(&gone));
    promised_same("a document is kept", &bench.create(&second).await?, &Created::New)?;
    promised_same("another owner's is, too", &other.create(&theirs).await?, &Created::New)?;
    let (erased, _) = bench.erase(second.document.id, 60).await?;
    let is_last = |is_last| Some(Erased { sha256: gone.sha256, is_last });
    promised_same("another owner and a deleted document need the bytes", &erased, &is_last(false))?;
    let (erased, _) = other.erase(theirs.document.id, 61).await?;
    promised_same("a deleted document needs its bytes", &erased, &is_last(false))?;
    let listed = (bench.erasures(9).await?, other.erasures(9).await?);
    promised_same("bytes that are needed do not go", &listed, &(Vec::new(), Vec::new()))?;
    let (erased, _) = bench.erase(gone.id, 62).await?;
    promised_same("the last one needs no bytes any more", &erased, &is_last(true))?;
    promised_same("unused bytes have an erasure", &bench.erasures(9).await?, &vec![gone.sha256])
}

async fn bytes_that_go_cannot_come_in(repositories: &Repositories) -> Result<(), Breach> {
    let (bench, other) = (Bench::new(repositories), Bench::new(repositories));
    let first = bench.keep_at(0).await?;
    bench.erase(first.id, 60).await?;
    for newcomer in [&bench, &other] {
        let new = newcomer.same_bytes(&first);
        promised_same("bytes that go cannot come in", &newcomer.create(&new).await?, &Created::BytesErased)?;
        promised_same("nothing was written", &newcomer.find(new.document.id).await?, &None)?;
        let job = newcomer.jobs_of(new.document.id).await?;
        promised_same("no job is made", &job.len(), &0)?;
    }
    other.erased_bytes(&first.sha256).await?;
    promised_same("another owner has no erasures", &bench.erasures(9).await?, &vec![first.sha256])?;
    for _ in 0..2 {
        bench.erased_bytes(&first.sha256).await?;
    }
    promised_same("bytes that are gone are not to go", &bench.erasures(9).await?, &Vec::new())?;
    for newcomer in [&other, &bench] {
        let created = newcomer.create(&newcomer.same_bytes(&first)).await?;
        promised_same("once bytes are gone they may come in again", &created, &Created::New)?;
    }
    Ok(())
}

async fn bytes_go_in_the_order_of_their_erasure(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut kept = Vec::new();
    for seconds in [0, 1, 2] {
        kept.push(bench.keep_at(seconds).await?);
    }
    for (document, seconds) in kept.iter().zip([62, 60, 61]) {
        bench.erase(document.id, seconds).await?;
    }
    let wanted: Vec<Sha256> =
        [1, 2, 0].iter().filter_map(|place| kept.get(*place)).map(|document| document.sha256).collect();
    promised_same("the oldest erasure comes first", &bench.erasures(9).await?, &wanted)?;
    let part: Vec<Sha256> = wanted.iter().take(2).copied().collect();
    promised_same("bytes are listed up to a limit", &bench.erasures(2).await?, &part)?;
    let stranger = repositories.erasures.erasures(&SampleOwner::fresh().scope(), 9).await;
    promised_same("another owner's are not found", &stranger, &Ok(Vec::new()))
}
