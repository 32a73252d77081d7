//! The server's programs: where they are, and the user that runs them.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ClusterError;

/// Where Debian stores the versions of PostgreSQL, one folder each.
const VERSIONS: &str = "/usr/lib/postgresql";
/// The programs that a cluster needs. A folder with only some of them (Debian's own in PATH, for
/// instance) is skipped.
const REQUIRED: [&str; 4] = ["initdb", "pg_ctl", "postgres", "psql"];
/// The user that runs the server if the tests run as root, which the server refuses.
const UNPRIVILEGED: &str = "postgres";

/// The folder of one version's programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs(PathBuf);

impl Programs {
    /// The programs in PATH, or else the newest version's.
    pub(super) fn find() -> Result<Self, ClusterError> {
        Self::find_in(env::var_os("PATH").as_deref(), Path::new(VERSIONS))
    }

    pub(super) fn find_in(path: Option<&OsStr>, versions: &Path) -> Result<Self, ClusterError> {
        let in_path = path.into_iter().flat_map(env::split_paths).filter_map(|folder| real_folder(&folder));
        in_path
            .chain(newest_first(versions))
            .find(|folder| REQUIRED.iter().all(|program| folder.join(program).is_file()))
            .map(Self)
            .ok_or_else(|| ClusterError::Missing { looked_in: versions.to_owned() })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    /// A shell as a user that may run the server.
    pub(super) fn shell(&self) -> Command {
        if !rustix::process::geteuid().is_root() {
            return Command::new("sh");
        }
        let mut command = Command::new("runuser");
        command.args(["-u", UNPRIVILEGED, "--", "sh"]);
        command
    }

    /// Executes a statement on the server.
    pub(super) fn execute(&self, url: &str, statement: &str) -> Result<(), ClusterError> {
        let broken = |reason: String| ClusterError::Broken { operation: "execute a statement", reason };
        let output = Command::new(self.0.join("psql"))
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, url])
            .env("PGOPTIONS", "--client-min-messages=warning --lock-timeout=10s")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| broken(error.to_string()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(broken(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}

/// The real folder of a folder's `initdb`: links in PATH point to single programs.
fn real_folder(folder: &Path) -> Option<PathBuf> {
    folder.join("initdb").canonicalize().ok()?.parent().map(Path::to_owned)
}

fn newest_first(versions: &Path) -> Vec<PathBuf> {
    let folders = versions.read_dir().into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = folders
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn version(versions: &Path, name: &str, programs: &[&str]) -> PathBuf {
        let folder = versions.join(name).join("bin");
        fs::create_dir_all(&folder).unwrap();
        for program in programs {
            fs::write(folder.join(program), "").unwrap();
        }
        folder
    }

    #[test]
    fn the_newest_whole_version_is_taken_by_number() {
        let folder = tempfile::tempdir().unwrap();
        version(folder.path(), "9", &REQUIRED);
        let fifteen = version(folder.path(), "15", &REQUIRED);
        version(folder.path(), "17", &["psql"]);
        version(folder.path(), "common", &REQUIRED);
        assert_eq!(Programs::find_in(None, folder.path()), Ok(Programs(fifteen)));
    }

    #[test]
    fn what_is_in_path_comes_first_and_links_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let real = version(folder.path(), "14", &REQUIRED);
        version(folder.path(), "15", &REQUIRED);
        let linked = folder.path().join("links");
        fs::create_dir(&linked).unwrap();
        std::os::unix::fs::symlink(real.join("initdb"), linked.join("initdb")).unwrap();
        let found = Programs::find_in(Some(linked.as_os_str()), folder.path());
        assert_eq!(found, Ok(Programs(real.canonicalize().unwrap())));
    }

    #[test]
    fn where_there_is_none_the_error_says_how_to_get_it() {
        let folder = tempfile::tempdir().unwrap();
        let error = Programs::find_in(None, folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("cargo xtask test") && error.contains("apt-get install postgresql"),
            "{error}"
        );
    }
}
