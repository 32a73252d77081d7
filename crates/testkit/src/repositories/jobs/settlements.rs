//! Ending a lease without success: job, document and event together, or nothing.

use fieldmark_domain::document::{Document, DocumentStatus};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::job::{ClaimedJob, Job, JobEnd, JobStatus};
use fieldmark_domain::ports::{RepositoryError, Settlement};

use super::{Bench, is_changed, is_refused};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::sample::{failure, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_released_job_was_not_begun(repositories).await?;
    a_job_is_tried_again_from_a_moment_on(repositories).await?;
    a_job_is_over_with_its_reason(repositories).await?;
    nothing_is_written_when_the_document_changed_meanwhile(repositories).await?;
    a_job_ends_without_its_document(repositories).await
}

/// Settles with another status of the document and an event, and returns the job afterwards.
async fn settled(
    bench: &Bench<'_>,
    held: &ClaimedJob,
    end: JobEnd,
    status: DocumentStatus,
) -> Result<Job, Breach> {
    let document = bench.document_as(held.job.document, status).await?;
    let occurrence = Occurrence::DocumentFailed { code: "made_up".to_owned() };
    let event = bench.owner.event(document.id, occurrence, moment(50));
    let settlement = Settlement {
        lease: held.lease,
        end,
        document: Some(document.clone()),
        event: Some(event.clone()),
        now: moment(50),
    };
    succeeds("a hold is settled", bench.queue().settle(&bench.scope(), &settlement).await)?;
    is_changed(&bench.document(document.id).await?, &document)?;
    promised_same("the event is written with it", &bench.events().await?.last(), &Some(&event))?;
    bench.job(held.job.id).await
}

async fn a_released_job_was_not_begun(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let job = settled(&bench, &held, JobEnd::Released, DocumentStatus::Queued).await?;
    promised_same("a released job waits", &job.status, &JobStatus::Queued)?;
    promised_same("its attempt does not count", &job.attempts, &0)?;
    promised_same("it may be begun at once", &job.run_at, &held.job.run_at)?;
    let next = is_there("a released job can be claimed", bench.claim_at(51).await?)?;
    promised_same("its first attempt is the first", &next.job.attempts, &1)
}

async fn a_job_is_tried_again_from_a_moment_on(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let end = JobEnd::Retried { error: failure("database_unavailable"), run_at: moment(90) };
    let job = settled(&bench, &held, end, DocumentStatus::Queued).await?;
    promised_same("a job to be tried again waits", &job.status, &JobStatus::Queued)?;
    promised_same("its attempt counts", &job.attempts, &1)?;
    promised_same("it has its reason", &job.error, &Some(failure("database_unavailable")))?;
    promised_same("it is not over", &job.finished_at, &None)?;
    promised_same("it waits until its moment", &bench.claim_at(89).await?, &None)?;
    is_there("it can be claimed when it is due", bench.claim_at(90).await?).map(|_| ())
}

async fn a_job_is_over_with_its_reason(repositories: &Repositories) -> Result<(), Breach> {
    let ends = [
        (JobEnd::Failed(failure("document_encrypted")), Some(failure("document_encrypted"))),
        (JobEnd::Dead(failure("worker_lost")), Some(failure("worker_lost"))),
        (JobEnd::Cancelled, None),
    ];
    for (end, error) in ends {
        let bench = Bench::new(repositories);
        let held = bench.running_at(0).await?;
        let status = end.status();
        let job = settled(&bench, &held, end, DocumentStatus::Failed).await?;
        promised_same("a settled job is over", &job.status, &status)?;
        promised_same("it has its reason", &job.error, &error)?;
        promised_same("it has its time of the end", &job.finished_at, &Some(moment(50)))?;
        promised_same("it cannot be claimed", &bench.claim_at(10_000).await?, &None)?;
    }
    Ok(())
}

async fn nothing_is_written_when_the_document_changed_meanwhile(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let before = (bench.document(held.job.document).await?, bench.events().await?);
    let document = bench.document_as(held.job.document, DocumentStatus::Failed).await?;
    let event = bench.owner.event(document.id, Occurrence::DocumentChanged, moment(50));
    let settlement = Settlement {
        lease: held.lease,
        end: JobEnd::Failed(failure("document_unreadable")),
        document: Some(Document { version: document.version + 1, ..document }),
        event: Some(event),
        now: moment(50),
    };
    let answer = bench.queue().settle(&bench.scope(), &settlement).await;
    is_refused("a document of another version is not overwritten", answer, &RepositoryError::Stale)?;
    promised_same("the job runs on", &bench.job(held.job.id).await?, &held.job)?;
    let after = (bench.document(held.job.document).await?, bench.events().await?);
    promised_same("neither document nor event is written", &after, &before)
}

async fn a_job_ends_without_its_document(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let before = bench.document(held.job.document).await?;
    let end = JobEnd::Failed(failure("document_gone"));
    let settlement = Settlement { lease: held.lease, end, document: None, event: None, now: moment(50) };
    succeeds("a job ends alone", bench.queue().settle(&bench.scope(), &settlement).await)?;
    promised_same("it is over", &bench.job(held.job.id).await?.status, &JobStatus::Failed)?;
    promised_same("no document changes", &bench.document(held.job.document).await?, &before)
}
