//! `cargo xtask dist`: one tarball that runs on a machine without Rust.
//!
//! It holds the program, libpdfium, completions, the manual page and the licences of everything in it. The same commit
//! makes the same names, owners and times in the archive.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{licences, pdfium, process, report, workspace};

/// The shells and the names of their completion files.
const COMPLETIONS: [(&str, &str); 3] =
    [("bash", "fieldmark.bash"), ("zsh", "_fieldmark"), ("fish", "fieldmark.fish")];

/// Files of the repository that go into the archive, from the workspace's folder, and their names there.
const FILES: [(&str, &str); 8] = [
    ("docs/deploy/archive.md", "README.md"),
    ("docs/command.md", "docs/command.md"),
    ("docs/security.md", "docs/security.md"),
    ("docs/service.md", "docs/service.md"),
    ("docs/settings.md", "docs/settings.md"),
    ("docs/values.md", "docs/values.md"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// Builds the archive in `archives/` of the target folder, alone there with its SHA-256 beside it.
///
/// # Errors
/// When libpdfium cannot be downloaded, something does not build, or `tar` fails.
pub fn run() -> Result<()> {
    // The pinned one, whatever the environment names: its licences go with it.
    let library = pdfium::fetch()?;
    report::step("building fieldmark with link-time optimisation (some minutes)");
    process::run(&mut process::cargo(["build", "--profile", "dist", "--package", "fieldmark"])?)?;
    let program = workspace::target_folder()?.join("dist").join("fieldmark");
    let name = format!("fieldmark-{}-{}", env!("CARGO_PKG_VERSION"), platform());
    let unpacked = workspace::target_folder()?.join("archives-unpacked");
    let folder = unpacked.join(&name);
    report::step("gathering the archive's files");
    gather(&folder, &program, &library)?;
    let archive = pack(&folder, &name)?;
    report::line(&format!("{} ({})", archive.display(), size(&archive)?));
    Ok(())
}

fn platform() -> String {
    format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}

fn gather(folder: &Path, program: &Path, library: &Path) -> Result<()> {
    empty(folder)?;
    copy(program, &folder.join("fieldmark"))?;
    copy(library, &folder.join("libpdfium.so"))?;
    create(&folder.join("docs"))?;
    for (file, name) in FILES {
        copy(&workspace::root()?.join(file), &folder.join(name))?;
    }
    for (shell, name) in COMPLETIONS {
        write_output(program, &["completions", shell], &folder.join("completions").join(name))?;
    }
    process::run(process::command(program, ["manual"])?.arg(folder.join("man").join("man1")))?;
    licences::write(&folder.join("licenses"))
}

/// What the program prints, as a file.
fn write_output(program: &Path, arguments: &[&str], place: &Path) -> Result<()> {
    let text = process::output(&mut process::command(program, arguments)?)?;
    create(place.parent().context("a file lies in a folder")?)?;
    fs::write(place, text).with_context(|| format!("cannot write {}", place.display()))
}

fn pack(folder: &Path, name: &str) -> Result<PathBuf> {
    let archives = workspace::target_folder()?.join("archives");
    empty(&archives)?;
    let archive = archives.join(format!("{name}.tar.gz"));
    let mut tar = process::command("tar", ["--create", "--gzip", "--file"])?;
    tar.arg(&archive).args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]);
    // Whoever builds, everybody may read, and only the owner may write.
    tar.arg("--mode=u+rwX,go+rX,go-w");
    tar.arg(format!("--mtime=@{}", committed_at()?)).arg("--directory");
    tar.arg(folder.parent().context("a folder lies in a folder")?).arg(name);
    process::run(&mut tar)?;
    let sum = fs::read(&archive).map(Sha256::digest)?;
    let digits: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    let beside = archive.with_file_name(format!("{name}.tar.gz.sha256"));
    fs::write(&beside, format!("{digits}  {name}.tar.gz\n"))
        .with_context(|| format!("cannot write {}", beside.display()))?;
    Ok(archive)
}

/// When the commit was made, in seconds since 1970; 0 outside a repository.
fn committed_at() -> Result<u64> {
    let mut git = process::command("git", ["log", "-1", "--format=%ct"])?;
    Ok(process::output(&mut git).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0))
}

fn size(file: &Path) -> Result<String> {
    let bytes = fs::metadata(file)?.len();
    Ok(format!("{} MB", bytes.div_ceil(1_000_000)))
}

/// An empty folder, whatever was in it.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    create(folder)
}

fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
