//! What a worker process may take, set by itself before it sees a file.

use std::io;

use rustix::process::{Resource, Rlimit, setrlimit};

/// Limits the memory that can be asked for, and forbids core dumps, which would hold the user's file.
///
/// `RLIMIT_DATA` counts what is written to (heap, private mappings), where `RLIMIT_AS` would also count
/// the address space that libraries merely reserve, and the executable's own pages.
pub fn apply(memory_bytes: u64) -> io::Result<()> {
    setrlimit(Resource::Data, fixed(memory_bytes))?;
    setrlimit(Resource::Core, fixed(0))?;
    Ok(())
}

const fn fixed(limit: u64) -> Rlimit {
    Rlimit { current: Some(limit), maximum: Some(limit) }
}
