//! Changing documents, with their jobs and events, or not at all.

use fieldmark_domain::document::{Description, Document, DocumentStatus};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::job::{Job, JobStatus, NewJob};
use fieldmark_domain::ports::{Created, DocumentUpdate, JobsChange, RepositoryError};

use super::{Bench, is_refused};
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::full::full_outcome;
use crate::repositories::sample::{failure, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_changed_document_is_kept_with_its_events(repositories).await?;
    a_change_of_another_version_writes_nothing(repositories).await?;
    what_is_not_there_is_not_changed(repositories).await?;
    a_deleted_document_is_restored(repositories).await?;
    no_document_is_restored_beside_another_with_the_same_bytes(repositories).await?;
    one_more_job_waits(repositories).await?;
    jobs_are_cancelled_with_their_document(repositories).await
}

impl Bench<'_> {
    async fn update(&self, update: &DocumentUpdate) -> Result<Option<Document>, RepositoryError> {
        self.repositories.documents.update(&self.scope(), update).await
    }

    /// A change with an event.
    fn told(&self, document: Document, jobs: JobsChange) -> DocumentUpdate {
        let tell = || self.owner.event(document.id, Occurrence::DocumentChanged, moment(50));
        DocumentUpdate { events: vec![tell(), tell()], document, jobs }
    }
}

async fn a_changed_document_is_kept_with_its_events(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let document = bench.keep_at(0).await?;
    let changed = Document {
        description: Description::of_file("другой.pdf"),
        status: DocumentStatus::Failed,
        outcome: Some(full_outcome(None)?),
        failure: Some(failure("document_unreadable")),
        updated_at: moment(50),
        processed_at: Some(moment(40)),
        ..document.clone()
    };
    let update = bench.told(changed.clone(), JobsChange::Keep);
    let kept = succeeds("a document is changed", bench.update(&update).await)?;
    let wanted = Some(Document { version: 2, ..changed });
    promised_same("a changed document has the next version", &kept, &wanted)?;
    promised_same("the answer is what is kept", &bench.find(document.id).await?, &kept)?;
    let told: Vec<_> = bench.events().await?.into_iter().skip(1).collect();
    promised_same("all events are written", &told, &update.events)?;
    // Removing a property is stored, too.
    let back = Document { version: 2, ..document.clone() };
    bench.change(back).await?;
    let wanted = Some(Document { version: 3, ..document.clone() });
    promised_same("what is taken away is gone", &bench.find(document.id).await?, &wanted)
}

async fn a_change_of_another_version_writes_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let job = bench.add_at(0).await?;
    let document = bench.document(job.document).await?;
    let before = (bench.job(job.id).await?, bench.events().await?);
    for version in [document.version - 1, document.version + 1] {
        for jobs in [JobsChange::Keep, JobsChange::Cancel, JobsChange::Add(bench.owner.job(&document))] {
            let changed = Document { version, status: DocumentStatus::Failed, ..document.clone() };
            let answer = bench.update(&bench.told(changed, jobs)).await;
            is_refused("a document of another version is not overwritten", answer, &RepositoryError::Stale)?;
        }
    }
    promised_same("the document is as it was", &bench.find(document.id).await?, &Some(document.clone()))?;
    promised_same("it has no more jobs", &bench.jobs_of(document.id).await?.len(), &1)?;
    let after = (bench.job(job.id).await?, bench.events().await?);
    promised_same("neither job nor event is written", &after, &before)
}

async fn what_is_not_there_is_not_changed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let update = bench.told(bench.owner.document(moment(0)), JobsChange::Keep);
    promised_same("no document, no change", &bench.update(&update).await, &Ok(None))?;
    promised_same("no event is written", &bench.events().await?, &Vec::new())?;
    promised_same("no document comes of it", &bench.find(update.document.id).await?, &None)
}

async fn a_deleted_document_is_restored(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let document = bench.keep_at(0).await?;
    let mut gone = bench.delete(document, 20).await?;
    promised_same("a deleted document has its time of deletion", &gone.deleted_at, &Some(moment(20)))?;
    gone = bench.change(Document { updated_at: moment(25), ..gone }).await?;
    promised_same("a deleted document may change", &gone.version, &3)?;
    let stale = Document { version: 1, deleted_at: None, ..gone.clone() };
    let answer = bench.update(&bench.told(stale, JobsChange::Keep)).await;
    is_refused("a deleted document has its version, too", answer, &RepositoryError::Stale)?;
    gone.restore(moment(30));
    let back = bench.change(gone).await?;
    promised_same("a restored document is found", &bench.find(back.id).await?, &Some(back))
}

async fn no_document_is_restored_beside_another_with_the_same_bytes(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut gone = bench.keep_at(0).await?;
    gone = bench.delete(gone, 20).await?;
    let second = bench.same_bytes(&gone);
    promised_same("a deleted document does not count", &bench.create(&second).await?, &Created::New)?;
    let before = bench.events().await?;
    let mut back = gone.clone();
    back.restore(moment(30));
    let answer = bench.update(&bench.told(back.clone(), JobsChange::Keep)).await;
    is_refused("the same bytes are stored once", answer, &RepositoryError::DocumentExists)?;
    let found = repositories.documents.find_deleted(&bench.scope(), gone.id).await;
    promised_same("it stays deleted, as it was", &found, &Ok(Some(gone)))?;
    promised_same("no event is written", &bench.events().await?, &before)?;
    bench.delete(second.document, 40).await?;
    let back = bench.change(back).await?;
    promised_same("once the other is deleted, it may", &bench.find(back.id).await?, &Some(back))
}

async fn one_more_job_waits(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let document = bench.keep_at(0).await?;
    let job = NewJob { created_at: moment(50), ..bench.owner.job(&document) };
    let update = bench.told(document.clone(), JobsChange::Add(job.clone()));
    is_there("a document is changed", succeeds("a document is changed", bench.update(&update).await)?)?;
    let jobs = bench.jobs_of(document.id).await?;
    let found: Vec<_> = jobs.iter().map(|job| (job.id, job.status, job.run_at)).collect();
    promised_same("one more job waits", &found, &vec![(job.id, JobStatus::Queued, moment(50))])
}

async fn jobs_are_cancelled_with_their_document(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let running = bench.running_at(0).await?.job;
    let bystander = bench.add_at(0).await?;
    let document = bench.document(running.document).await?;
    let waiting = bench.owner.job(&document);
    let update = bench.told(document, JobsChange::Add(waiting.clone()));
    let document = succeeds("a document is changed", bench.update(&update).await)?;
    let document = is_there("a document is changed", document)?;
    let update = bench.told(document, JobsChange::Cancel);
    succeeds("a document is changed", bench.update(&update).await)?;
    let asked = Job { cancel_requested: true, ..running.clone() };
    promised_same("a job that runs is asked to end", &bench.job(running.id).await?, &asked)?;
    let cancelled = bench.job(waiting.id).await?;
    let is_over = cancelled.status == JobStatus::Cancelled && cancelled.finished_at.is_some();
    promised("a job that waits is cancelled", is_over, || format!("{cancelled:?}"))?;
    let other = bench.job(bystander.id).await?.status;
    promised_same("another document's jobs are left", &other, &JobStatus::Queued)
}
