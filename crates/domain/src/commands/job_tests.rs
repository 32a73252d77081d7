//! The use cases around jobs: claims and leases, and every end but success.

use std::sync::Arc;
use std::time::Duration;

use super::fixtures::*;
use super::*;
use crate::document::{DocumentStatus, Failure};
use crate::job::{ClaimedJob, Job, JobEnd, JobId, JobLimits, JobStatus, RetryPolicy};
use crate::listing::Listing;
use crate::ports::{MockDocumentRepository, MockJobQueue, MockJobRepository, RepositoryError, Settlement};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

const LIMITS: JobLimits = JobLimits {
    lease: Duration::from_secs(30),
    soft: Duration::from_secs(60),
    hard: Duration::from_secs(90),
};

/// A queue that takes one settlement, if it is as wanted.
fn settles(is_wanted: impl Fn(&Settlement) -> bool + Send + 'static) -> MockJobQueue {
    let mut jobs = MockJobQueue::new();
    jobs.expect_settle()
        .times(1)
        .withf(move |scope, settlement| {
            *scope == SCOPE && settlement.lease == lease() && is_wanted(settlement)
        })
        .returning(|_, _| Ok(()));
    jobs
}

fn status(settlement: &Settlement) -> Option<DocumentStatus> {
    settlement.document.as_ref().map(|document| document.status)
}

#[tokio::test]
async fn a_worker_gets_a_job_under_a_new_lease() {
    let mut jobs = MockJobQueue::new();
    jobs.expect_claim().times(2).returning(|scope, claim| {
        assert_eq!((*scope, claim.worker.as_str()), (Scope::system(), "w1"));
        assert_eq!((claim.now, claim.until), (now(), "2026-03-01T10:00:30Z".parse().unwrap()));
        let lease = crate::job::Lease { job: JOB, token: claim.token };
        Ok(Some(ClaimedJob { lease, ..claimed(1) }))
    });
    let claim = ClaimJob { queue: Arc::new(jobs), clock: clock(), limits: LIMITS };
    let first = claim.execute("w1").await.unwrap().unwrap();
    assert_ne!(first.lease, claim.execute("w1").await.unwrap().unwrap().lease);
}

#[tokio::test]
async fn a_worker_waits_for_jobs_of_every_owner() {
    let mut jobs = MockJobQueue::new();
    let longest = Duration::from_secs(5);
    jobs.expect_wait()
        .times(1)
        .withf(move |scope, wait| (*scope, *wait) == (Scope::system(), longest))
        .returning(|_, _| ());
    ClaimJob { queue: Arc::new(jobs), clock: clock(), limits: LIMITS }.wait(longest).await;
}

#[tokio::test]
async fn a_worker_learns_what_has_become_of_its_job() {
    for (answer, learnt) in [
        (Ok(false), Ok(LeaseState::Held)),
        (Ok(true), Ok(LeaseState::CancelRequested)),
        (Err(RepositoryError::LeaseLost), Ok(LeaseState::Lost)),
        (Err(away()), Err(UseCaseError::Repository(away()))),
    ] {
        let mut jobs = MockJobQueue::new();
        jobs.expect_renew()
            .withf(|_, held, until, progress| {
                *held == lease() && *until == now() + LIMITS.lease && *progress == 0.5
            })
            .return_once(move |_, _, _, _| answer);
        let renew = RenewLease { queue: Arc::new(jobs), clock: clock(), limits: LIMITS };
        assert_eq!(renew.execute(&lease(), 0.5).await, learnt);
    }
}

/// Ends a hold so.
async fn settle(
    queue: MockJobQueue,
    documents: MockDocumentRepository,
    end: JobEnd,
) -> Result<JobOutcome, UseCaseError> {
    settling(queue, Arc::new(documents)).execute(&claimed(1), end).await
}

async fn release(queue: MockJobQueue, documents: MockDocumentRepository) -> Result<JobOutcome, UseCaseError> {
    settle(queue, documents, JobEnd::Released).await
}

#[tokio::test]
async fn a_job_that_is_given_back_waits_with_its_document() {
    let jobs = settles(|settlement| {
        settlement.end == JobEnd::Released
            && status(settlement) == Some(DocumentStatus::Queued)
            && settlement.event.is_none()
    });
    let documents = documents_with(document(DocumentStatus::Processing));
    let outcome = release(jobs, documents).await.unwrap();
    assert_eq!(outcome, JobOutcome::Ended(JobEnd::Released));
}

#[tokio::test]
async fn a_job_that_is_another_workers_is_left() {
    let mut jobs = MockJobQueue::new();
    jobs.expect_settle().times(1).returning(|_, _| Err(RepositoryError::LeaseLost));
    let documents = documents_with(document(DocumentStatus::Processing));
    assert_eq!(release(jobs, documents).await, Ok(JobOutcome::LeaseLost));
}

#[tokio::test]
async fn an_end_is_tried_again_when_the_document_was_changed_meanwhile() {
    let mut jobs = MockJobQueue::new();
    let mut order = mockall::Sequence::new();
    jobs.expect_settle().times(1).in_sequence(&mut order).returning(|_, _| Err(RepositoryError::Stale));
    jobs.expect_settle().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    let documents = documents_with(document(DocumentStatus::Processing));
    assert!(release(jobs, documents).await.is_ok());
    let mut jobs = MockJobQueue::new();
    jobs.expect_settle().times(20..).returning(|_, _| Err(RepositoryError::Stale));
    let documents = documents_with(document(DocumentStatus::Processing));
    assert_eq!(release(jobs, documents).await, Err(UseCaseError::Contended));
}

#[tokio::test]
async fn a_cancelled_jobs_document_is_what_it_was() {
    let cancelled = |documents, jobs| settle(jobs, documents, JobEnd::Cancelled);
    let jobs = settles(|settlement| status(settlement) == Some(DocumentStatus::Received));
    let outcome = cancelled(documents_with(document(DocumentStatus::Processing)), jobs).await;
    assert_eq!(outcome, Ok(JobOutcome::Ended(JobEnd::Cancelled)));
    // It was deleted, or deleted and restored: there is nothing to be changed.
    let jobs = settles(|settlement| settlement.document.is_none());
    assert!(cancelled(no_documents(), jobs).await.is_ok());
    let jobs = settles(|settlement| settlement.document.is_none());
    assert!(cancelled(documents_with(document(DocumentStatus::Approved)), jobs).await.is_ok());
}

async fn break_off(jobs: MockJobQueue, attempts: u32) -> JobOutcome {
    let documents = Arc::new(documents_with(document(DocumentStatus::Processing)));
    let (settle, retry) = (settling(jobs, documents), RetryPolicy::default());
    let case = BreakOffJob { settle, retry, limits: LIMITS };
    case.execute(&claimed(attempts)).await.unwrap()
}

#[tokio::test]
async fn a_job_that_takes_too_long_is_tried_again_until_it_is_dead() {
    let retried = break_off(settles(|end| status(end) == Some(DocumentStatus::Queued)), 2).await;
    let JobOutcome::Ended(JobEnd::Retried { error, run_at }) = retried else { panic!("{retried:?}") };
    assert_eq!(error.code, "time_limit");
    // The second wait is two to four seconds.
    assert!((now() + Duration::from_secs(2)..=now() + Duration::from_secs(4)).contains(&run_at), "{run_at}");
    let dead = settles(|end| {
        let document = end.document.as_ref().unwrap();
        let told = end.event.as_ref().map(|event| event.occurrence.name());
        document.failure.as_ref().is_some_and(|failure| failure.code == "time_limit")
            && document.status == DocumentStatus::Failed
            && told == Some("document.failed")
    });
    assert!(matches!(break_off(dead, 3).await, JobOutcome::Ended(JobEnd::Dead(_))));
}

fn lost(jobs: Vec<Job>) -> MockJobQueue {
    let lost: Vec<ClaimedJob> = jobs.into_iter().map(|job| ClaimedJob { job, lease: lease() }).collect();
    let mut queue = MockJobQueue::new();
    queue
        .expect_lost()
        .withf(|scope, before, limit| *scope == Scope::system() && *before == now() && *limit == 100)
        .return_once(move |_, _, _| Ok(lost));
    queue
}

async fn recover(jobs: MockJobQueue) -> Result<u64, UseCaseError> {
    let documents = Arc::new(documents_with(document(DocumentStatus::Processing)));
    RecoverLostJobs { settle: settling(jobs, documents) }.execute().await
}

#[tokio::test]
async fn lost_jobs_wait_again_at_once_or_are_over() {
    let running = |attempts| Job { attempts, ..job(JobStatus::Running) };
    let cancelled = Job { cancel_requested: true, ..running(1) };
    let mut jobs = lost(vec![running(1), running(3), cancelled]);
    let error =
        Failure { code: "worker_lost".to_owned(), message: "the worker w1 has not been heard of".to_owned() };
    let mut order = mockall::Sequence::new();
    for (end, status_then) in [
        (JobEnd::Retried { error: error.clone(), run_at: now() }, DocumentStatus::Queued),
        (JobEnd::Dead(error), DocumentStatus::Failed),
        (JobEnd::Cancelled, DocumentStatus::Received),
    ] {
        jobs.expect_settle()
            .times(1)
            .in_sequence(&mut order)
            .withf(move |_, settlement| settlement.end == end && status(settlement) == Some(status_then))
            .returning(|_, _| Ok(()));
    }
    assert_eq!(recover(jobs).await, Ok(3));
}

#[tokio::test]
async fn a_job_that_another_process_recovers_does_not_count() {
    let mut jobs = lost(vec![job(JobStatus::Running), job(JobStatus::Running)]);
    let mut order = mockall::Sequence::new();
    jobs.expect_settle().times(1).in_sequence(&mut order).returning(|_, _| Err(RepositoryError::LeaseLost));
    jobs.expect_settle().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    assert_eq!(recover(jobs).await, Ok(1));
    let mut jobs = lost(vec![job(JobStatus::Running), job(JobStatus::Running)]);
    jobs.expect_settle().times(1).returning(|_, _| Err(away()));
    assert_eq!(recover(jobs).await, Err(UseCaseError::Repository(away())));
}

#[tokio::test]
async fn a_lost_job_that_cannot_be_recovered_keeps_no_other_from_it() {
    let mut jobs = lost(vec![job(JobStatus::Running), job(JobStatus::Running)]);
    let mut order = mockall::Sequence::new();
    let broken = || RepositoryError::Failed { reason: "a row that nobody can read".to_owned() };
    jobs.expect_settle().times(1).in_sequence(&mut order).returning(move |_, _| Err(broken()));
    jobs.expect_settle().times(1).in_sequence(&mut order).returning(|_, _| Ok(()));
    assert_eq!(recover(jobs).await, Ok(1));
}

#[tokio::test]
async fn a_document_that_another_job_has_is_left_to_that_one() {
    let other = Job { id: JobId(uuid::Uuid::from_u128(99)), ..job(JobStatus::Queued) };
    for (open, is_left) in
        [(vec![job(JobStatus::Running)], false), (vec![job(JobStatus::Running), other], true)]
    {
        let (mut jobs, mut queue) = (MockJobRepository::new(), MockJobQueue::new());
        jobs.expect_list().times(1).returning(move |_, query| {
            assert_eq!(query.document, Some(DOCUMENT));
            Ok(Listing { total: open.len() as u64, items: open.clone() })
        });
        queue
            .expect_settle()
            .times(1)
            .withf(move |_, settlement| status(settlement).is_none() == is_left)
            .returning(|_, _| Ok(()));
        let documents = Arc::new(documents_with(document(DocumentStatus::Queued)));
        let settle = SettleJob { jobs: Arc::new(jobs), ..settling(queue, documents) };
        assert!(settle.execute(&claimed(1), JobEnd::Released).await.is_ok());
    }
}

fn jobs_with(status: JobStatus) -> MockJobRepository {
    let mut jobs = MockJobRepository::new();
    jobs.expect_find().returning(move |_, _| Ok(Some(job(status))));
    jobs
}

async fn cancel(jobs: MockJobRepository, documents: MockDocumentRepository) -> Result<Job, UseCaseError> {
    let documents = Arc::new(documents);
    CancelJob { jobs: Arc::new(jobs), documents, clock: clock() }.execute(&SCOPE, JOB).await
}

#[tokio::test]
async fn a_job_that_waits_is_cancelled_with_its_document() {
    let mut jobs = jobs_with(JobStatus::Queued);
    jobs.expect_cancel()
        .times(1)
        .withf(|_, change| {
            let status = change.document.as_ref().map(|document| document.status);
            (change.job, status) == (JOB, Some(DocumentStatus::Received))
        })
        .returning(|_, _| Ok(Some(job(JobStatus::Cancelled))));
    let cancelled = cancel(jobs, documents_with(document(DocumentStatus::Queued))).await.unwrap();
    assert_eq!(cancelled.status, JobStatus::Cancelled);
}

#[tokio::test]
async fn a_job_that_is_over_cannot_be_cancelled() {
    let over = |status| Err(UseCaseError::WrongJobStatus { status, change: "cancelled" });
    let jobs = jobs_with(JobStatus::Dead);
    assert_eq!(cancel(jobs, no_documents()).await, over(JobStatus::Dead));
    // It may come to its end while it is being cancelled.
    let mut jobs = jobs_with(JobStatus::Running);
    jobs.expect_cancel().returning(|_, _| Ok(Some(job(JobStatus::Succeeded))));
    let documents = documents_with(document(DocumentStatus::Processing));
    assert_eq!(cancel(jobs, documents).await, over(JobStatus::Succeeded));
    let mut jobs = MockJobRepository::new();
    jobs.expect_find().returning(|_, _| Ok(None));
    assert_eq!(cancel(jobs, no_documents()).await, Err(UseCaseError::JOB_NOT_FOUND));
}

#[tokio::test]
async fn a_cancellation_reads_the_document_anew_when_somebody_was_faster() {
    let mut jobs = jobs_with(JobStatus::Queued);
    let mut order = mockall::Sequence::new();
    jobs.expect_cancel().times(1).in_sequence(&mut order).returning(|_, _| Err(RepositoryError::Stale));
    let asked = Job { cancel_requested: true, ..job(JobStatus::Running) };
    jobs.expect_cancel().times(1).in_sequence(&mut order).return_once(move |_, _| Ok(Some(asked)));
    let kept = cancel(jobs, documents_with(document(DocumentStatus::Queued))).await.unwrap();
    assert!(kept.cancel_requested);
}

async fn retry(jobs: MockJobRepository, documents: MockDocumentRepository) -> Result<Job, UseCaseError> {
    let documents = Arc::new(documents);
    RetryJob { jobs: Arc::new(jobs), documents, clock: clock() }.execute(&SCOPE, JOB).await
}

#[tokio::test]
async fn a_job_that_came_to_no_good_end_waits_again_with_its_document() {
    for status in [JobStatus::Failed, JobStatus::Dead, JobStatus::Cancelled] {
        let mut jobs = jobs_with(status);
        jobs.expect_retry()
            .times(1)
            .withf(|_, change| {
                change.document.as_ref().is_some_and(|document| document.status == DocumentStatus::Queued)
            })
            .returning(|_, _| Ok(Some(job(JobStatus::Queued))));
        let kept = retry(jobs, documents_with(document(DocumentStatus::Failed))).await.unwrap();
        assert_eq!(kept.status, JobStatus::Queued);
    }
}

#[tokio::test]
async fn a_job_is_not_tried_again_beside_another_or_without_a_document() {
    for status in [JobStatus::Queued, JobStatus::Running, JobStatus::Succeeded] {
        let refused = retry(jobs_with(status), no_documents()).await;
        assert_eq!(refused, Err(UseCaseError::WrongJobStatus { status, change: "tried again" }));
    }
    let refused = retry(jobs_with(JobStatus::Dead), documents_with(document(DocumentStatus::Queued))).await;
    assert_eq!(refused.unwrap_err().code(), "wrong_status");
    let refused = retry(jobs_with(JobStatus::Dead), no_documents()).await;
    assert_eq!(refused, Err(UseCaseError::DOCUMENT_NOT_FOUND));
}
