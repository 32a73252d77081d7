//! The holds that only Linux has, in the order in which each leaves the next one possible.

mod landlock;
mod privileges;
mod system_calls;

use crate::cage_report::{Hold, HoldName, HoldState};
use crate::worker::cage::Inherited;
use system_calls::Opening;

/// Closes what the kernel lets a process close around itself.
pub fn close(inherited: &Inherited) -> Vec<Hold> {
    let mut holds = vec![Hold::after(HoldName::NewPrivileges, privileges::forbid_new())];
    holds.extend(landlock::close());
    let files_are_guarded =
        holds.iter().any(|hold| hold.name == HoldName::FileSystem && hold.state == HoldState::Holds);
    holds.push(Hold::after(HoldName::Capabilities, privileges::drop_capabilities()));
    let opening = if files_are_guarded && inherited.have_paths() { Opening::ToRead } else { Opening::Never };
    let filtered = system_calls::close(opening);
    holds.push(Hold::after(HoldName::InheritedFiles, out_of_reach(inherited)));
    holds.push(Hold::after(HoldName::SystemCalls, filtered));
    holds
}

/// What was inherited is not there or is useless, whether the other calls could be closed or not.
fn out_of_reach(inherited: &Inherited) -> Result<(), String> {
    inherited.are_none().or_else(|reason| match inherited.numbers() {
        [] => Err(reason),
        numbers => system_calls::guard(numbers).map_err(|error| format!("{reason}: {error}")),
    })
}
