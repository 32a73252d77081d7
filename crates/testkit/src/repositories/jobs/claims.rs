//! Claiming jobs: which worker gets which job, and when.

use std::collections::BTreeSet;
use std::sync::Arc;

use fieldmark_domain::job::{Job, JobStatus, NewJob, Priority};
use tokio::task::JoinSet;

use super::{Bench, MAX_ATTEMPTS, claim};
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::sample::{SampleOwner, moment};
use fieldmark_domain::ports::Repositories;

/// Numbers of jobs and of workers that claim at once.
const CONCURRENT: (usize, usize) = (40, 8);

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_waiting_job_is_given_out_with_a_lease(repositories).await?;
    the_most_urgent_comes_first_then_the_one_that_waits_the_longest(repositories).await?;
    no_job_is_given_out_before_its_time(repositories).await?;
    anothers_job_is_not_there(repositories).await?;
    each_job_is_given_once_to_many_at_once(repositories).await
}

async fn a_waiting_job_is_given_out_with_a_lease(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    promised("there is nothing to claim at first", bench.claim_at(0).await?.is_none(), || "a job".into())?;
    let new = bench.add_at(0).await?;
    promised_same("a new job waits", &bench.job(new.id).await?, &waiting(&new))?;
    let wish = claim(moment(7));
    let claimed = succeeds("a claim is answered", bench.queue().claim(&bench.scope(), &wish).await)?;
    let claimed = is_there("a queued job can be claimed", claimed)?;
    promised_same("the lease is the claim's", &claimed.lease.token, &wish.token)?;
    promised_same("the lease is the job's", &claimed.lease.job, &new.id)?;
    let running = Job {
        status: JobStatus::Running,
        attempts: 1,
        worker: Some(wish.worker.clone()),
        started_at: Some(wish.now),
        ..waiting(&new)
    };
    promised_same("a claimed job runs, and its attempt is counted", &claimed.job, &running)?;
    promised_same("the claimed job equals the stored one", &bench.job(new.id).await?, &running)?;
    promised("a running job cannot be claimed", bench.claim_at(8).await?.is_none(), || "a job".into())
}

fn waiting(new: &NewJob) -> Job {
    Job {
        id: new.id,
        owner: new.owner,
        kind: new.kind,
        document: new.document,
        status: JobStatus::Queued,
        priority: new.priority,
        attempts: 0,
        max_attempts: MAX_ATTEMPTS,
        progress: 0.0,
        cancel_requested: false,
        error: None,
        worker: None,
        run_at: new.created_at,
        created_at: new.created_at,
        started_at: None,
        finished_at: None,
    }
}

async fn the_most_urgent_comes_first_then_the_one_that_waits_the_longest(
    repositories: &Repositories,
) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut added = Vec::new();
    let priorities =
        [(10, 0), (20, 5), (5, 0), (5, 0), (1, -1), (30, 5)].map(|(at, number)| (at, Priority(number)));
    for (seconds, priority) in priorities.into_iter().chain([(40, Priority::AT_ONCE)]) {
        let mut new = bench.owner.incoming(moment(seconds));
        new.job = new.job.map(|job| NewJob { priority, ..job });
        added.push(bench.add(new).await?.id);
    }
    let mut given = Vec::new();
    while let Some(claimed) = bench.claim_at(100).await? {
        given.push(claimed.job.id);
    }
    let wanted: Vec<_> =
        [6, 1, 5, 2, 3, 0, 4].iter().filter_map(|place| added.get(*place).copied()).collect();
    promised_same("priority goes first, then the time, then the id", &given, &wanted)
}

async fn no_job_is_given_out_before_its_time(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    bench.add_at(100).await?;
    promised("a job of the future waits", bench.claim_at(99).await?.is_none(), || "a job".into())?;
    is_there("a job may be begun from its moment on", bench.claim_at(100).await?).map(|_| ())
}

async fn anothers_job_is_not_there(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let new = bench.add_at(0).await?;
    let stranger = SampleOwner::fresh().scope();
    let found = succeeds("a job is looked for", bench.jobs().find(&stranger, new.id).await)?;
    promised_same("another owner's job is not found", &found, &None)?;
    let claimed = succeeds("a claim is answered", bench.queue().claim(&stranger, &claim(moment(5))).await)?;
    promised_same("another owner's job cannot be claimed", &claimed, &None)
}

async fn each_job_is_given_once_to_many_at_once(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (jobs, workers) = CONCURRENT;
    for _ in 0..jobs {
        bench.add_at(0).await?;
    }
    let mut crowd = JoinSet::new();
    for _ in 0..workers {
        let (queue, scope) = (Arc::clone(&repositories.queue), bench.scope());
        crowd.spawn(async move {
            let mut given = Vec::new();
            while let Some(claimed) = queue.claim(&scope, &claim(moment(1))).await? {
                given.push(claimed.job.id);
            }
            Ok::<_, fieldmark_domain::ports::RepositoryError>(given)
        });
    }
    let mut given = Vec::new();
    for answer in crowd.join_all().await {
        given.extend(succeeds("many may claim at once", answer)?);
    }
    promised_same("every job is claimed", &given.iter().collect::<BTreeSet<_>>().len(), &jobs)?;
    promised_same("no job is claimed twice", &given.len(), &jobs)
}
