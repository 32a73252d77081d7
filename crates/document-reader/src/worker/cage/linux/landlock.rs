//! Landlock: the kernel's rules about files, TCP and other processes (Linux 5.13 on, each part from its
//! own version; <https://docs.kernel.org/userspace-api/landlock.html>).

use landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, RestrictionStatus, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use crate::cage_report::{Hold, HoldName};
use crate::fonts::FONT_FOLDERS;

/// What is asked for; a kernel that knows less gives what it knows.
const ASKED: ABI = ABI::V6;

/// Leaves the fonts to be read, which pdfium opens as pages need them, and nothing to be written, connected
/// or signalled. The library itself is loaded before and not opened again.
pub fn close() -> [Hold; 3] {
    let status = restrict().map_err(|error| error.to_string());
    let since = |abi: ABI, linux: &str| match &status {
        Err(reason) => Err(reason.clone()),
        Ok(status) => held(status, abi, linux),
    };
    [
        Hold::after(HoldName::FileSystem, since(ABI::V1, "5.13")),
        Hold::after(HoldName::Network, since(ABI::V4, "6.7")),
        Hold::after(HoldName::OtherProcesses, since(ABI::V6, "6.12")),
    ]
}

fn restrict() -> Result<RestrictionStatus, RulesetError> {
    let to_read = AccessFs::ReadFile | AccessFs::ReadDir;
    Ruleset::default()
        .handle_access(AccessFs::from_all(ASKED))?
        .handle_access(AccessNet::from_all(ASKED))?
        .scope(Scope::from_all(ASKED))?
        .create()?
        .add_rules(path_beneath_rules(FONT_FOLDERS, to_read))?
        .restrict_self()
}

fn held(status: &RestrictionStatus, abi: ABI, linux: &str) -> Result<(), String> {
    match status.landlock {
        LandlockStatus::NotImplemented => {
            Err("this kernel has no Landlock, or a container hides it".to_owned())
        }
        LandlockStatus::NotEnabled => Err("Landlock is switched off in this kernel".to_owned()),
        _ if status.ruleset == RulesetStatus::NotEnforced => Err("the kernel did not enforce it".to_owned()),
        LandlockStatus::Available { effective_abi, .. } if effective_abi < abi => {
            Err(format!("Landlock has it from Linux {linux} on"))
        }
        LandlockStatus::Available { .. } => Ok(()),
    }
}
