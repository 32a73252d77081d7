//! The peak memory of a program and its reading processes, where the system reports it (Linux).

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often the processes are checked. The system keeps the peak of a running process, so only the
/// last moments before its end are missed.
const INTERVAL: Duration = Duration::from_millis(50);

/// Watches a process and its children until it is dropped or ended.
pub(super) struct Watch {
    ended: Arc<AtomicBool>,
    program: Arc<AtomicU64>,
    workers: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Starts watching a process.
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

    /// The peak memory of the program and of one of its children, in bytes; `None` where it is
    /// unknown.
    pub(super) fn end(mut self) -> (Option<u64>, Option<u64>) {
        self.stop();
        let known = |bytes: &AtomicU64| Some(bytes.load(Ordering::Relaxed)).filter(|bytes| *bytes > 0);
        (known(&self.program), known(&self.workers))
    }

    fn stop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A watch that failed has no result.
            let _ = thread.join();
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The peak memory of a process so far (`VmHWM`).
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
