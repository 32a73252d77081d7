//! The resource limits of a worker process.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::cage_report::{Hold, HoldName};
use crate::reading_stack;

/// The pipes, files of the libraries, and fonts, which pdfium opens one at a time.
const OPEN_FILES: u64 = 64;

/// Limits memory and open files, and forbids writing to files and core dumps, which would contain
/// the user's file.
///
/// `RLIMIT_DATA` counts writable memory (heap, private mappings). `RLIMIT_AS` would also count
/// address space that libraries only reserve, and the executable's own pages. The stack of the
/// reading thread comes in addition to the memory limit.
pub fn apply(memory_bytes: u64) -> [Hold; 4] {
    let limits = [
        (HoldName::Memory, Resource::Data, memory_bytes.saturating_add(reading_stack::BYTES as u64)),
        (HoldName::CoreDumps, Resource::Core, 0),
        (HoldName::FileSize, Resource::Fsize, 0),
        (HoldName::OpenFiles, Resource::Nofile, OPEN_FILES),
    ];
    limits.map(|(name, resource, limit)| Hold::after(name, lower(resource, limit)))
}

/// Limits can only be lowered: a limit that is already lower stays.
fn lower(resource: Resource, limit: u64) -> Result<(), String> {
    let limit = getrlimit(resource).maximum.map_or(limit, |maximum| maximum.min(limit));
    setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })
        .map_err(|error| error.to_string())
}
