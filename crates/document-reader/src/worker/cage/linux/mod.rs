//! The holds that only Linux has, in the order in which each leaves the next one possible.

mod landlock;
mod privileges;
mod system_calls;

use crate::cage_report::{Hold, HoldName, HoldState};
use crate::worker::cage::Inherited;
use crate::worker::library_file::LibraryFile;

/// Closes what the kernel lets a process close around itself, but for the reading of libraries.
pub fn close_outer(inherited: &Inherited, library: Option<&LibraryFile>) -> Vec<Hold> {
    let mut holds = vec![Hold::after(HoldName::NewPrivileges, privileges::forbid_new())];
    holds.extend(landlock::close_outer(library.map(LibraryFile::file)));
    holds.push(Hold::after(HoldName::Capabilities, privileges::drop_capabilities()));
    let filtered = system_calls::close();
    holds.push(Hold::after(HoldName::InheritedFiles, out_of_reach(inherited)));
    holds.push(Hold::after(HoldName::SystemCalls, filtered));
    holds
}

/// Forbids libraries, too; and every file where nobody watches which one is opened, or a pipe was handed down,
/// which Landlock does not know. Pages are drawn with pdfium's own typefaces then, where a file does not bring
/// its own.
pub fn close_inner(inherited: &Inherited, holds: &mut [Hold], other_thread: Result<(), String>) {
    let files_are_guarded =
        is_closed_by(holds, HoldName::FileSystem, close_inner_of_thread().and(other_thread));
    if !(files_are_guarded && inherited.have_paths()) {
        is_closed_by(holds, HoldName::SystemCalls, system_calls::refuse_opening());
    }
}

/// Forbids libraries to this thread: what Landlock forbids, it forbids to a thread and those that it starts.
///
/// # Errors
/// Why not, for people.
pub fn close_inner_of_thread() -> Result<(), String> {
    landlock::close_inner()
}

/// Adds what became of the second part of a hold, and tells whether both parts hold.
fn is_closed_by(holds: &mut [Hold], name: HoldName, closed: Result<(), String>) -> bool {
    let Some(hold) = holds.iter_mut().find(|hold| hold.name == name) else {
        return false;
    };
    if let (Err(reason), HoldState::Holds) = (closed, &hold.state) {
        hold.state = HoldState::Missing { reason };
    }
    hold.state == HoldState::Holds
}

/// What was inherited is not there or is useless, whether the other calls could be closed or not.
fn out_of_reach(inherited: &Inherited) -> Result<(), String> {
    inherited.are_none().or_else(|reason| match inherited.numbers() {
        [] => Err(reason),
        numbers => system_calls::guard(numbers).map_err(|error| format!("{reason}: {error}")),
    })
}
