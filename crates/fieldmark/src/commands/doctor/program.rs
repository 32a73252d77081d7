//! The program itself, its settings and its folder.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;

use super::finding::Finding;
use crate::arguments;
use crate::settings::{Settings, SettingsError, SettingsFiles};

const GROUP: &str = "program";

/// What was built, what it is told and where it keeps its own.
pub fn look(settings: &Settings, refusal: Option<&SettingsError>, files: &SettingsFiles) -> Vec<Finding> {
    let version = Finding::good(GROUP, "version", arguments::version());
    let mut findings = vec![version, settings_finding(refusal, files)];
    findings.extend(unused_files(files));
    findings.push(data_folder(&settings.data_dir));
    findings
}

fn settings_finding(refusal: Option<&SettingsError>, files: &SettingsFiles) -> Finding {
    match refusal {
        Some(refusal) => Finding::missing(GROUP, "settings", refusal.to_string())
            .mended_by("change or remove the setting where it is set; docs/settings.md lists all of them"),
        None => Finding::good(GROUP, "settings", format!("from {}", files.sources())),
    }
}

/// Files that look like settings, in a folder from which none are taken.
fn unused_files(files: &SettingsFiles) -> Option<Finding> {
    let complaints = files.complaints();
    (!complaints.is_empty()).then(|| Finding::doubtful(GROUP, "unused_settings", complaints.join("; ")))
}

/// Reading needs no folder of its own: without one libpdfium lies elsewhere.
fn data_folder(folder: &Path) -> Finding {
    let shown = folder.display();
    let name = "data_folder";
    if !folder.is_dir() {
        return Finding::doubtful(GROUP, name, format!("{shown} is not there"))
            .mended_by(format!("mkdir -p {shown}, or name another one in the setting `data_dir`"));
    }
    match try_to_write(folder) {
        Ok(()) => Finding::good(GROUP, name, format!("{shown}, writable")),
        Err(error) => Finding::doubtful(GROUP, name, format!("{shown} cannot be written: {error}"))
            .mended_by("name another one in the setting `data_dir`"),
    }
}

/// Permissions alone do not tell: a file system may be read-only, or full.
fn try_to_write(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".fieldmark-doctor-{}", std::process::id()));
    OpenOptions::new().write(true).create_new(true).open(&path)?;
    std::fs::remove_file(path)
}
