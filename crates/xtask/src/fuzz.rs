//! `cargo xtask fuzz`: the targets of `crates/fuzz`, one after another, each from its seeds and for a bounded time.
//!
//! libFuzzer wants flags of the compiler that only nightly takes, or one that is told to act as nightly; the latter
//! is what happens here, so that no second toolchain is needed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{packages, process, report, workspace};

/// How long a target runs unless told otherwise.
const SECONDS: u32 = 60;
/// No target needs a tenth of this memory or this time for an input: one that does is a finding.
const MOST_MEGABYTES: u32 = 1500;
const MOST_SECONDS_OF_AN_INPUT: u32 = 10;

/// What is to be run.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    /// Names of targets; none for all of them.
    targets: Vec<String>,
    /// For each of them.
    seconds: u32,
}

impl Wish {
    /// `[TARGET…] [--seconds N]`; `None` when it is something else.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut wish = Self { targets: Vec::new(), seconds: SECONDS };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if *argument == "--seconds" {
                wish.seconds = arguments.next()?.parse().ok().filter(|seconds| *seconds > 0)?;
            } else if argument.starts_with('-') {
                return None;
            } else {
                wish.targets.push((*argument).to_owned());
            }
        }
        Some(wish)
    }
}

/// Gets cargo-fuzz if there is none, and runs the targets until their time is over or something is found.
///
/// # Errors
/// When a target is unknown, does not compile, or finds something; libFuzzer names the file with the input.
pub fn run(wish: &Wish) -> Result<()> {
    let package = workspace::root()?.join("crates/fuzz");
    let known = known_targets(&package)?;
    if let Some(unknown) = wish.targets.iter().find(|target| !known.contains(target)) {
        bail!("there is no target {unknown}; there are {}", known.join(", "));
    }
    packages::ensure_cargo_fuzz()?;
    for target in if wish.targets.is_empty() { &known } else { &wish.targets } {
        report::step(&format!("{target}, {} seconds", wish.seconds));
        run_target(&package, target, wish.seconds)?;
    }
    Ok(())
}

/// The names of the targets' files, in the order of the alphabet.
fn known_targets(package: &Path) -> Result<Vec<String>> {
    let folder = package.join("fuzz_targets");
    let entries = fs::read_dir(&folder).with_context(|| format!("no targets in {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    let mut names: Vec<String> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// What is found on the way goes to the corpus, which git does not keep; seeds are only read.
fn run_target(package: &Path, target: &str, seconds: u32) -> Result<()> {
    let corpus = package.join("corpus").join(target);
    fs::create_dir_all(&corpus).with_context(|| format!("no folder {}", corpus.display()))?;
    let mut command = process::cargo(["fuzz", "run", "--fuzz-dir"])?;
    command.env("RUSTC_BOOTSTRAP", "1").arg(package).arg(target).arg(corpus);
    let seeds = package.join("seeds").join(target);
    if seeds.is_dir() {
        command.arg(seeds);
    }
    command.arg("--");
    command.arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-rss_limit_mb={MOST_MEGABYTES}"));
    command.arg(format!("-timeout={MOST_SECONDS_OF_AN_INPUT}"));
    command.arg("-print_final_stats=1");
    let dictionary = package.join("dictionaries").join(format!("{target}.dict"));
    if dictionary.is_file() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    process::run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(targets: &[&str], seconds: u32) -> Option<Wish> {
        Some(Wish { targets: targets.iter().map(|target| (*target).to_owned()).collect(), seconds })
    }

    #[test]
    fn targets_and_seconds_stand_in_any_order() {
        assert_eq!(Wish::parse(&[]), wish(&[], SECONDS));
        assert_eq!(Wish::parse(&["dates", "--seconds", "5", "frames"]), wish(&["dates", "frames"], 5));
        for wrong in [&["--seconds"][..], &["--seconds", "0"], &["--seconds", "many"], &["--minutes", "1"]] {
            assert_eq!(Wish::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn every_target_has_its_entry_and_its_seeds_and_dictionaries_belong_to_targets() {
        let package = workspace::root().unwrap().join("crates/fuzz");
        let known = known_targets(&package).unwrap();
        let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
        for target in &known {
            assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
        }
        for folder in ["seeds", "dictionaries"] {
            for entry in fs::read_dir(package.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                assert!(known.contains(&name), "{}", path.display());
            }
        }
    }

    #[test]
    fn an_unknown_target_is_named_beside_the_known_ones() {
        let error = run(&wish(&["colours"], 1).unwrap()).unwrap_err().to_string();
        assert!(error.contains("colours") && error.contains("frames"), "{error}");
    }
}
