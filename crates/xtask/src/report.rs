//! The output of a task for people. A closed pipe does not stop a build.

use std::io::{Write, stderr, stdout};

/// Prints a line.
pub fn line(text: &str) {
    let _ = writeln!(stdout().lock(), "{text}");
}

/// Prints a line that announces the next step; it is highlighted among the output of other
/// programs.
pub fn step(text: &str) {
    let _ = writeln!(stdout().lock(), "==> {text}");
}

/// Prints a line about a fault.
pub fn complain(text: &str) {
    let _ = writeln!(stderr().lock(), "{text}");
}
