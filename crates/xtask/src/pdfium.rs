//! Gets libpdfium: no crate and no Debian package ships it, a wheel on PyPI does.
//!
//! Only this fetches, and only when somebody asks: nothing is fetched when documents are read.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::wheel::WheelFile;
use crate::{report, workspace};

/// The library, pinned like a dependency.
const PDFIUM: WheelFile = WheelFile {
    what: "libpdfium",
    requirements: "crates/xtask/pdfium.requirements.txt",
    member: "pypdfium2_raw/libpdfium.so",
    sha256: "c76dc0f7839644bfa7c3e3107a6068df714e339c861bb7d4519907b821d427f9",
};
/// Its name wherever it lies.
const LIBRARY: &str = "libpdfium.so";

/// The setting that names another library.
pub const SETTING: &str = "FIELDMARK_READER__PDFIUM";

/// Whether a library is here already: the pinned one, or one that the environment names.
pub fn is_here() -> bool {
    named_by_environment().is_some_and(|path| path.exists())
        || place().is_ok_and(|place| PDFIUM.is_at(&place))
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
    if !PDFIUM.is_at(&place) {
        download(&place)?;
    }
    report::line(&format!("libpdfium is in {}", place.display()));
    for profile in ["debug", "release"] {
        let folder = workspace::target_folder()?.join(profile);
        if !PDFIUM.is_at(&folder.join(LIBRARY)) {
            fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
            place_beside(&folder.join("fieldmark"), &place)?;
        }
        report::line(&format!("and beside the programs of {}", folder.display()));
    }
    Ok(place)
}

fn download(place: &Path) -> Result<()> {
    fs::create_dir_all(workspace::data_folder()?).context("cannot create the data folder")?;
    PDFIUM.fetch(place).with_context(|| {
        format!(
            "get a libpdfium (build 8149 or near it) for this machine, for instance out of pypdfium2's wheel, and \
             name it: export {SETTING}=/path/to/libpdfium.so"
        )
    })
}

/// Writes the licences of libpdfium and of the libraries in it into a folder. The wheel is downloaded for
/// them once; they stay in the data folder.
///
/// # Errors
/// When the wheel cannot be downloaded.
pub fn write_licences(folder: &Path) -> Result<()> {
    // Licences of parts that other platforms' builds have.
    const OTHERS: [&str; 3] = ["android", "musl", "v8_xfa"];
    let kept = workspace::data_folder()?.join(format!("licenses-of-{}", PDFIUM.sha256));
    if !kept.exists() {
        let partial = kept.with_extension("partial");
        fs::create_dir_all(&partial).with_context(|| format!("cannot create {}", partial.display()))?;
        PDFIUM.fetch_texts("/licenses/BUILD_LICENSES/", &OTHERS, &partial)?;
        fs::rename(&partial, &kept).with_context(|| format!("cannot create {}", kept.display()))?;
    }
    for entry in fs::read_dir(&kept)? {
        let path = entry?.path();
        fs::copy(&path, folder.join(path.file_name().unwrap_or_default()))
            .with_context(|| format!("cannot copy {}", path.display()))?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
