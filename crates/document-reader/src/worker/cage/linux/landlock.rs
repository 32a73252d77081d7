//! Landlock: the kernel's access rules for files, TCP and other processes (since Linux 5.13; each
//! part since its own version; <https://docs.kernel.org/userspace-api/landlock.html>).

use std::fs::File;
use std::path::PathBuf;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, RestrictionStatus, Ruleset,
    RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use crate::cage_report::{Hold, HoldName};
use crate::environment;
use crate::fonts::FONT_FOLDERS;

/// The requested version; an older kernel applies the parts that it supports.
const REQUESTED_ABI: ABI = ABI::V6;

/// Where systems keep libraries and the loader's list of them: libpdfium may need some. The folders
/// in `LD_LIBRARY_PATH` are added.
const SYSTEM_LIBRARIES: [&str; 9] = [
    "/etc/ld.so.cache",
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/nix/store",
    "/gnu/store",
];

/// Allows reading this library, the system's libraries and its fonts; forbids writing, connecting
/// and signalling.
pub fn close_outer(library: Option<&File>) -> [Hold; 3] {
    let status = restrict(library).map_err(|error| error.to_string());
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

/// Allows reading fonts only; pdfium opens them as pages need them.
///
/// # Errors
/// Why the restriction is not active, as text for people.
pub fn close_inner() -> Result<(), String> {
    let status = restrict_to_fonts().map_err(|error| error.to_string())?;
    held(&status, ABI::V1, "5.13")
}

fn restrict(library: Option<&File>) -> Result<RestrictionStatus, RulesetError> {
    let libraries: Vec<PathBuf> =
        SYSTEM_LIBRARIES.iter().map(PathBuf::from).chain(environment::library_folders()).collect();
    Ruleset::default()
        .handle_access(AccessFs::from_all(REQUESTED_ABI))?
        .handle_access(AccessNet::from_all(REQUESTED_ABI))?
        .scope(Scope::from_all(REQUESTED_ABI))?
        .create()?
        .add_rules(
            library.map(|library| Ok::<_, RulesetError>(PathBeneath::new(library, AccessFs::ReadFile))),
        )?
        .add_rules(path_beneath_rules(libraries, to_read()))?
        .add_rules(path_beneath_rules(FONT_FOLDERS, to_read()))?
        .restrict_self()
}

fn restrict_to_fonts() -> Result<RestrictionStatus, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(REQUESTED_ABI))?
        .create()?
        .add_rules(path_beneath_rules(FONT_FOLDERS, to_read()))?
        .restrict_self()
}

fn to_read() -> BitFlags<AccessFs> {
    AccessFs::ReadFile | AccessFs::ReadDir
}

fn held(status: &RestrictionStatus, abi: ABI, linux: &str) -> Result<(), String> {
    match status.landlock {
        LandlockStatus::NotImplemented => {
            Err("this kernel has no Landlock, or a container hides it".to_owned())
        }
        LandlockStatus::NotEnabled => Err("Landlock is switched off in this kernel".to_owned()),
        _ if status.ruleset == RulesetStatus::NotEnforced => Err("the kernel did not enforce it".to_owned()),
        LandlockStatus::Available { effective_abi, .. } if effective_abi < abi => {
            Err(format!("Landlock supports this since Linux {linux}"))
        }
        LandlockStatus::Available { .. } => Ok(()),
    }
}
