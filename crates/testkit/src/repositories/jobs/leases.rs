//! How long a worker keeps a job, and how another worker takes it over.

use fieldmark_domain::document::DocumentStatus;
use fieldmark_domain::job::{ClaimedJob, JobEnd, Lease};
use fieldmark_domain::ports::{JobChange, RepositoryError, Settlement};

use super::{Bench, LEASE, is_refused};
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::sample::{SampleOwner, failure, fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_lease_is_renewed_with_its_progress(repositories).await?;
    a_lost_job_is_returned_and_taken_over(repositories).await?;
    lost_jobs_come_in_parts(repositories).await?;
    a_lease_that_is_none_holds_nothing(repositories).await?;
    a_worker_learns_that_its_job_shall_end(repositories).await
}

async fn lost_at(bench: &Bench<'_>, seconds: i64) -> Result<Vec<ClaimedJob>, Breach> {
    succeeds("lost jobs are returned", bench.queue().lost(&bench.scope(), moment(seconds), 10).await)
}

async fn a_lease_is_renewed_with_its_progress(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let renewed = bench.queue().renew(&bench.scope(), &held.lease, moment(3 * LEASE), 0.25).await;
    promised_same("a job without cancellation continues", &renewed, &Ok(false))?;
    promised_same("progress is noted", &bench.job(held.job.id).await?.progress, &0.25)?;
    let lost = lost_at(&bench, 2 * LEASE).await?;
    promised("a renewed lease holds longer", lost.is_empty(), || format!("{lost:?}"))?;
    let late = lost_at(&bench, 3 * LEASE + 1).await?;
    promised("a lease that was not renewed again runs out", late.len() == 1, || format!("{late:?}"))?;
    let renewed = bench.queue().renew(&bench.scope(), &held.lease, moment(5 * LEASE), 0.5).await;
    promised_same("an expired lease can be renewed until another worker claims the job", &renewed, &Ok(false))
}

async fn a_lost_job_is_returned_and_taken_over(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let dead = bench.running_at(0).await?;
    let now = LEASE + 1;
    let lost = lost_at(&bench, now).await?;
    promised_same("a job whose lease ran out is lost, with its lease", &lost, &vec![dead.clone()])?;
    let settlement = Settlement {
        lease: dead.lease,
        end: JobEnd::Retried { error: failure("worker_lost"), run_at: moment(now) },
        document: Some(bench.document_as(dead.job.document, DocumentStatus::Queued).await?),
        event: None,
        now: moment(now),
    };
    succeeds("a lost job is settled", bench.queue().settle(&bench.scope(), &settlement).await)?;
    promised("a job that waits is not lost", lost_at(&bench, 10 * now).await?.is_empty(), || "it is".into())?;
    let next = is_there("a settled job can be claimed again", bench.claim_at(now).await?)?;
    promised_same("the second attempt is counted", &next.job.attempts, &2)?;
    promised("the second lease is another one", next.lease != dead.lease, || format!("{next:?}"))?;
    has_nothing(&bench, dead.lease, dead.job.document).await?;
    let renewed = bench.queue().renew(&bench.scope(), &next.lease, moment(9 * LEASE), 0.1).await;
    promised_same("the job belongs to the worker that claimed it last", &renewed, &Ok(false))
}

/// Such a lease allows neither renewing nor settling.
async fn has_nothing(
    bench: &Bench<'_>,
    lease: Lease,
    document: fieldmark_domain::document::DocumentId,
) -> Result<(), Breach> {
    let renewed = bench.queue().renew(&bench.scope(), &lease, moment(9 * LEASE), 0.9).await;
    is_refused("a lost lease is not renewed", renewed, &RepositoryError::LeaseLost)?;
    let document = bench.document_as(document, DocumentStatus::Failed).await?;
    let settlement = Settlement {
        lease,
        end: JobEnd::Failed(failure("too_late")),
        document: Some(document),
        event: None,
        now: moment(100),
    };
    let settled = bench.queue().settle(&bench.scope(), &settlement).await;
    is_refused("a lost lease settles nothing", settled, &RepositoryError::LeaseLost)
}

async fn lost_jobs_come_in_parts(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    for _ in 0..3 {
        bench.running_at(0).await?;
    }
    let part = bench.queue().lost(&bench.scope(), moment(LEASE + 1), 2).await;
    promised_same("lost jobs are returned up to a limit", &part.map(|lost| lost.len()), &Ok(2))?;
    let others = bench.queue().lost(&SampleOwner::fresh().scope(), moment(LEASE + 1), 2).await;
    promised_same("another owner's lost jobs are not found", &others, &Ok(Vec::new()))
}

async fn a_lease_that_is_none_holds_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    has_nothing(&bench, Lease { token: fresh_id(), ..held.lease }, held.job.document).await?;
    let stranger = bench.queue().renew(&SampleOwner::fresh().scope(), &held.lease, moment(200), 0.5).await;
    is_refused("another owner's lease is not renewed", stranger, &RepositoryError::LeaseLost)?;
    promised_same("the job is as it was", &bench.job(held.job.id).await?, &held.job)
}

async fn a_worker_learns_that_its_job_shall_end(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let change = JobChange { job: held.job.id, document: None, now: moment(5) };
    succeeds("a running job is cancelled", bench.jobs().cancel(&bench.scope(), &change).await)?;
    let renewed = bench.queue().renew(&bench.scope(), &held.lease, moment(2 * LEASE), 0.5).await;
    promised_same("renewing returns that the job should end", &renewed, &Ok(true))?;
    let settlement =
        Settlement { lease: held.lease, end: JobEnd::Cancelled, document: None, event: None, now: moment(6) };
    succeeds("a cancelled job ends", bench.queue().settle(&bench.scope(), &settlement).await)?;
    has_nothing(&bench, held.lease, held.job.document).await
}
