//! The restrictions that only Linux has, in an order in which none prevents the next.

mod landlock;
mod privileges;
mod system_calls;

use crate::cage_report::{Hold, HoldName, HoldState};
use crate::worker::cage::Inherited;
use crate::worker::library_file::LibraryFile;

/// Applies the restrictions that the kernel lets a process put on itself; reading libraries stays
/// possible.
pub fn close_outer(inherited: &Inherited, library: Option<&LibraryFile>) -> Vec<Hold> {
    let mut holds = vec![Hold::after(HoldName::NewPrivileges, privileges::forbid_new())];
    holds.extend(landlock::close_outer(library.map(LibraryFile::file)));
    holds.push(Hold::after(HoldName::Capabilities, privileges::drop_capabilities()));
    let filtered = system_calls::close();
    holds.push(Hold::after(HoldName::InheritedFiles, out_of_reach(inherited)));
    holds.push(Hold::after(HoldName::SystemCalls, filtered));
    holds
}

/// Also forbids reading libraries. If Landlock is not active, or a pipe was inherited (Landlock
/// does not cover pipes), it forbids opening any file; pages whose fonts are not embedded are then
/// drawn with pdfium's own typefaces.
pub fn close_inner(inherited: &Inherited, holds: &mut [Hold], other_thread: Result<(), String>) {
    let files_are_guarded =
        is_closed_by(holds, HoldName::FileSystem, close_inner_of_thread().and(other_thread));
    if !(files_are_guarded && inherited.have_paths()) {
        is_closed_by(holds, HoldName::SystemCalls, system_calls::refuse_opening());
    }
}

/// Forbids reading libraries to this thread: Landlock applies to a thread and to the threads it
/// starts.
///
/// # Errors
/// Why the restriction is not active, as text for people.
pub fn close_inner_of_thread() -> Result<(), String> {
    landlock::close_inner()
}

/// Records the result of a restriction's second part, and returns whether both parts are active.
fn is_closed_by(holds: &mut [Hold], name: HoldName, closed: Result<(), String>) -> bool {
    let Some(hold) = holds.iter_mut().find(|hold| hold.name == name) else {
        return false;
    };
    if let (Err(reason), HoldState::Holds) = (closed, &hold.state) {
        hold.state = HoldState::Missing { reason };
    }
    hold.state == HoldState::Holds
}

/// Nothing was inherited, or it is made unusable, independently of the other system calls.
fn out_of_reach(inherited: &Inherited) -> Result<(), String> {
    inherited.are_none().or_else(|reason| match inherited.numbers() {
        [] => Err(reason),
        numbers => system_calls::guard(numbers).map_err(|error| format!("{reason}: {error}")),
    })
}
