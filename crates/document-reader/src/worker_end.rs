//! Why a worker is no more, in words for the caller.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use fieldmark_domain::ports::ReadError;

use crate::reading_stack;

/// Rust's runtime says this before it aborts; it is the surest sign of an exhausted limit.
const ALLOCATION_FAILED: &str = "memory allocation of";

/// What ended a worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerEnd {
    /// It never said that it is a worker.
    NeverStarted,
    /// It was killed because its time was over.
    TimeLimit(Duration),
    /// It was killed, or killed itself, over the memory that it may take.
    MemoryLimit(u64),
    /// It ended itself because the file's structure goes deeper than its stack.
    TooDeep,
    /// It ended by itself or by somebody else's signal.
    Crashed(Option<ExitStatus>),
    /// It said what no worker says, and was killed.
    Misbehaved,
}

/// The name of an end, for those who count, when nothing befell the worker: it is not wanted any more.
pub const DISMISSED: &str = "dismissed";
/// The caller left, and the worker was killed in the middle of the file.
pub const ABANDONED: &str = "abandoned";
/// It has read many files, or grown large.
pub const RETIRED: &str = "retired";
/// It ended by itself while no file was there.
pub const ENDED_IDLE: &str = "ended_idle";

/// What is known of a worker that ended by itself.
#[derive(Debug, Clone, Copy)]
pub struct Remains<'a> {
    /// How it ended, when that is known.
    pub status: Option<ExitStatus>,
    /// The end of what it wrote to its standard error.
    pub last_words: &'a str,
    /// The most memory that it was seen to have asked for, in bytes.
    pub peak_data: u64,
    /// What it may have asked for, in bytes.
    pub memory_bytes: u64,
}

impl WorkerEnd {
    /// Tells an exhausted stack or memory from another crash. A library that is refused memory crashes in its own
    /// way: it counts as exhausted when most of the limit had been asked for.
    pub fn tell(remains: Remains<'_>) -> Self {
        let by_signal = remains.status.is_some_and(|status| status.signal().is_some());
        let near_limit = remains.peak_data > remains.memory_bytes / 4 * 3;
        if by_signal && remains.last_words.contains(reading_stack::EXHAUSTED) {
            Self::TooDeep
        } else if by_signal && (near_limit || remains.last_words.contains(ALLOCATION_FAILED)) {
            Self::MemoryLimit(remains.memory_bytes)
        } else {
            Self::Crashed(remains.status)
        }
    }

    /// One of a few names, for those who count ends.
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

    /// The caller's error. Only a worker that never was one is not the file's fault.
    pub fn into_error(self, last_words: &str) -> ReadError {
        let reason = match self {
            Self::NeverStarted => {
                let said = last_words.trim();
                let said = if said.is_empty() { "it said nothing" } else { said };
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
            Self::TooDeep => "its structure is nested more deeply than is read".to_owned(),
            Self::Crashed(status) => format!("the process that read it crashed{}", manner(status)),
            Self::Misbehaved => "the process that read it gave an answer that makes no sense".to_owned(),
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

    fn remains(signal: i32, last_words: &'static str, peak_data: u64) -> Remains<'static> {
        let status = Some(ExitStatus::from_raw(signal));
        Remains { status, last_words, peak_data, memory_bytes: 1 << 30 }
    }

    #[test]
    fn an_exhausted_stack_or_memory_is_told_from_another_crash() {
        let refused = remains(6, "memory allocation of 4096 bytes failed", 0);
        let deep = remains(6, "thread 'reading' (7) has overflowed its stack", 1 << 30);
        assert_eq!(WorkerEnd::tell(deep), WorkerEnd::TooDeep);
        let large = remains(11, "", 1 << 30);
        let small = remains(11, "", 1 << 20);
        assert_eq!(WorkerEnd::tell(refused), WorkerEnd::MemoryLimit(1 << 30));
        assert_eq!(WorkerEnd::tell(large), WorkerEnd::MemoryLimit(1 << 30));
        assert_eq!(WorkerEnd::tell(small), WorkerEnd::Crashed(small.status));
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
