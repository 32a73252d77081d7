//! Whoever waits for a job's end learns of it, however the job ends.

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
use crate::repositories::Repositories;
use crate::repositories::sample::{failure, moment};

/// How long one would wait at most.
const LONGEST: Duration = Duration::from_secs(600);
/// Who has not learnt of the end by then was not told.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_success_is_told(repositories).await?;
    a_failure_is_told(repositories).await?;
    a_cancelled_job_is_told(repositories).await?;
    jobs_that_end_with_their_document_are_told(repositories).await?;
    a_wait_for_an_end_ends_by_itself(repositories).await
}

/// Waits from before the end on.
async fn is_told(
    bench: &Bench<'_>,
    job: JobId,
    end: impl Future<Output = Result<(), Breach>>,
) -> Result<(), Breach> {
    let scope = bench.scope();
    let mut wait = bench.queue().wait_for_end(&scope, job, LONGEST);
    let is_early = poll_fn(|context| Poll::Ready(wait.as_mut().poll(context).is_ready())).await;
    end.await?;
    if is_early {
        // It may return for nothing; then nobody waits, and nothing is shown.
        return Ok(());
    }
    is_there("who waits for a job learns of its end", timeout(PATIENCE, wait).await.ok())
}

async fn a_success_is_told(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let document = bench.document(held.job.document).await?;
    let reading = succeeds("a document is read", bench.owner.reading(held.lease, document, moment(1)))?;
    is_told(&bench, held.job.id, async {
        let kept = repositories.labels.replace(&bench.scope(), &reading).await;
        succeeds("what was read is kept", kept)
    })
    .await
}

async fn a_failure_is_told(repositories: &Repositories) -> Result<(), Breach> {
    for end in [JobEnd::Failed(failure("made_up")), JobEnd::Dead(failure("made_up")), JobEnd::Cancelled] {
        let bench = Bench::new(repositories);
        let ClaimedJob { job, lease } = bench.running_at(0).await?;
        let settlement = Settlement { lease, end, document: None, event: None, now: moment(1) };
        is_told(&bench, job.id, async {
            succeeds("a hold is settled", bench.queue().settle(&bench.scope(), &settlement).await)
        })
        .await?;
    }
    Ok(())
}

async fn a_cancelled_job_is_told(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let change = JobChange { job: bench.add_at(0).await?.id, document: None, now: moment(1) };
    is_told(&bench, change.job, async {
        succeeds("a job is cancelled", bench.queue().cancel(&bench.scope(), &change).await).map(|_| ())
    })
    .await
}

/// Deleting a document cancels its job; erasing it takes the job away, whatever it was doing.
async fn jobs_that_end_with_their_document_are_told(repositories: &Repositories) -> Result<(), Breach> {
    let (bench, documents) = (Bench::new(repositories), &repositories.documents);
    let waiting = bench.add_at(0).await?;
    let document = bench.document_as(waiting.document, DocumentStatus::Received).await?;
    let document = Document { deleted_at: Some(moment(1)), ..document };
    let update = DocumentUpdate { document, jobs: JobsChange::Cancel, events: Vec::new() };
    is_told(&bench, waiting.id, async {
        succeeds("a document is deleted", documents.update(&bench.scope(), &update).await).map(|_| ())
    })
    .await?;
    let held = bench.running_at(0).await?;
    let Document { id, version, .. } = bench.document(held.job.document).await?;
    let event = bench.owner.event(id, Occurrence::DocumentErased, moment(2));
    is_told(&bench, held.job.id, async {
        let erased = documents.erase(&bench.scope(), id, version, &event).await;
        succeeds("a document is erased", erased).map(|_| ())
    })
    .await
}

async fn a_wait_for_an_end_ends_by_itself(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let job = bench.add_at(0).await?.id;
    let scope = bench.scope();
    let wait = bench.queue().wait_for_end(&scope, job, Duration::from_millis(20));
    is_there("a wait for an end has an end", timeout(PATIENCE, wait).await.ok())
}
