//! Waiting for a job's end, and counting jobs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::*;
use crate::commands::fixtures::*;
use crate::job::{Job, JobCounts, JobStatus};
use crate::ports::{Clock, MockClock, MockJobRepository};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// A clock that a second passes on whenever it is looked at.
fn ticking() -> Arc<dyn Clock> {
    let ticks = AtomicU64::new(0);
    let mut clock = MockClock::new();
    clock.expect_monotonic().returning(move || Duration::from_secs(ticks.fetch_add(1, Ordering::Relaxed)));
    Arc::new(clock)
}

/// A queue that answers so, one look after the other.
fn answering(looks: Vec<Option<JobStatus>>) -> MockJobRepository {
    let mut jobs = MockJobRepository::new();
    let times = looks.len();
    let looks = std::sync::Mutex::new(looks.into_iter());
    jobs.expect_find().times(times).returning(move |scope, id| {
        assert_eq!((*scope, id), (SCOPE, JOB));
        Ok(looks.lock().unwrap().next().unwrap().map(job))
    });
    jobs
}

async fn waited(mut jobs: MockJobRepository, seconds: u64) -> Result<Job, UseCaseError> {
    jobs.expect_wait_for_end().withf(|scope, id, _| *scope == SCOPE && *id == JOB).return_const(());
    let wait = WaitForJob { jobs: Arc::new(jobs), clock: ticking() };
    wait.execute(&SCOPE, JOB, Duration::from_secs(seconds)).await
}

#[tokio::test]
async fn a_job_is_answered_when_it_is_over() {
    for over in JobStatus::ALL.into_iter().filter(|status| status.is_over()) {
        let looks = vec![Some(JobStatus::Queued), Some(JobStatus::Running), Some(over)];
        assert_eq!(waited(answering(looks), 1000).await, Ok(job(over)));
        assert_eq!(waited(answering(vec![Some(over)]), 1000).await, Ok(job(over)));
    }
}

#[tokio::test]
async fn a_job_that_takes_longer_is_answered_as_it_is() {
    let now = answering(vec![Some(JobStatus::Queued)]);
    assert_eq!(waited(now, 0).await, Ok(job(JobStatus::Queued)));
    let later = answering(vec![Some(JobStatus::Queued), Some(JobStatus::Running), Some(JobStatus::Running)]);
    assert_eq!(waited(later, 3).await, Ok(job(JobStatus::Running)));
}

#[tokio::test]
async fn a_job_that_is_not_there_or_goes_meanwhile_is_not_found() {
    for looks in [vec![None], vec![Some(JobStatus::Running), None]] {
        assert_eq!(waited(answering(looks), 1000).await, Err(UseCaseError::JOB_NOT_FOUND));
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_told() {
    let mut jobs = MockJobRepository::new();
    jobs.expect_find().times(1).returning(|_, _| Err(away()));
    assert_eq!(waited(jobs, 1000).await, Err(UseCaseError::Repository(away())));
}

/// No wait is longer than a second, nor longer than what is left.
#[tokio::test]
async fn somebody_looks_every_second() {
    let mut jobs = MockJobRepository::new();
    let waits = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&waits);
    jobs.expect_wait_for_end().returning(move |_, _, longest| seen.lock().unwrap().push(longest));
    jobs.expect_find().returning(|_, _| Ok(Some(job(JobStatus::Running))));
    let wait = WaitForJob { jobs: Arc::new(jobs), clock: ticking() };
    wait.execute(&SCOPE, JOB, Duration::from_millis(2500)).await.unwrap();
    assert_eq!(*waits.lock().unwrap(), [1000, 500, 0].map(Duration::from_millis));
}

/// The job ends while it is looked at: the look still shows it running, and the wait has begun already.
#[tokio::test]
async fn an_end_during_the_look_is_not_missed() {
    let mut jobs = MockJobRepository::new();
    let is_waited_for = Arc::new(AtomicBool::new(false));
    let begun = Arc::clone(&is_waited_for);
    jobs.expect_wait_for_end().returning(move |_, _, _| begun.store(true, Ordering::Relaxed));
    jobs.expect_find().returning(move |_, _| {
        assert!(is_waited_for.load(Ordering::Relaxed), "the wait begins first");
        Ok(Some(job(JobStatus::Succeeded)))
    });
    let wait = WaitForJob { jobs: Arc::new(jobs), clock: ticking() };
    wait.execute(&SCOPE, JOB, Duration::from_secs(9)).await.unwrap();
}

#[tokio::test]
async fn jobs_of_all_owners_are_counted() {
    let counts = JobCounts { queued: 3, dead: 1, ..JobCounts::default() };
    let mut jobs = MockJobRepository::new();
    jobs.expect_counts().withf(|scope| *scope == Scope::system()).return_once(move |_| Ok(counts));
    assert_eq!(CountJobs { jobs: Arc::new(jobs) }.execute().await, Ok(counts));
}
