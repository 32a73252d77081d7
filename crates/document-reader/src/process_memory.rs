//! The memory use of a worker, from Linux's `/proc`; unknown on other systems.

use crate::reading_stack;

/// The memory of one worker at one moment, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessMemory {
    /// Resident memory.
    pub resident: u64,
    /// Allocated data without the stack that the worker reads on: what `RLIMIT_DATA` limits.
    pub data: u64,
}

impl ProcessMemory {
    /// The memory of a running process.
    pub fn of(process: u32) -> Option<Self> {
        let text = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
        Self::parse(&text, rustix::param::page_size() as u64)
    }

    /// proc(5): size, resident, shared, text, lib, data; in pages.
    fn parse(text: &str, page_bytes: u64) -> Option<Self> {
        let pages: Vec<u64> = text.split_whitespace().map_while(|number| number.parse().ok()).collect();
        let bytes = |index: usize| pages.get(index).map(|count| count.saturating_mul(page_bytes));
        Some(Self { resident: bytes(1)?, data: bytes(5)?.saturating_sub(reading_stack::BYTES as u64) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_and_the_sixth_number_count() {
        let stack = reading_stack::BYTES / 4096;
        let memory = ProcessMemory::parse(&format!("10 4 3 2 0 {} 0\n", 7 + stack), 4096);
        assert_eq!(memory, Some(ProcessMemory { resident: 16384, data: 28672 }));
        assert_eq!(ProcessMemory::parse("10 4", 4096), None);
    }
}
