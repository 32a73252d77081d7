//! Many inputs at once, results in the order of the inputs.
//!
//! Knows nothing of what is done with an input.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinHandle};

/// How many results per job may wait for one that takes long.
const AHEAD: usize = 4;

/// Does `process` for each input, at most `jobs` at once, and gives the results to `take` in the order of
/// the inputs, each as soon as all before it are there. An input whose processing panicked gives its error.
///
/// # Errors
/// The first error of `take`; what is still going on then is dropped.
pub async fn run<Input, Report, Processing, Refused>(
    inputs: Vec<Input>,
    jobs: NonZeroUsize,
    mut process: impl FnMut(Input) -> Processing,
    mut take: impl FnMut(Result<Report, JoinError>) -> Result<(), Refused>,
) -> Result<(), Refused>
where
    Processing: Future<Output = Report> + Send + 'static,
    Report: Send + 'static,
{
    let mut open = Open(VecDeque::new());
    let outcome = all(inputs, jobs, &mut process, &mut take, &mut open).await;
    // A task that is still polled while the runtime ends would panic.
    open.end().await;
    outcome
}

async fn all<Input, Report, Processing, Refused>(
    inputs: Vec<Input>,
    jobs: NonZeroUsize,
    process: &mut impl FnMut(Input) -> Processing,
    take: &mut impl FnMut(Result<Report, JoinError>) -> Result<(), Refused>,
    open: &mut Open<Report>,
) -> Result<(), Refused>
where
    Processing: Future<Output = Report> + Send + 'static,
    Report: Send + 'static,
{
    let permits = Arc::new(Semaphore::new(jobs.get()));
    for input in inputs {
        let (permits, processing) = (Arc::clone(&permits), process(input));
        open.0.push_back(tokio::spawn(async move {
            // The semaphore is never closed; without a permit the work would be done all the same.
            let _permit = permits.acquire().await.ok();
            processing.await
        }));
        if open.0.len() >= jobs.get().saturating_mul(AHEAD) {
            open.take_first(take).await?;
        }
    }
    while !open.0.is_empty() {
        open.take_first(take).await?;
    }
    Ok(())
}

/// Tasks that have not been taken; they end with it.
struct Open<Report>(VecDeque<JoinHandle<Report>>);

impl<Report> Open<Report> {
    /// Ends all of them, and waits until they have.
    async fn end(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
        for task in self.0.drain(..) {
            // Each was aborted, or has its report, which nobody wants any more.
            let _ = task.await;
        }
    }

    async fn take_first<Refused>(
        &mut self,
        take: &mut impl FnMut(Result<Report, JoinError>) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        match self.0.pop_front() {
            Some(first) => take(first.await),
            None => Ok(()),
        }
    }
}

impl<Report> Drop for Open<Report> {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_inputs_and_no_more_run_than_allowed() {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let process = |input: usize| {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                for _ in 0..(7 * input) % 13 {
                    tokio::task::yield_now().await;
                }
                running.fetch_sub(1, Ordering::SeqCst);
                input
            }
        };
        let mut results = Vec::new();
        let take = |result: Result<usize, JoinError>| {
            results.push(result.unwrap());
            Ok::<(), ()>(())
        };
        let inputs: Vec<usize> = (0..50).collect();
        let jobs = NonZeroUsize::new(3).unwrap();
        runtime().block_on(run(inputs.clone(), jobs, process, take)).unwrap();
        assert_eq!(results, inputs);
        assert!(most.load(Ordering::SeqCst) <= 3);
    }

    #[test]
    fn a_panic_is_one_inputs_error_and_a_refusal_ends_the_run() {
        let process = |input: u32| async move {
            assert_ne!(input, 1, "on purpose");
            input
        };
        let mut seen = Vec::new();
        let take = |result: Result<u32, JoinError>| {
            seen.push(result.ok());
            if seen.len() == 3 { Err("enough") } else { Ok(()) }
        };
        let result = runtime().block_on(run((0..9).collect(), NonZeroUsize::MIN, process, take));
        assert_eq!(result, Err("enough"));
        assert_eq!(seen, [Some(0), None, Some(2)]);
    }
}
