//! Which environment variables a worker inherits: only what the system's loader needs to start the
//! program. The reader clears the environment by this rule; the worker checks it by the same rule.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Where the loader looks for the libraries that the program is linked to, such as those of CUDA. A
/// reader that needs this variable to start has workers (same executable) that need it too.
const INHERITED_VARIABLE: &str = "LD_LIBRARY_PATH";

/// Whether a worker inherits the variable of this name.
pub fn is_needed(name: &OsStr) -> bool {
    name == INHERITED_VARIABLE
}

/// The library folders in this process's `LD_LIBRARY_PATH`.
#[cfg(target_os = "linux")]
pub fn library_folders() -> Vec<PathBuf> {
    let folders = std::env::var_os(INHERITED_VARIABLE).unwrap_or_default();
    std::env::split_paths(&folders).filter(|folder| folder.is_absolute()).collect()
}

/// The program's path. A bare name is resolved here, in the folders of `PATH`, because a worker's
/// environment has no `PATH`.
pub fn located(program: &Path) -> PathBuf {
    let is_bare = program.components().count() == 1 && program.is_relative();
    let folders = std::env::var_os("PATH").filter(|_| is_bare).unwrap_or_default();
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|place| place.is_file())
        .unwrap_or_else(|| program.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_is_found_where_the_reader_would_find_it() {
        let shell = located(Path::new("sh"));
        assert!(shell.is_absolute() && shell.ends_with("sh"), "{}", shell.display());
        for as_it_is in ["/nowhere/sh", "./sh", "bin/sh", "no-such-program-anywhere"] {
            assert_eq!(located(Path::new(as_it_is)), Path::new(as_it_is));
        }
    }
}
