//! Gets libpdfium: no crate and no Debian package ships it, a wheel on PyPI does.
//!
//! Only this fetches, and only when somebody asks: nothing is fetched when documents are read.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{packages, process, report, workspace};

/// The file, pinned like a dependency; `pdfium.requirements.txt` pins the wheel around it.
const LIBRARY_SHA256: &str = "c76dc0f7839644bfa7c3e3107a6068df714e339c861bb7d4519907b821d427f9";
/// Its name wherever it lies.
const LIBRARY: &str = "libpdfium.so";
const PLACE_IN_WHEEL: &str = "pypdfium2_raw/libpdfium.so";
const REQUIREMENTS: &str = "crates/xtask/pdfium.requirements.txt";

/// The setting that names another library.
pub const SETTING: &str = "FIELDMARK_READER__PDFIUM";

/// Whether a library is here already: the pinned one, or one that the environment names.
pub fn is_here() -> bool {
    named_by_environment().is_some_and(|path| path.exists())
        || place().is_ok_and(|place| holds(&place, LIBRARY_SHA256))
}

/// Sees to it that a library is here, and says where: an absolute path.
///
/// # Errors
/// When it has to be fetched and cannot be.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = named_by_environment() {
        if !path.exists() {
            bail!("{SETTING} names {}, and no file is there", path.display());
        }
        return Ok(path);
    }
    fetch()
}

/// Puts the pinned library into the data folder and beside the programs that cargo builds, where they find it
/// from any folder; does nothing where it is.
///
/// # Errors
/// On another platform, without pip, without the network, and when a hash differs.
pub fn fetch() -> Result<PathBuf> {
    let place = place()?;
    if !holds(&place, LIBRARY_SHA256) {
        download(&place)?;
    }
    report::line(&format!("libpdfium is in {}", place.display()));
    for profile in ["debug", "release"] {
        let folder = workspace::target_folder()?.join(profile);
        if !holds(&folder.join(LIBRARY), LIBRARY_SHA256) {
            fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
            place_beside(&folder.join("fieldmark"), &place)?;
        }
        report::line(&format!("and beside the programs of {}", folder.display()));
    }
    Ok(place)
}

fn download(place: &Path) -> Result<()> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!(
            "libpdfium is pinned for x86-64 Linux alone. Get a libpdfium (build 8149 or near it) for this \
             machine, for instance out of pypdfium2's wheel, and name it: export {SETTING}=/path/to/libpdfium.so"
        );
    }
    let folder = workspace::data_folder()?;
    let download = folder.join(format!("pdfium-download-{}", std::process::id()));
    fs::create_dir_all(&download).with_context(|| format!("cannot make {}", download.display()))?;
    let outcome = download_into(&download).and_then(|wheel| take_out(&wheel, LIBRARY_SHA256, place));
    let _ = fs::remove_dir_all(&download);
    outcome
}

/// Copies the library to where a built program finds it from any folder: beside itself.
///
/// # Errors
/// When it cannot be copied.
pub fn place_beside(program: &Path, library: &Path) -> Result<()> {
    let place = program.with_file_name(LIBRARY);
    let partial = program.with_file_name("libpdfium.so.partial");
    fs::copy(library, &partial)
        .and_then(|_| fs::rename(&partial, &place))
        .with_context(|| format!("cannot copy {} to {}", library.display(), place.display()))
}

fn place() -> Result<PathBuf> {
    Ok(workspace::data_folder()?.join(LIBRARY))
}

fn named_by_environment() -> Option<PathBuf> {
    let named = env::var_os(SETTING).filter(|value| !value.is_empty())?;
    std::path::absolute(named).ok()
}

/// Has pip download the wheel; pip checks its hash.
fn download_into(folder: &Path) -> Result<PathBuf> {
    let pip = packages::pip().ok_or_else(|| {
        anyhow!(
            "pip is missing, and libpdfium comes in a wheel. On Debian and Ubuntu: {}\n\
             Or name a libpdfium that you have: export {SETTING}=/path/to/libpdfium.so",
            packages::PIP_LINE
        )
    })?;
    let (program, first) = pip.split_first().context("pip is a command of at least one word")?;
    report::step("getting libpdfium from PyPI");
    let arguments: Vec<OsString> = first
        .iter()
        .copied()
        .chain(["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"])
        .chain(["--only-binary=:all:", "--requirement", REQUIREMENTS, "--dest"])
        .map(OsString::from)
        .chain([folder.as_os_str().to_owned()])
        .collect();
    process::run(&mut process::command(program, arguments)?)?;
    wheel_in(folder)
}

fn wheel_in(folder: &Path) -> Result<PathBuf> {
    fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .context("pip downloaded no wheel")
}

/// Takes the library out of the wheel and, when its hash is right, moves it to its place in one step,
/// so that no other program ever sees half of it.
fn take_out(wheel: &Path, sha256: &str, place: &Path) -> Result<()> {
    let file = File::open(wheel).with_context(|| format!("cannot open {}", wheel.display()))?;
    let library = member(file, PLACE_IN_WHEEL).with_context(|| format!("in {}", wheel.display()))?;
    let found = hex(&Sha256::digest(&library));
    if found != sha256 {
        bail!("the library in the wheel has the SHA-256 {found}, and {sha256} is expected");
    }
    let partial = wheel.with_file_name("libpdfium.so.partial");
    fs::write(&partial, &library).with_context(|| format!("cannot write {}", partial.display()))?;
    fs::rename(&partial, place).with_context(|| format!("cannot write {}", place.display()))
}

fn member(archive: impl Read + Seek, name: &str) -> Result<Vec<u8>> {
    let mut archive = ZipArchive::new(archive)?;
    let mut bytes = Vec::new();
    archive.by_name(name).with_context(|| format!("no {name}"))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn holds(path: &Path, sha256: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| hex(&Sha256::digest(bytes)) == sha256)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const SHA256_OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn wheel(folder: &Path, member: &str, content: &[u8]) -> PathBuf {
        let path = folder.join("pdfium.whl");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        archive.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
        archive.finish().unwrap();
        path
    }

    #[test]
    fn the_library_is_taken_out_when_its_hash_is_right() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("libpdfium.so");
        take_out(&wheel(folder.path(), PLACE_IN_WHEEL, b"abc"), SHA256_OF_ABC, &place).unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"abc");
        assert!(holds(&place, SHA256_OF_ABC));
    }

    #[test]
    fn another_library_is_refused_and_the_old_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("libpdfium.so");
        fs::write(&place, b"old").unwrap();
        let refusal = take_out(&wheel(folder.path(), PLACE_IN_WHEEL, b"abd"), SHA256_OF_ABC, &place);
        assert!(format!("{:#}", refusal.unwrap_err()).contains(SHA256_OF_ABC));
        assert_eq!(fs::read(&place).unwrap(), b"old");
    }

    #[test]
    fn a_wheel_without_the_library_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refusal =
            take_out(&wheel(folder.path(), "other", b"abc"), SHA256_OF_ABC, &folder.path().join("x"));
        assert!(format!("{:#}", refusal.unwrap_err()).contains(PLACE_IN_WHEEL));
    }

    #[test]
    fn a_program_finds_the_library_beside_itself() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("downloaded.so");
        fs::write(&library, b"abc").unwrap();
        let program = folder.path().join("fieldmark");
        place_beside(&program, &library).unwrap();
        place_beside(&program, &library).unwrap();
        assert_eq!(fs::read(folder.path().join("libpdfium.so")).unwrap(), b"abc");
        assert!(!folder.path().join("libpdfium.so.partial").exists());
    }

    #[test]
    fn the_requirement_names_one_version_and_one_hash() {
        let text = include_str!("../pdfium.requirements.txt");
        let requirement: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(requirement.len(), 1);
        assert!(requirement[0].contains("==") && requirement[0].contains("--hash=sha256:"));
    }
}
