//! The pip of this machine.

use crate::process::answers;

/// The line that brings pip.
pub const INSTALL_LINE: &str = "sudo apt-get install --yes python3-pip";

/// The pip that works here, in the order in which a virtual environment, Debian and others have it.
pub fn pip() -> Option<Vec<&'static str>> {
    const WAYS: [&[&str]; 3] = [&["python3", "-m", "pip"], &["pip3"], &["pip"]];
    WAYS.into_iter()
        .find(|way| {
            way.split_first().is_some_and(|(program, rest)| {
                answers(program, &rest.iter().copied().chain(["--version"]).collect::<Vec<_>>())
            })
        })
        .map(<[&str]>::to_vec)
}
