//! What a worker is given of its reader's environment: what the system's loader needs to start the
//! program at all, and no more. The reader clears by it, the worker checks by it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Where the loader looks for the libraries that the program is linked to, such as those of CUDA: a
/// reader that was started with it has workers, of the same executable, that do not start without it.
const NEEDED: &str = "LD_LIBRARY_PATH";

/// Whether a worker is given the variable of this name.
pub fn is_needed(name: &OsStr) -> bool {
    name == NEEDED
}

/// The folders of libraries that the variable names, of this process.
#[cfg(target_os = "linux")]
pub fn library_folders() -> Vec<PathBuf> {
    let folders = std::env::var_os(NEEDED).unwrap_or_default();
    std::env::split_paths(&folders).filter(|folder| folder.is_absolute()).collect()
}

/// The program's path. A bare name is looked for here, in the folders that `PATH` names: a cleared
/// environment has none.
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
