//! The number of jobs of each status.

use fieldmark_domain::job::{JobCounts, JobEnd, JobStatus};
use fieldmark_domain::ports::{JobChange, Settlement};

use super::Bench;
use crate::breach::{Breach, promised, promised_same, succeeds};
use crate::repositories::sample::{failure, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    promised_same("of nothing, nothing is counted", &counted(&bench).await?, &JobCounts::default())?;
    for end in [JobEnd::Failed(failure("made_up")), JobEnd::Dead(failure("worker_lost"))] {
        let lease = bench.running_at(0).await?.lease;
        let settlement = Settlement { lease, end, document: None, event: None, now: moment(1) };
        succeeds("a hold is settled", bench.queue().settle(&bench.scope(), &settlement).await)?;
    }
    let held = bench.running_at(0).await?;
    let reading = bench.owner.reading(held.lease, bench.document(held.job.document).await?, moment(1));
    let reading = succeeds("a document is read", reading)?;
    let kept = repositories.labels.replace(&bench.scope(), &reading).await;
    succeeds("what was read is kept", kept)?;
    bench.running_at(0).await?;
    let cancelled = JobChange { job: bench.add_at(0).await?.id, document: None, now: moment(1) };
    succeeds("a job is cancelled", bench.jobs().cancel(&bench.scope(), &cancelled).await)?;
    bench.add_at(0).await?;
    bench.add_at(0).await?;
    let wanted = JobCounts { queued: 2, running: 1, succeeded: 1, failed: 1, cancelled: 1, dead: 1 };
    promised_same("each job is counted by its status", &counted(&bench).await?, &wanted)?;
    let all = repositories.jobs.counts(&fieldmark_domain::scope::Scope::of_everything()).await;
    let all = succeeds("the jobs of all owners are counted", all)?;
    let are_in = JobStatus::ALL.into_iter().all(|status| all.of(status) >= wanted.of(status));
    promised("the jobs of each owner are among those of all", are_in, || format!("{all:?}"))
}

async fn counted(bench: &Bench<'_>) -> Result<JobCounts, Breach> {
    succeeds("jobs are counted", bench.jobs().counts(&bench.scope()).await)
}
