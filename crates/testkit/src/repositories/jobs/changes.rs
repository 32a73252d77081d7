//! Cancelling and retrying jobs.

use fieldmark_domain::document::{Document, DocumentStatus};
use fieldmark_domain::job::{Job, JobEnd, JobId, JobStatus};
use fieldmark_domain::ports::{JobChange, RepositoryError, Settlement};

use super::{Bench, is_changed, is_refused};
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::sample::{SampleOwner, failure, fresh_id, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_waiting_job_is_cancelled_with_its_document(repositories).await?;
    a_running_job_is_asked_to_end(repositories).await?;
    a_job_that_is_over_stays_so(repositories).await?;
    a_job_that_is_over_waits_again_as_new(repositories).await?;
    a_job_that_is_not_over_is_not_tried_again(repositories).await?;
    a_change_of_another_version_writes_nothing(repositories).await?;
    what_is_not_there_is_not_changed(repositories).await
}

async fn cancel(bench: &Bench<'_>, change: &JobChange) -> Result<Job, Breach> {
    let job = succeeds("a job is cancelled", bench.jobs().cancel(&bench.scope(), change).await)?;
    is_there("cancelling returns the changed job", job)
}

async fn retry(bench: &Bench<'_>, change: &JobChange) -> Result<Job, Breach> {
    let job = succeeds("a job is tried again", bench.jobs().retry(&bench.scope(), change).await)?;
    is_there("retrying returns the changed job", job)
}

/// A change of a job that sets another status of its document.
async fn change(bench: &Bench<'_>, job: JobId, status: DocumentStatus) -> Result<JobChange, Breach> {
    let document = bench.job(job).await?.document;
    Ok(JobChange { job, document: Some(bench.document_as(document, status).await?), now: moment(40) })
}

/// A job that has ended, together with its document.
async fn over(bench: &Bench<'_>, end: JobEnd) -> Result<Job, Breach> {
    let held = bench.running_at(0).await?;
    let document = Some(bench.document_as(held.job.document, DocumentStatus::Failed).await?);
    let settlement = Settlement { lease: held.lease, end, document, event: None, now: moment(30) };
    succeeds("a hold is settled", bench.queue().settle(&bench.scope(), &settlement).await)?;
    bench.job(held.job.id).await
}

async fn a_waiting_job_is_cancelled_with_its_document(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let new = bench.add_at(0).await?;
    let change = change(&bench, new.id, DocumentStatus::Received).await?;
    let job = cancel(&bench, &change).await?;
    promised_same("a waiting job is over at once", &job.status, &JobStatus::Cancelled)?;
    promised_same("it has its time of the end", &job.finished_at, &Some(moment(40)))?;
    promised_same("the answer is what is kept", &bench.job(new.id).await?, &job)?;
    let document = is_there("the sample changes a document", change.document)?;
    is_changed(&bench.document(new.document).await?, &document)?;
    promised_same("a cancelled job cannot be claimed", &bench.claim_at(100).await?, &None)
}

async fn a_running_job_is_asked_to_end(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let before = bench.document(held.job.document).await?;
    let mut change = change(&bench, held.job.id, DocumentStatus::Received).await?;
    // The caller may have read the document before the job was started.
    change.document = change.document.map(|document| Document { version: document.version + 7, ..document });
    let job = cancel(&bench, &change).await?;
    promised_same("a running job runs on", &job, &Job { cancel_requested: true, ..held.job.clone() })?;
    promised_same("its document is left to it", &bench.document(held.job.document).await?, &before)
}

async fn a_job_that_is_over_stays_so(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let job = over(&bench, JobEnd::Failed(failure("document_encrypted"))).await?;
    let before = bench.document(job.document).await?;
    let change = change(&bench, job.id, DocumentStatus::Received).await?;
    promised_same("a job that is over stays what it is", &cancel(&bench, &change).await?, &job)?;
    promised_same("so does its document", &bench.document(job.document).await?, &before)
}

async fn a_job_that_is_over_waits_again_as_new(repositories: &Repositories) -> Result<(), Breach> {
    let ends = [JobEnd::Failed(failure("broken")), JobEnd::Dead(failure("lost")), JobEnd::Cancelled];
    for end in ends {
        let bench = Bench::new(repositories);
        let job = over(&bench, end).await?;
        let change = change(&bench, job.id, DocumentStatus::Queued).await?;
        let again = retry(&bench, &change).await?;
        let new = Job {
            status: JobStatus::Queued,
            attempts: 0,
            progress: 0.0,
            cancel_requested: false,
            error: None,
            worker: None,
            run_at: moment(40),
            started_at: None,
            finished_at: None,
            ..job
        };
        promised_same("a job that waits again is as if it were new", &again, &new)?;
        promised_same("the answer is what is kept", &bench.job(new.id).await?, &new)?;
        let document = is_there("the sample changes a document", change.document)?;
        is_changed(&bench.document(new.document).await?, &document)?;
        is_there("it can be claimed", bench.claim_at(40).await?)?;
    }
    Ok(())
}

async fn a_job_that_is_not_over_is_not_tried_again(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let held = bench.running_at(0).await?;
    let waiting = bench.add_at(1).await?;
    for id in [held.job.id, waiting.id] {
        let before = bench.job(id).await?;
        let document = bench.document(before.document).await?;
        let change = change(&bench, id, DocumentStatus::Queued).await?;
        promised_same("a job that is not over is left", &retry(&bench, &change).await?, &before)?;
        promised_same("so is its document", &bench.document(before.document).await?, &document)?;
    }
    Ok(())
}

async fn a_change_of_another_version_writes_nothing(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let new = bench.add_at(0).await?;
    let before = (bench.job(new.id).await?, bench.document(new.document).await?);
    let mut stale = change(&bench, new.id, DocumentStatus::Received).await?;
    stale.document = stale.document.map(|document| Document { version: document.version + 1, ..document });
    let answer = bench.jobs().cancel(&bench.scope(), &stale).await;
    is_refused("a document of another version is not overwritten", answer, &RepositoryError::Stale)?;
    let after = (bench.job(new.id).await?, bench.document(new.document).await?);
    promised_same("job and document are as they were", &after, &before)?;
    let job = over(&bench, JobEnd::Dead(failure("lost"))).await?;
    let mut stale = change(&bench, job.id, DocumentStatus::Queued).await?;
    stale.document = stale.document.map(|document| Document { version: document.version + 1, ..document });
    let answer = bench.jobs().retry(&bench.scope(), &stale).await;
    is_refused("a document of another version is not overwritten", answer, &RepositoryError::Stale)?;
    promised_same("the job is as it was", &bench.job(job.id).await?, &job)
}

async fn what_is_not_there_is_not_changed(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let new = bench.add_at(0).await?;
    let nobody = JobChange { job: JobId(fresh_id()), document: None, now: moment(40) };
    let theirs = JobChange { job: new.id, ..nobody.clone() };
    let stranger = SampleOwner::fresh().scope();
    let jobs = bench.jobs();
    let answers = [
        jobs.cancel(&bench.scope(), &nobody).await,
        jobs.retry(&bench.scope(), &nobody).await,
        jobs.cancel(&stranger, &theirs).await,
        jobs.retry(&stranger, &theirs).await,
    ];
    promised("no job, no answer", answers.iter().all(|answer| *answer == Ok(None)), || {
        format!("{answers:?}")
    })?;
    promised_same("the job waits", &bench.job(new.id).await?.status, &JobStatus::Queued)
}
