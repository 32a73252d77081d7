//! Finds libpdfium for tests.

use std::env;
use std::path::{Path, PathBuf};

/// The environment variable with the library's path.
pub const SETTING: &str = "FIELDMARK_READER__PDFIUM";

/// libpdfium was not found. Tests that need it fail with this error; they are never skipped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} does not exist: run `cargo xtask pdfium`, or name a library in {SETTING}", .looked_for.display())]
pub struct PdfiumMissing {
    /// The expected file.
    pub looked_for: PathBuf,
}

/// The library from the environment, or else from the workspace's data folder: an absolute path.
///
/// # Errors
/// When that file does not exist.
pub fn library() -> Result<PathBuf, PdfiumMissing> {
    let named = env::var_os(SETTING).filter(|value| !value.is_empty()).map(PathBuf::from);
    let path = named.unwrap_or_else(|| workspace().join("data/libpdfium.so"));
    existing(std::path::absolute(&path).unwrap_or(path))
}

fn existing(path: PathBuf) -> Result<PathBuf, PdfiumMissing> {
    if path.exists() { Ok(path) } else { Err(PdfiumMissing { looked_for: path }) }
}

/// The workspace's folder: cargo sets the tested package's folder at run time, two levels below it.
fn workspace() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = package.as_deref().unwrap_or(own);
    package.ancestors().nth(2).unwrap_or(package).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_says_how_to_get_it() {
        let error = existing(PathBuf::from("/nowhere/libpdfium.so")).unwrap_err().to_string();
        assert!(error.contains("/nowhere/libpdfium.so") && error.contains("cargo xtask pdfium"), "{error}");
    }

    #[test]
    fn the_workspace_is_the_folder_with_the_lock_file() {
        assert!(workspace().join("Cargo.lock").exists());
    }
}
