//! Readings that are too late: nothing of them is written.

use fieldmark_domain::document::{Document, DocumentStatus};
use fieldmark_domain::job::{ClaimedJob, JobEnd, Lease};
use fieldmark_domain::ports::{ReadLabels, RepositoryError, Settlement};

use super::{Bench, is_refused};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::full::{full_findings, full_labels};
use crate::repositories::sample::{failure, fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_lease_that_is_none_writes_nothing(repositories).await?;
    a_job_that_is_over_writes_nothing(repositories).await?;
    a_job_that_another_has_writes_nothing(repositories).await?;
    a_reading_is_kept_once(repositories).await?;
    a_document_of_another_version_is_not_overwritten(repositories).await?;
    a_document_that_is_gone_is_not_written(repositories).await
}

/// A document with labels, a job that reads it again, and the result of that job: new labels for
/// all.
async fn sample(bench: &Bench<'_>) -> Result<(ClaimedJob, ReadLabels), Breach> {
    let labels = full_labels()?.into_iter().take(2).collect();
    let (mut document, kept) = bench.keep_labelled(0, labels, Some(full_findings()?)).await?;
    succeeds("a document may be read again", document.queue(moment(20)))?;
    let held = bench.running_again(document).await?;
    let mut reading = bench.full_reading(&held).await?;
    reading.findings.pages.clear();
    reading.removed = kept.iter().map(|label| label.id).collect();
    Ok((held, reading))
}

/// Checks that the reading is refused and nothing has changed.
async fn writes_nothing(
    bench: &Bench<'_>,
    reading: &ReadLabels,
    wanted: &RepositoryError,
) -> Result<(), Breach> {
    let before = bench.whole(reading.event.document).await?;
    is_refused("a reading that comes too late is refused", bench.replace(reading).await, wanted)?;
    promised_same("everything is as it was", &bench.whole(reading.event.document).await?, &before)
}

async fn settle(bench: &Bench<'_>, held: &ClaimedJob, end: JobEnd) -> Result<(), Breach> {
    let settlement = Settlement { lease: held.lease, end, document: None, event: None, now: moment(40) };
    succeeds("a hold is settled", bench.queue().settle(&bench.scope(), &settlement).await)
}

async fn a_lease_that_is_none_writes_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (held, reading) = sample(&bench).await?;
    let late = ReadLabels { lease: Lease { token: fresh_id(), ..held.lease }, ..reading };
    writes_nothing(&bench, &late, &RepositoryError::LeaseLost).await
}

async fn a_job_that_is_over_writes_nothing(repositories: &Repositories) -> Result<(), Breach> {
    for end in [
        JobEnd::Failed(failure("document_unreadable")),
        JobEnd::Dead(failure("worker_lost")),
        JobEnd::Cancelled,
        JobEnd::Released,
    ] {
        let bench = Bench::new(repositories);
        let (held, reading) = sample(&bench).await?;
        settle(&bench, &held, end).await?;
        writes_nothing(&bench, &reading, &RepositoryError::LeaseLost).await?;
    }
    Ok(())
}

async fn a_job_that_another_has_writes_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (held, reading) = sample(&bench).await?;
    settle(&bench, &held, JobEnd::Retried { error: failure("worker_lost"), run_at: moment(50) }).await?;
    let next = is_there("a queued job can be claimed", bench.claim_at(2000).await?)?;
    writes_nothing(&bench, &reading, &RepositoryError::LeaseLost).await?;
    let reading = ReadLabels { lease: next.lease, ..reading };
    succeeds("the reading of the worker with the lease is stored", bench.replace(&reading).await)
}

async fn a_reading_is_kept_once(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (_, reading) = sample(&bench).await?;
    succeeds("a reading is kept", bench.replace(&reading).await)?;
    writes_nothing(&bench, &reading, &RepositoryError::LeaseLost).await
}

async fn a_document_of_another_version_is_not_overwritten(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (_, reading) = sample(&bench).await?;
    let document = &reading.document;
    for version in [document.version - 1, document.version + 1] {
        let document = Document { version, ..document.clone() };
        let late = ReadLabels { document, ..reading.clone() };
        writes_nothing(&bench, &late, &RepositoryError::Stale).await?;
    }
    succeeds("a reading that starts again is stored", bench.replace(&reading).await)
}

async fn a_document_that_is_gone_is_not_written(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (held, mut reading) = sample(&bench).await?;
    let before = bench.whole(held.job.document).await?;
    let gone = bench.delete(before.document.clone(), 60).await?;
    reading.document.version = gone.version;
    let answer = bench.replace(&reading).await;
    is_refused("a deleted document is not written", answer, &RepositoryError::Stale)?;
    promised_same("its job is as it was", &bench.job(held.job.id).await?, &held.job)?;
    let mut back = gone;
    back.restore(moment(70));
    let document = bench.change(back).await?;
    promised_same("so is its status", &document.status, &DocumentStatus::Queued)?;
    let after = bench.whole(document.id).await?;
    promised_same("so are its labels", &after.labels, &before.labels)?;
    promised_same("so is their history", &after.history, &before.history)?;
    promised_same("no event is written", &after.events, &before.events)
}
