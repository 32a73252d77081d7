//! `cargo xtask mutate`: builds the command and the generator, and lets the command read mutated
//! files. `synth mutate` decides what is mutated and counted.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::{pdfium, process, report, workspace};

/// The settings of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pdfs: u64,
    invoices: u64,
    seed: u64,
    /// The folder for the files; by default a folder of the target folder.
    folder: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { pdfs: 5000, invoices: 2000, seed: 13, folder: None }
    }
}

impl Options {
    /// Parses `[--pdfs N] [--invoices N] [--seed S] [--dir DIR]`; `None` for anything else.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let value = *arguments.next()?;
            match *argument {
                "--pdfs" => options.pdfs = value.parse().ok()?,
                "--invoices" => options.invoices = value.parse().ok()?,
                "--seed" => options.seed = value.parse().ok()?,
                "--dir" => options.folder = Some(PathBuf::from(value)),
                _ => return None,
            }
        }
        Some(options)
    }
}

/// Runs the mutations, and prints a table.
///
/// # Errors
/// When a build fails, or a file revealed a fault: its name is printed, and the file is kept.
pub fn run(options: &Options) -> Result<()> {
    let library = std::path::absolute(pdfium::ensure()?)?;
    report::step("building fieldmark and the generator");
    process::run(
        process::cargo(["build", "--package", "fieldmark", "--package", "fieldmark-synth"])?.arg("--bins"),
    )?;
    let target = workspace::target_folder()?;
    let folder = match &options.folder {
        Some(folder) => std::path::absolute(folder)?,
        None => target.join("mutate"),
    };
    let programs = target.join("debug");
    let program = programs.join(format!("fieldmark{}", std::env::consts::EXE_SUFFIX));
    ensure!(program.is_file(), "{} was not built", program.display());
    report::step("spoilt files");
    let mut command = process::command(programs.join("synth"), ["--seed"])?;
    command.arg(options.seed.to_string()).args(["mutate", "--program"]).arg(program).arg("--dir").arg(folder);
    command.args(["--pdfs", &options.pdfs.to_string(), "--invoices", &options.invoices.to_string()]);
    process::run(command.env(pdfium::SETTING, library))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_contain_numbers_and_a_folder() {
        assert_eq!(Options::parse(&[]), Some(Options::default()));
        let options = Options { pdfs: 7, seed: 3, folder: Some("x".into()), ..Options::default() };
        assert_eq!(Options::parse(&["--pdfs", "7", "--dir", "x", "--seed", "3"]), Some(options));
        for wrong in [&["--pdfs"][..], &["--pdfs", "many"], &["--colour", "red"]] {
            assert_eq!(Options::parse(wrong), None);
        }
    }
}
