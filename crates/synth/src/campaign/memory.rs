//! How much memory a program and its reading processes had at most, where the system tells (Linux).

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often is looked. The system keeps the highest mark of a process that lives, so that only the last moments of
/// one that ended are missed.
const INTERVAL: Duration = Duration::from_millis(50);

/// Looks at a process and its children until it is dropped or asked.
pub(super) struct Watch {
    ended: Arc<AtomicBool>,
    program: Arc<AtomicU64>,
    workers: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// A watch over a process.
    pub(super) fn over(process: u32) -> Self {
        let (ended, program, workers) =
            (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (is_over, at_most, of_workers) = (Arc::clone(&ended), Arc::clone(&program), Arc::clone(&workers));
        let thread = thread::spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                at_most.fetch_max(peak(process).unwrap_or_default(), Ordering::Relaxed);
                for child in children(process) {
                    of_workers.fetch_max(peak(child).unwrap_or_default(), Ordering::Relaxed);
                }
                thread::sleep(INTERVAL);
            }
        });
        Self { ended, program, workers, thread: Some(thread) }
    }

    /// The most that the program and one of its children had, in bytes; `None` where nothing was told.
    pub(super) fn end(mut self) -> (Option<u64>, Option<u64>) {
        self.stop();
        let known = |bytes: &AtomicU64| Some(bytes.load(Ordering::Relaxed)).filter(|bytes| *bytes > 0);
        (known(&self.program), known(&self.workers))
    }

    fn stop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A watch that failed has nothing to say.
            let _ = thread.join();
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The most that a process had in memory so far (`VmHWM`).
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

/// The children that any thread of the process started.
fn children(process: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let lists =
        threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect()
}
