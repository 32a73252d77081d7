//! Everything about the code that is not a test: exactly what a change must pass.

use anyhow::{Result, bail};

use crate::{arrows, cargo_tools, process, report};

/// A check's name and how to run it.
type Check = (&'static str, fn() -> Result<()>);

/// Quick ones first.
const CHECKS: [Check; 5] = [
    ("format", || cargo(&["fmt", "--all", "--check"])),
    ("who may use whom", arrows::run),
    ("licences, bans and sources", || {
        process::run(cargo_tools::deny()?.args(["--workspace", "check", "bans", "licenses", "sources"]))
    }),
    // With the doors for the fuzzer, which nothing else here compiles.
    ("lints", || {
        let with_doors = ["--all-targets", "--features", "fieldmark-document-reader/fuzzing"];
        cargo(&[&["clippy", "--workspace"][..], &with_doors, &["--", "--deny", "warnings"]].concat())
    }),
    ("documentation", documentation),
];

/// Gets the tools, then runs every check to its end, so that one look shows all that is wrong.
///
/// # Errors
/// When a tool is missing, and when a check failed; the error names all that did.
pub fn run() -> Result<()> {
    cargo_tools::ensure()?;
    let failures = failures();
    if !failures.is_empty() {
        bail!("failed: {}", failures.join(", "));
    }
    Ok(())
}

/// Runs every check and names those that failed.
pub fn failures() -> Vec<&'static str> {
    let mut failures = Vec::new();
    for (name, check) in CHECKS {
        report::step(name);
        if let Err(error) = check() {
            report::complain(&format!("{name}: {error:#}"));
            failures.push(name);
        }
    }
    failures
}

fn cargo(arguments: &[&str]) -> Result<()> {
    process::run(&mut process::cargo(arguments)?)
}

fn documentation() -> Result<()> {
    let flags = std::env::var("RUSTDOCFLAGS").unwrap_or_default();
    let mut command = process::cargo(["doc", "--workspace", "--no-deps"])?;
    process::run(command.env("RUSTDOCFLAGS", format!("{flags} --deny warnings").trim()))
}
