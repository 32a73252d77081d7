//! Paths of the workspace, its data folder, and cargo's output.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The workspace's folder. Cargo sets the package's folder at run time, which also works if two
/// clones share one target folder.
pub fn root() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.ancestors().nth(2).context("the workspace's folder is two above this package")?;
    Ok(root.to_owned())
}

/// The git-ignored folder for downloaded and generated files.
pub fn data_folder() -> Result<PathBuf> {
    Ok(root()?.join("data"))
}

/// Cargo's target folder: this program is in one of its profile folders.
pub fn target_folder() -> Result<PathBuf> {
    let own = env::current_exe().context("this program's own path")?;
    Ok(own.ancestors().nth(2).context("the target folder is two above this program")?.to_owned())
}

/// The program of a release build.
pub fn release_program(name: &str) -> Result<PathBuf> {
    Ok(target_folder()?.join("release").join(name))
}
