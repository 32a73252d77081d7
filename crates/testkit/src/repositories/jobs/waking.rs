//! Workers wait for jobs without polling all the time.

use std::sync::Arc;
use std::time::Duration;

use fieldmark_domain::job::JobId;
use tokio::time::timeout;

use super::{Bench, claim};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

/// Maximum wait of a worker.
const MAX_WAIT: Duration = Duration::from_secs(600);
/// Time limit after which a worker without a job counts as not woken.
const TIMEOUT: Duration = Duration::from_secs(60);

pub(super) async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_new_job_ends_the_wait(repositories).await?;
    a_wait_ends_by_itself(repositories).await
}

async fn a_new_job_ends_the_wait(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (queue, scope) = (Arc::clone(&repositories.queue), bench.scope());
    promised_same("nothing is stored at first", &bench.claim_at(1).await?, &None)?;
    let worker = tokio::spawn(async move {
        loop {
            queue.wait(&scope, MAX_WAIT).await;
            if let Some(claimed) = queue.claim(&scope, &claim(moment(1))).await? {
                return Ok::<JobId, fieldmark_domain::ports::RepositoryError>(claimed.job.id);
            }
        }
    });
    let new = bench.add_at(0).await?;
    let found = timeout(TIMEOUT, worker).await.ok().and_then(Result::ok);
    let found = is_there("a new job ends the wait for one", found)?;
    promised_same("the waiting worker gets the job", &succeeds("a claim is answered", found)?, &new.id)
}

async fn a_wait_ends_by_itself(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let waited = timeout(TIMEOUT, bench.queue().wait(&bench.scope(), Duration::from_millis(20))).await;
    is_there("a wait has an end", waited.ok())
}
