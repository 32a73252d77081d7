//! Wakes callers that wait for the end of a job, each for its own job only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fieldmark_domain::job::JobId;
use tokio::sync::Notify;

/// The jobs with waiting callers, and no others.
#[derive(Debug, Default)]
pub(super) struct Ends {
    awaited: Mutex<HashMap<JobId, Awaited>>,
}

#[derive(Debug, Default)]
struct Awaited {
    end: Arc<Notify>,
    /// Number of waiting callers.
    waiters: usize,
}

impl Ends {
    /// A job has ended.
    pub(super) fn notify(&self, job: JobId) {
        if let Some(awaited) = self.awaited().get(&job) {
            awaited.end.notify_waiters();
        }
    }

    /// Any job may have ended.
    pub(super) fn notify_all(&self) {
        self.awaited().values().for_each(|awaited| awaited.end.notify_waiters());
    }

    /// Returns when the job's end is signalled, counted from the first poll on.
    pub(super) async fn wait(&self, job: JobId) {
        let waiter = self.join(job);
        waiter.end.notified().await;
    }

    fn join(&self, job: JobId) -> Waiter<'_> {
        let mut all = self.awaited();
        let awaited = all.entry(job).or_default();
        awaited.waiters += 1;
        Waiter { ends: self, job, end: Arc::clone(&awaited.end) }
    }

    fn awaited(&self) -> MutexGuard<'_, HashMap<JobId, Awaited>> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One waiting caller, until it is dropped.
struct Waiter<'a> {
    ends: &'a Ends,
    job: JobId,
    end: Arc<Notify>,
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        let mut all = self.ends.awaited();
        if let Some(awaited) = all.get_mut(&self.job) {
            awaited.waiters -= 1;
            if awaited.waiters == 0 {
                all.remove(&self.job);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::Poll;

    use uuid::Uuid;

    use super::*;

    const ONE: JobId = JobId(Uuid::from_u128(1));
    const OTHER: JobId = JobId(Uuid::from_u128(2));

    async fn is_over(wait: &mut std::pin::Pin<&mut impl Future<Output = ()>>) -> bool {
        poll_fn(|context| Poll::Ready(wait.as_mut().poll(context).is_ready())).await
    }

    #[tokio::test]
    async fn each_is_woken_for_its_own_job() {
        let ends = Ends::default();
        let (mut one, mut same, mut other) =
            (pin!(ends.wait(ONE)), pin!(ends.wait(ONE)), pin!(ends.wait(OTHER)));
        assert!(!is_over(&mut one).await && !is_over(&mut same).await && !is_over(&mut other).await);
        ends.notify(ONE);
        assert!(is_over(&mut one).await && is_over(&mut same).await);
        assert!(!is_over(&mut other).await);
        ends.notify_all();
        assert!(is_over(&mut other).await);
    }

    #[tokio::test]
    async fn nothing_is_kept_of_who_has_gone() {
        let ends = Ends::default();
        {
            let (mut one, mut same) = (pin!(ends.wait(ONE)), Box::pin(ends.wait(ONE)));
            assert!(!is_over(&mut one).await && !is_over(&mut same.as_mut()).await);
            assert_eq!(ends.awaited().len(), 1);
            drop(same);
            ends.notify(OTHER);
            assert!(!is_over(&mut one).await);
            ends.notify(ONE);
            assert!(is_over(&mut one).await);
        }
        assert!(ends.awaited().is_empty());
    }
}
