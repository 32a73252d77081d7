//! The licences of everything in the program: the texts that dependencies bring, each once.
//!
//! Sources are where cargo unpacks downloads; a build from vendored sources is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{pdfium, process};

/// A dependency as cargo prints it: its name and version, its licence's SPDX expression, and where its files are.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    name: String,
    licence: String,
    folder: PathBuf,
}

/// Writes `rust.txt` with the licences of the program's dependencies and `pdfium/` with those of libpdfium.
///
/// # Errors
/// When cargo fails, and when the wheel of libpdfium cannot be downloaded.
pub fn write(folder: &Path) -> Result<()> {
    let dependencies = dependencies()?;
    let pdfium = folder.join("pdfium");
    fs::create_dir_all(&pdfium).with_context(|| format!("cannot create {}", pdfium.display()))?;
    let place = folder.join("rust.txt");
    fs::write(&place, text(&dependencies)?).with_context(|| format!("cannot write {}", place.display()))?;
    pdfium::write_licences(&pdfium)
}

/// Everything that is compiled into the program, without our own crates, by name.
fn dependencies() -> Result<Vec<Dependency>> {
    // What build scripts bring is in the program, too: the files of Swagger UI, for instance.
    let tree = ["tree", "--package", "fieldmark", "--edges", "normal,build", "--prefix", "none"];
    let printed = process::output(process::cargo(tree)?.args(["--format", "{p}|{l}"]))?;
    let folders = sources()?;
    let mut found = printed
        .lines()
        .filter(|line| !line.contains("(/"))
        .map(|line| dependency(line, &folders))
        .collect::<Result<Vec<_>>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// `name v1.2.3 (proc-macro)|MIT (*)`, for instance.
fn dependency(line: &str, folders: &[PathBuf]) -> Result<Dependency> {
    let (package, licence) = line.split_once('|').with_context(|| format!("cargo printed {line}"))?;
    let mut words = package.split(' ');
    let (Some(name), Some(version)) = (words.next(), words.next()) else { bail!("cargo printed {line}") };
    let name = format!("{name}-{}", version.trim_start_matches('v'));
    let folder = folders.iter().map(|folder| folder.join(&name)).find(|folder| folder.is_dir());
    let folder = folder.with_context(|| format!("the source of {name} is not in cargo's folders"))?;
    Ok(Dependency { licence: licence.trim_end_matches(" (*)").to_owned(), name, folder })
}

/// Where cargo unpacks what it downloads, a folder for each registry.
fn sources() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let place = home.context("neither CARGO_HOME nor HOME is set")?.join("registry").join("src");
    let entries = fs::read_dir(&place).with_context(|| format!("cannot read {}", place.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// First who is there under which licence, then each text once with whom it belongs to.
fn text(dependencies: &[Dependency]) -> Result<String> {
    let mut text = String::from("The program contains these packages of crates.io:\n\n");
    let mut owners: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut without: Vec<&str> = Vec::new();
    for dependency in dependencies {
        writeln!(text, "{}: {}", dependency.name, dependency.licence)?;
        let texts = texts_in(&dependency.folder)?;
        if texts.is_empty() {
            without.push(&dependency.name);
        }
        for licence in texts {
            owners.entry(licence).or_default().push(&dependency.name);
        }
    }
    let by_name = "come without a text of their own; their licences are those named above";
    writeln!(text, "\nThese {by_name}: {}", without.join(", "))?;
    for (licence, names) in &owners {
        write!(text, "\n{}\n{}:\n\n{}\n", "=".repeat(80), names.join(", "), licence.trim())?;
    }
    Ok(text)
}

/// The texts of a package's licences and notices.
fn texts_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.is_file() && is_licence(path));
    paths.sort();
    paths.iter().map(|path| Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())).collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_prints_is_split_into_name_version_and_licence() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("some-1.2.3")).unwrap();
        let folders = [folder.path().to_owned()];
        let found = dependency("some v1.2.3 (proc-macro)|MIT OR Apache-2.0 (*)", &folders).unwrap();
        assert_eq!((found.name.as_str(), found.licence.as_str()), ("some-1.2.3", "MIT OR Apache-2.0"));
        assert!(dependency("some v1.2.4|MIT", &folders).is_err(), "its licence would be missing");
    }

    #[test]
    fn a_text_that_several_have_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let packages = ["one-1.0.0", "two-2.0.0"].map(|name| {
            let place = folder.path().join(name);
            fs::create_dir(&place).unwrap();
            fs::write(place.join("LICENSE-MIT"), "do as you like").unwrap();
            fs::write(place.join("README.md"), "read").unwrap();
            Dependency { name: name.to_owned(), licence: "MIT".to_owned(), folder: place }
        });
        let text = text(&packages).unwrap();
        assert_eq!(text.matches("do as you like").count(), 1);
        assert!(text.contains("one-1.0.0, two-2.0.0:") && !text.contains("read"), "{text}");
    }
}
