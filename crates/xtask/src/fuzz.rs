//! `cargo xtask fuzz`: runs the targets of `crates/fuzz` one after another, each from its seeds and
//! for a limited time.
//!
//! libFuzzer needs compiler flags that only nightly accepts, or a compiler that is set to behave
//! like nightly; this command does the latter, so that no second toolchain is needed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{cargo_tools, process, report, workspace};

/// Default run time of a target in seconds.
const SECONDS: u32 = 60;
/// Limits of memory and time per input. No target needs a tenth of them: an input that exceeds them
/// is a finding.
const MOST_MEGABYTES: u32 = 1500;
const MOST_SECONDS_OF_AN_INPUT: u32 = 10;

/// The settings of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// Names of targets; empty for all of them.
    targets: Vec<String>,
    /// Run time of each target.
    seconds: u32,
}

impl Options {
    /// Parses `[TARGET…] [--seconds N]`; `None` for anything else.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self { targets: Vec::new(), seconds: SECONDS };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if *argument == "--seconds" {
                options.seconds = arguments.next()?.parse().ok().filter(|seconds| *seconds > 0)?;
            } else if argument.starts_with('-') {
                return None;
            } else {
                options.targets.push((*argument).to_owned());
            }
        }
        Some(options)
    }
}

/// Installs cargo-fuzz if missing, and runs the targets until their time is over or one finds a
/// fault.
///
/// # Errors
/// When a target is unknown, does not compile, or finds a fault; libFuzzer prints the name of the
/// file with the input.
pub fn run(options: &Options) -> Result<()> {
    let package = workspace::root()?.join("crates/fuzz");
    let known = known_targets(&package)?;
    if let Some(unknown) = options.targets.iter().find(|target| !known.contains(target)) {
        bail!("there is no target {unknown}; use one of {}", known.join(", "));
    }
    cargo_tools::ensure_fuzz()?;
    for target in if options.targets.is_empty() { &known } else { &options.targets } {
        report::step(&format!("{target}, {} seconds", options.seconds));
        run_target(&package, target, options.seconds)?;
    }
    Ok(())
}

/// The names of the targets' files, sorted.
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

/// New inputs are written to the corpus, which git ignores; seeds are only read.
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

    fn options(targets: &[&str], seconds: u32) -> Option<Options> {
        Some(Options { targets: targets.iter().map(|target| (*target).to_owned()).collect(), seconds })
    }

    #[test]
    fn targets_and_seconds_may_be_in_any_order() {
        assert_eq!(Options::parse(&[]), options(&[], SECONDS));
        assert_eq!(Options::parse(&["dates", "--seconds", "5", "frames"]), options(&["dates", "frames"], 5));
        for wrong in [&["--seconds"][..], &["--seconds", "0"], &["--seconds", "many"], &["--minutes", "1"]] {
            assert_eq!(Options::parse(wrong), None, "{wrong:?}");
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
        let error = run(&options(&["colours"], 1).unwrap()).unwrap_err().to_string();
        assert!(error.contains("colours") && error.contains("frames"), "{error}");
    }
}
