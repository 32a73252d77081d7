//! The reason why a worker process ended, and the caller's error message for it.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use fieldmark_domain::ports::ReadError;

use crate::reading_stack;

/// Rust's runtime prints this before it aborts; it is the surest sign of an exhausted memory limit.
const ALLOCATION_FAILED: &str = "memory allocation of";

/// What ended a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerEnd {
    /// It never sent a greeting.
    NeverStarted,
    /// It was killed because the time limit was exceeded.
    TimeLimit(Duration),
    /// It was killed, or aborted, because it exceeded the memory limit.
    MemoryLimit(u64),
    /// It aborted because the file's structure is nested more deeply than its stack allows.
    TooDeep,
    /// It exited by itself or by a signal that is not ours.
    Crashed(Option<ExitStatus>),
    /// It sent an invalid answer and was killed.
    Misbehaved,
}

/// Reason in the metrics: the worker ended because it was no longer needed.
pub const DISMISSED: &str = "dismissed";
/// Reason in the metrics: the caller left, and the worker was killed while it read the file.
pub const ABANDONED: &str = "abandoned";
/// Reason in the metrics: it has read many files, or uses too much memory.
pub const RETIRED: &str = "retired";
/// Reason in the metrics: it exited while idle.
pub const ENDED_IDLE: &str = "ended_idle";

/// What is known of a worker that exited.
#[derive(Debug, Clone, Copy)]
pub struct ExitTrace<'a> {
    /// Its exit status, if known.
    pub status: Option<ExitStatus>,
    /// The end of its standard error.
    pub stderr_tail: &'a str,
    /// The largest amount of allocated memory that was observed, in bytes.
    pub peak_data: u64,
    /// Its memory limit in bytes.
    pub memory_bytes: u64,
}

impl WorkerEnd {
    /// Distinguishes an exhausted stack or memory from another crash. A library crashes in its own
    /// way when an allocation fails, so a crash with more than three quarters of the limit
    /// allocated counts as exhausted memory.
    pub fn classify(trace: ExitTrace<'_>) -> Self {
        let by_signal = trace.status.is_some_and(|status| status.signal().is_some());
        let near_limit = trace.peak_data > trace.memory_bytes / 4 * 3;
        if by_signal && trace.stderr_tail.contains(reading_stack::EXHAUSTED) {
            Self::TooDeep
        } else if by_signal && (near_limit || trace.stderr_tail.contains(ALLOCATION_FAILED)) {
            Self::MemoryLimit(trace.memory_bytes)
        } else {
            Self::Crashed(trace.status)
        }
    }

    /// The reason in the metrics, from a small fixed set.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeverStarted => "never_started",
            Self::TimeLimit(_) => "time_limit",
            Self::MemoryLimit(_) => "memory_limit",
            Self::TooDeep => "too_deep",
            Self::Crashed(_) => "crashed",
            Self::Misbehaved => "misbehaved",
        }
    }

    /// The caller's error. Only [`Self::NeverStarted`] is not the file's fault.
    pub fn into_error(self, stderr_tail: &str) -> ReadError {
        let reason = match self {
            Self::NeverStarted => {
                let said = stderr_tail.trim();
                let said = if said.is_empty() { "it printed no message" } else { said };
                return ReadError::Unavailable {
                    reason: format!("the worker program did not start as a worker: {said}"),
                };
            }
            Self::TimeLimit(limit) => {
                format!("reading it took longer than the time limit of {} s", limit.as_secs_f32())
            }
            Self::MemoryLimit(bytes) => {
                format!("reading it takes more than the memory limit of {} MiB", bytes >> 20)
            }
            Self::TooDeep => "its structure is nested more deeply than the limit".to_owned(),
            Self::Crashed(status) => format!("the process that read it crashed{}", manner(status)),
            Self::Misbehaved => "the process that read it sent an invalid answer".to_owned(),
        };
        ReadError::Unreadable { reason }
    }
}

fn manner(status: Option<ExitStatus>) -> String {
    match status.map(|status| (status.signal(), status.code())) {
        Some((Some(signal), _)) => format!(" (signal {signal})"),
        Some((None, Some(code))) => format!(" (exit status {code})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(signal: i32, stderr_tail: &'static str, peak_data: u64) -> ExitTrace<'static> {
        let status = Some(ExitStatus::from_raw(signal));
        ExitTrace { status, stderr_tail, peak_data, memory_bytes: 1 << 30 }
    }

    #[test]
    fn an_exhausted_stack_or_memory_is_distinguished_from_another_crash() {
        let refused = trace(6, "memory allocation of 4096 bytes failed", 0);
        let deep = trace(6, "thread 'reading' (7) has overflowed its stack", 1 << 30);
        assert_eq!(WorkerEnd::classify(deep), WorkerEnd::TooDeep);
        let large = trace(11, "", 1 << 30);
        let small = trace(11, "", 1 << 20);
        assert_eq!(WorkerEnd::classify(refused), WorkerEnd::MemoryLimit(1 << 30));
        assert_eq!(WorkerEnd::classify(large), WorkerEnd::MemoryLimit(1 << 30));
        assert_eq!(WorkerEnd::classify(small), WorkerEnd::Crashed(small.status));
    }

    #[test]
    fn each_end_has_its_own_words() {
        let words = |end: WorkerEnd| end.into_error("").to_string();
        assert!(words(WorkerEnd::TimeLimit(Duration::from_secs(20))).contains("time limit of 20 s"));
        assert!(words(WorkerEnd::MemoryLimit(1 << 30)).contains("memory limit of 1024 MiB"));
        assert!(words(WorkerEnd::Crashed(Some(ExitStatus::from_raw(9)))).contains("crashed (signal 9)"));
        assert_eq!(WorkerEnd::NeverStarted.into_error("").code(), "reader_unavailable");
    }
}
