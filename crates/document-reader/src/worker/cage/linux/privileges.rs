//! Privileges: those of the worker, and those that a started program could add.

use rustix::thread::{CapabilitySet, CapabilitySets, no_new_privs, set_capabilities, set_no_new_privs};

/// Makes sure that a started program gets no more privileges than the worker has.
pub fn forbid_new() -> Result<(), String> {
    set_no_new_privs(true).map_err(|error| error.to_string())?;
    match no_new_privs() {
        Ok(true) => Ok(()),
        Ok(false) => Err("the kernel does not report the setting as active".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Drops root's capabilities, for a reader that runs as root.
pub fn drop_capabilities() -> Result<(), String> {
    let none = CapabilitySet::empty();
    let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
    set_capabilities(None, sets).map_err(|error| error.to_string())
}
