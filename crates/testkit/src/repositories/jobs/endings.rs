//! Callers that wait for a job's end are woken, however the job ends.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use fieldmark_domain::document::{Document, DocumentStatus};
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::job::{ClaimedJob, JobEnd, JobId};
use fieldmark_domain::ports::{DocumentUpdate, JobChange, JobsChange, Settlement};
use tokio::time::timeout;

use super::Bench;
use crate::breach::{Breach, is_there, succeeds};
use crate::repositories::sample::{failure, moment};
use fieldmark_domain::ports::Repositories;

/// Maximum wait of a caller.
const MAX_WAIT: Duration = Duration::from_secs(600);
/// Time limit after which the caller counts as not woken.
const TIMEOUT: Duration = Duration::from_secs(60);

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_success_wakes_the_caller(repositories).await?;
    a_failure_wakes_the_caller(repositories).await?;
    a_cancelled_job_wakes_the_caller(repositories).await?;
    jobs_that_end_with_their_document_wake_the_caller(repositories).await?;
    a_wait_for_an_end_ends_by_itself(repositories).await
}

/// Starts waiting before the end.
async fn is_woken(
    bench: &Bench<'_>,
    job: JobId,
    end: impl Future<Output = Result<(), Breach>>,
) -> Result<(), Breach> {
    let scope = bench.scope();
    let mut wait = bench.jobs().wait_for_end(&scope, job, MAX_WAIT);
    let is_early = poll_fn(|context| Poll::Ready(wait.as_mut().poll(context).is_ready())).await;
    end.await?;
    if is_early {
        // The wait may return early; then nothing waits, and nothing is proved.
        return Ok(());
    }
    is_there("a caller that waits for a job is woken by its end", timeout(TIMEOUT, wait).await.ok())
}

async fn a_success_wakes_the_caller(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let document = bench.document(held.job.document).await?;
    let reading = succeeds("a document is read", bench.owner.reading(held.lease, document, moment(1)))?;
    is_woken(&bench, held.job.id, async {
        let kept = repositories.labels.replace(&bench.scope(), &reading).await;
        succeeds("what was read is kept", kept)
    })
    .await
}

async fn a_failure_wakes_the_caller(repositories: &Repositories) -> Result<(), Breach> {
    for end in [JobEnd::Failed(failure("made_up")), JobEnd::Dead(failure("made_up")), JobEnd::Cancelled] {
        let bench = Bench::new(repositories);
        let ClaimedJob { job, lease } = bench.running_at(0).await?;
        let settlement = Settlement { lease, end, document: None, event: None, now: moment(1) };
        is_woken(&bench, job.id, async {
            succeeds("a hold is settled", bench.queue().settle(&bench.scope(), &settlement).await)
        })
        .await?;
    }
    Ok(())
}

async fn a_cancelled_job_wakes_the_caller(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let change = JobChange { job: bench.add_at(0).await?.id, document: None, now: moment(1) };
    is_woken(&bench, change.job, async {
        succeeds("a job is cancelled", bench.jobs().cancel(&bench.scope(), &change).await).map(|_| ())
    })
    .await
}

/// Deleting a document cancels its job; erasing it removes the job, whatever its status.
async fn jobs_that_end_with_their_document_wake_the_caller(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let (bench, documents) = (Bench::new(repositories), &repositories.documents);
    let waiting = bench.add_at(0).await?;
    let document = bench.document_as(waiting.document, DocumentStatus::Received).await?;
    let document = Document { deleted_at: Some(moment(1)), ..document };
    let update = DocumentUpdate { document, jobs: JobsChange::Cancel, events: Vec::new() };
    is_woken(&bench, waiting.id, async {
        succeeds("a document is deleted", documents.update(&bench.scope(), &update).await).map(|_| ())
    })
    .await?;
    let held = bench.running_at(0).await?;
    let Document { id, version, .. } = bench.document(held.job.document).await?;
    let event = bench.owner.event(id, Occurrence::DocumentErased, moment(2));
    is_woken(&bench, held.job.id, async {
        let erased = repositories.erasures.erase(&bench.scope(), id, version, &event).await;
        succeeds("a document is erased", erased).map(|_| ())
    })
    .await
}

async fn a_wait_for_an_end_ends_by_itself(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let job = bench.add_at(0).await?.id;
    let scope = bench.scope();
    let wait = bench.jobs().wait_for_end(&scope, job, Duration::from_millis(20));
    is_there("a wait for an end has an end", timeout(TIMEOUT, wait).await.ok())
}
