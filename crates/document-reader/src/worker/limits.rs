//! What a worker process may take, set by itself before it sees a file.

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Limits the memory that can be asked for, and forbids core dumps, which would hold the user's file.
///
/// `RLIMIT_DATA` counts what is written to (heap, private mappings), where `RLIMIT_AS` would also count
/// the address space that libraries merely reserve, and the executable's own pages.
pub fn apply(memory_bytes: u64) -> io::Result<()> {
    lower(Resource::Data, memory_bytes)?;
    lower(Resource::Core, 0)
}

/// Limits can only be lowered: one that is lower already stays.
fn lower(resource: Resource, limit: u64) -> io::Result<()> {
    let limit = getrlimit(resource).maximum.map_or(limit, |maximum| maximum.min(limit));
    Ok(setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?)
}
