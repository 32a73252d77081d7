//! Privileges: those that a worker has and those that a program could give it.

use rustix::thread::{CapabilitySet, CapabilitySets, no_new_privs, set_capabilities, set_no_new_privs};

/// No program that is started gives more rights than the worker has.
pub fn forbid_new() -> Result<(), String> {
    set_no_new_privs(true).map_err(|error| error.to_string())?;
    match no_new_privs() {
        Ok(true) => Ok(()),
        Ok(false) => Err("the kernel forgot it".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Gives up what root may beyond other users, where the reader runs as root.
pub fn drop_capabilities() -> Result<(), String> {
    let none = CapabilitySet::empty();
    let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
    set_capabilities(None, sets).map_err(|error| error.to_string())
}
