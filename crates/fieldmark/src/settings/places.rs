//! Where settings files are looked for, and which of those that lie about are not used. Reads no settings.
//!
//! The current folder is no such place: what lies there may be a stranger's, unpacked from an archive, and
//! settings decide which code is loaded and where documents are sent.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::SettingsError;

/// The name of a settings file that nobody names.
pub const FILE: &str = "fieldmark.toml";
/// The file beside it that further settings are taken from.
pub const DOT_ENV: &str = ".env";
/// Our folder among other programs'.
const FOLDER: &str = "fieldmark";
/// Where the system's own settings are.
const SYSTEM: &str = "/etc";
/// So much of a `.env` is looked at for settings that are not used.
const MAX_LOOKED_AT: u64 = 64 * 1024;

/// The variable that names the settings file where the command line does not.
const VARIABLE: &str = "FIELDMARK_CONFIG";

/// The settings file of this run: the one that is named, or the user's, or the system's.
///
/// # Errors
/// When the one that is named is not there, or the environment names one by a path that is not absolute: it
/// would be another file in each folder.
pub fn settings_file(named: Option<&Path>) -> Result<Option<PathBuf>, SettingsError> {
    let by_environment = env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
    match (named, by_environment) {
        (Some(path), _) => existing(path.to_owned()).map(Some),
        (None, Some(path)) if path.is_relative() => Err(SettingsError::RelativeVariable(VARIABLE)),
        (None, Some(path)) => existing(path).map(Some),
        (None, None) => Ok(usual_places(|name| env::var_os(name)).into_iter().find(|path| path.exists())),
    }
}

fn existing(path: PathBuf) -> Result<PathBuf, SettingsError> {
    if path.is_file() { Ok(path) } else { Err(SettingsError::NoSuchFile(path)) }
}

/// The user's settings file, then the system's.
fn usual_places(variable: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let own = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")));
    own.into_iter().chain([PathBuf::from(SYSTEM)]).map(|folder| folder.join(FOLDER).join(FILE)).collect()
}

/// The `.env` beside a settings file, when it is there.
pub fn dot_env_beside(file: &Path) -> Option<PathBuf> {
    Some(file.with_file_name(DOT_ENV)).filter(|path| path.is_file())
}

/// What looks like settings of ours in the current folder and is not among the files that are used.
pub fn unused_here(used: &[PathBuf]) -> Vec<PathBuf> {
    unused_in(Path::new(""), used)
}

fn unused_in(folder: &Path, used: &[PathBuf]) -> Vec<PathBuf> {
    let used: Vec<PathBuf> = used.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let is_used = |path: &Path| path.canonicalize().is_ok_and(|path| used.contains(&path));
    let files = [FILE, DOT_ENV].map(|name| folder.join(name));
    files
        .into_iter()
        .filter(|path| path.is_file() && !is_used(path))
        .filter(|path| path.ends_with(FILE) || names_a_setting(path))
        .collect()
}

/// Whether one of the first lines is a setting. Nothing of the file is believed, or told.
fn names_a_setting(path: &Path) -> bool {
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_LOOKED_AT).read_to_end(&mut text));
    read.is_ok() && String::from_utf8_lossy(&text).lines().any(super::dot_env::is_setting)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places_with(variables: &[(&str, &str)]) -> Vec<PathBuf> {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        usual_places(variable)
    }

    #[test]
    fn the_users_own_file_is_before_the_systems() {
        let system = PathBuf::from("/etc/fieldmark/fieldmark.toml");
        let at_home = PathBuf::from("/home/ann/.config/fieldmark/fieldmark.toml");
        assert_eq!(places_with(&[]), std::slice::from_ref(&system));
        assert_eq!(places_with(&[("HOME", "/home/ann")]), [at_home.clone(), system.clone()]);
        let moved = [("HOME", "/home/ann"), ("XDG_CONFIG_HOME", "/srv/settings")];
        let expected = [PathBuf::from("/srv/settings/fieldmark/fieldmark.toml"), system.clone()];
        assert_eq!(places_with(&moved), expected);
        let relative = [("HOME", "/home/ann"), ("XDG_CONFIG_HOME", "settings")];
        assert_eq!(places_with(&relative), [at_home, system.clone()]);
        assert_eq!(places_with(&[("HOME", "")]), [system]);
    }

    #[test]
    fn files_of_ours_that_are_not_used_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(unused_in(folder.path(), &[]).is_empty());
        std::fs::write(at(DOT_ENV), "OTHER=1\n# FIELDMARK_X=1\n").unwrap();
        assert!(unused_in(folder.path(), &[]).is_empty(), "another program's");
        std::fs::write(at(DOT_ENV), "OTHER=1\n export FIELDMARK_LOG__LEVEL=info\n").unwrap();
        std::fs::write(at(FILE), "").unwrap();
        assert_eq!(unused_in(folder.path(), &[]), [at(FILE), at(DOT_ENV)]);
        let by_another_way = folder.path().join("sub/../fieldmark.toml");
        std::fs::create_dir(at("sub")).unwrap();
        assert_eq!(unused_in(folder.path(), &[by_another_way]), [at(DOT_ENV)]);
        assert!(unused_in(folder.path(), &[at(FILE), at(DOT_ENV)]).is_empty());
    }
}
