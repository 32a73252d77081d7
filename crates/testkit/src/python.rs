//! Finds the Python environments that `cargo xtask test` creates in the target folder, for programs
//! that tests use.

use std::env;
use std::path::{Path, PathBuf};

/// The environment does not exist. Tests that need it fail with this error; they are never skipped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment `{name}` is missing above {}: run `cargo xtask {name}`", .looked_from.display())]
pub struct EnvironmentMissing {
    /// Its name, which is also the xtask command's.
    pub name: &'static str,
    /// The test program, in whose target folder the environment was looked for.
    pub looked_from: PathBuf,
}

/// The Python interpreter of an environment. Test programs are in the target folder, two or three
/// levels deep, and the environment is at its top.
///
/// # Errors
/// [`EnvironmentMissing`].
pub fn environment(name: &'static str) -> Result<PathBuf, EnvironmentMissing> {
    let program = env::current_exe().unwrap_or_default();
    python_above(&program, name).ok_or(EnvironmentMissing { name, looked_from: program })
}

fn python_above(program: &Path, name: &str) -> Option<PathBuf> {
    program.ancestors().map(|folder| folder.join(name).join("bin/python")).find(|python| python.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_environment_says_how_to_make_it() {
        assert_eq!(python_above(Path::new("/nowhere/debug/deps/tests"), "moto"), None);
        let error = environment("no-such-environment").unwrap_err().to_string();
        assert!(error.contains("cargo xtask no-such-environment"), "{error}");
    }
}
