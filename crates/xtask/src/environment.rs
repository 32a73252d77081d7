//! Installs Python programs that tests use: one environment for each, in the target folder.
//!
//! The content of an environment is pinned by hash in its requirements. It is in the target folder
//! because that folder survives new clones, and because test programs find it there, above
//! themselves.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process::{command, run, works};
use crate::{report, workspace};

/// A Python environment.
#[derive(Debug, Clone, Copy)]
pub struct Environment {
    /// Its folder in the target folder, and the module whose import shows that it works.
    name: &'static str,
    /// Its purpose.
    what: &'static str,
    /// Its requirements file.
    requirements: &'static str,
}

/// The S3 server for tests.
pub const MOTO: Environment =
    Environment { name: "moto", what: "moto's server", requirements: "crates/xtask/moto.requirements.txt" };

/// The program that tests the service against its OpenAPI document.
pub const SCHEMATHESIS: Environment = Environment {
    name: "schemathesis",
    what: "schemathesis",
    requirements: "crates/xtask/schemathesis.requirements.txt",
};

/// The file in the environment with the hash of its requirements.
const STAMP: &str = "requirements.sha256";

impl Environment {
    /// Creates the environment if it is missing, has other requirements, or its Python no longer
    /// exists.
    ///
    /// # Errors
    /// Without Python's `venv`, without the network, or when a hash differs.
    pub fn ensure(self) -> Result<()> {
        let place = workspace::target_folder()?.join(self.name);
        let stamp = stamp_of(&workspace::root()?.join(self.requirements))?;
        if self.is_made(&place, &stamp) {
            return Ok(());
        }
        report::step(&format!("getting {} from PyPI (some seconds, once)", self.what));
        let partial = place.with_file_name(format!("{}-partial-{}", self.name, std::process::id()));
        let outcome = self.make(&partial, &stamp).and_then(|()| put_in_place(&partial, &place));
        let _ = fs::remove_dir_all(&partial);
        outcome?;
        report::line(&format!("{} is in {}", self.name, place.display()));
        Ok(())
    }

    fn is_made(self, place: &Path, stamp: &str) -> bool {
        fs::read_to_string(place.join(STAMP)).is_ok_and(|found| found == stamp)
            && command(python_in(place), ["-c", &format!("import {}", self.name)]).is_ok_and(works)
    }

    fn make(self, folder: &Path, stamp: &str) -> Result<()> {
        run(command("python3", ["-m", "venv"])?.arg(folder))?;
        let options = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
        let exactly = ["--require-hashes", "--only-binary=:all:", "--requirement", self.requirements];
        run(&mut command(python_in(folder), options.iter().chain(&exactly))?)?;
        let stamped = folder.join(STAMP);
        fs::write(&stamped, stamp).with_context(|| format!("cannot write {}", stamped.display()))
    }
}

/// In one step, so that no test sees a partial environment. Its Python is started by path, so the
/// environment can be moved.
fn put_in_place(partial: &Path, place: &Path) -> Result<()> {
    if place.exists() {
        fs::remove_dir_all(place).with_context(|| format!("cannot remove {}", place.display()))?;
    }
    fs::rename(partial, place).with_context(|| format!("cannot write {}", place.display()))
}

fn python_in(folder: &Path) -> PathBuf {
    folder.join("bin/python")
}

fn stamp_of(requirements: &Path) -> Result<String> {
    let text = fs::read(requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    Ok(Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_has_a_version_and_a_hash() {
        for environment in [MOTO, SCHEMATHESIS] {
            let path = workspace::root().unwrap().join(environment.requirements);
            let text = fs::read_to_string(path).unwrap().replace("\\\n", " ");
            let requirements: Vec<&str> =
                text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
            assert!(requirements.iter().any(|line| line.starts_with(&format!("{}==", environment.name))));
            for line in requirements {
                assert!(line.contains("==") && line.contains("--hash=sha256:"), "{line}");
            }
        }
    }

    #[test]
    fn another_stamp_or_no_python_means_that_it_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!MOTO.is_made(folder.path(), "one"));
        fs::write(folder.path().join(STAMP), "one").unwrap();
        assert!(!MOTO.is_made(folder.path(), "two"));
        assert!(!MOTO.is_made(folder.path(), "one"), "there is no Python in it");
    }

    #[test]
    fn an_old_environment_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (partial, place) = (folder.path().join("partial"), folder.path().join("moto"));
        fs::create_dir(&place).unwrap();
        fs::write(place.join("old"), "").unwrap();
        fs::create_dir(&partial).unwrap();
        fs::write(partial.join("new"), "").unwrap();
        put_in_place(&partial, &place).unwrap();
        assert!(place.join("new").exists() && !place.join("old").exists() && !partial.exists());
    }
}
