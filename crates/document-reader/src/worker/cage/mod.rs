//! The restrictions that a worker puts on itself before it reads a user's file (its cage), so that
//! a file that takes over the worker can do almost nothing.
//!
//! The cage is closed in two steps. The outer cage is closed before libpdfium is loaded, because
//! the library's code runs on loading: only the library, the system's libraries and fonts can be
//! read. After loading, the inner cage also forbids reading libraries.
//!
//! Reading continues when a restriction is unavailable (an old kernel, a container's own rules, not
//! Linux); [`Cage::report`] reports it.
//!
//! Some mechanisms are left out on purpose. `PR_SET_PDEATHSIG` kills a child when the *thread* that
//! started it ends, which threads of a runtime do at any time; the closed pipe already signals the
//! end of the process. `RLIMIT_NPROC` counts all processes and threads of the user, and
//! `RLIMIT_CPU` the whole life of a worker rather than one file: either would fail at random. The
//! filter of system calls and the reader's time limit serve their purpose.

mod attempts;
mod inherited;
mod limits;
#[cfg(target_os = "linux")]
mod linux;

use crate::cage_report::{CageReport, Hold, HoldName};
use crate::environment;
use crate::worker::library_file::LibraryFile;
pub use inherited::Inherited;

/// A cage in which libraries can still be read.
#[derive(Debug)]
pub struct OuterCage {
    holds: Vec<Hold>,
    inherited: Inherited,
}

impl OuterCage {
    /// Closes the cage around this process, which must have a single thread: some restrictions
    /// apply to one thread, and threads that start later inherit them.
    pub fn close(memory_bytes: u64, inherited: Inherited, library: Option<&LibraryFile>) -> Self {
        let mut holds = vec![
            Hold::after(HoldName::Environment, environment_is_clear()),
            Hold::after(HoldName::WorkingFolder, leave_folder()),
        ];
        holds.extend(limits::apply(memory_bytes));
        holds.extend(close_outer(&inherited, library));
        Self { holds, inherited }
    }

    /// Removes what only loading the library needed: from this thread, and from all threads where
    /// the system has no other way. `other_thread` is the result of the other thread's
    /// [`close_inner_of_thread`].
    pub fn close_inner(mut self, other_thread: Result<(), String>) -> Cage {
        close_inner(&self.inherited, &mut self.holds, other_thread);
        Cage { holds: self.holds }
    }
}

/// A closed cage.
#[derive(Debug)]
pub struct Cage {
    holds: Vec<Hold>,
}

impl Cage {
    /// Tests the cage now and reports its restrictions.
    pub fn report(&self) -> CageReport {
        CageReport { holds: self.holds.clone(), attempts: attempts::make() }
    }
}

/// The reader starts its workers without the environment; this only checks that.
fn environment_is_clear() -> Result<(), String> {
    let left = std::env::vars_os().filter(|(name, _)| !environment::is_needed(name)).count();
    if left == 0 { Ok(()) } else { Err(format!("{left} variables were inherited")) }
}

fn leave_folder() -> Result<(), String> {
    std::env::set_current_dir("/").map_err(|error| error.to_string())
}

#[cfg(target_os = "linux")]
pub use linux::close_inner_of_thread;
#[cfg(target_os = "linux")]
use linux::{close_inner, close_outer};

#[cfg(not(target_os = "linux"))]
fn close_outer(inherited: &Inherited, _library: Option<&LibraryFile>) -> Vec<Hold> {
    let only_linux = |name| Hold::after(name, Err("only Linux has it".to_owned()));
    let mut holds = vec![Hold::after(HoldName::InheritedFiles, inherited.are_none())];
    let others = [
        HoldName::NewPrivileges,
        HoldName::Capabilities,
        HoldName::FileSystem,
        HoldName::Network,
        HoldName::OtherProcesses,
        HoldName::SystemCalls,
    ];
    holds.extend(others.map(only_linux));
    holds
}

#[cfg(not(target_os = "linux"))]
fn close_inner(_inherited: &Inherited, _holds: &mut [Hold], _other_thread: Result<(), String>) {}

/// Does nothing: only Linux has it.
#[cfg(not(target_os = "linux"))]
pub const fn close_inner_of_thread() -> Result<(), String> {
    Ok(())
}
