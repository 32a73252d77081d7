//! What people see of a chore. A closed pipe is no reason to stop a build.

use std::io::{Write, stderr, stdout};

/// A line of output.
pub fn line(text: &str) {
    let _ = writeln!(stdout().lock(), "{text}");
}

/// A line that says what comes next; it stands out among the output of the programs that are run.
pub fn step(text: &str) {
    let _ = writeln!(stdout().lock(), "==> {text}");
}

/// A line about something that is wrong.
pub fn complain(text: &str) {
    let _ = writeln!(stderr().lock(), "{text}");
}
