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
    let opening = if files_are_guarded { Opening::ToRead } else { Opening::Never };
    let filtered = system_calls::close(opening, inherited.numbers());
    // What was inherited is there or is useless: the filter refuses its use.
    let inherited = inherited.are_none().or_else(|reason| match &filtered {
        Ok(()) if !inherited.numbers().is_empty() => Ok(()),
        _ => Err(reason),
    });
    holds.push(Hold::after(HoldName::InheritedFiles, inherited));
    holds.push(Hold::after(HoldName::SystemCalls, filtered));
    holds
}
