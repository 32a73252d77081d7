//! Programs that must be on the machine: installed here as root on Debian, otherwise named.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{answers, command, run};
use crate::{cargo_tools, pdfium, pip, report};

/// What a test run wants of the machine, and the Debian package that brings it.
struct Need {
    what: &'static str,
    package: &'static str,
    is_met: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need { what: "a C compiler", package: "build-essential", is_met: || answers("cc", &["--version"]) },
    Need { what: "pip", package: "python3-pip", is_met: || pip::pip().is_some() },
    Need { what: "PostgreSQL's server", package: "postgresql", is_met: has_postgres },
    VENV,
];

/// For what tests use of Python's. Debian takes `ensurepip` out of Python, without which no environment has a pip.
const VENV: Need = Need {
    what: "Python's venv",
    package: "python3-venv",
    is_met: || answers("python3", &["-c", "import venv, ensurepip"]),
};

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
    let pip_has_nothing_to_fetch = pdfium::is_here() && cargo_tools::deny_needs_no_download();
    ensure(NEEDS.iter().filter(|need| !(need.package == "python3-pip" && pip_has_nothing_to_fetch)))
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
