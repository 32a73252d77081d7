//! `cargo xtask mutate`: builds the command and the generator, and has files that are spoilt on purpose read by the
//! command. What is spoilt and what is counted is the business of `synth mutate`.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::{pdfium, process, report, workspace};

/// What is to be tried.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    pdfs: u64,
    invoices: u64,
    seed: u64,
    /// Where the files go; a folder of the target folder when not named.
    folder: Option<PathBuf>,
}

impl Default for Wish {
    fn default() -> Self {
        Self { pdfs: 5000, invoices: 2000, seed: 13, folder: None }
    }
}

impl Wish {
    /// Understands `[--pdfs N] [--invoices N] [--seed S] [--dir DIR]`; `None` for anything else.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut wish = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let value = *arguments.next()?;
            match *argument {
                "--pdfs" => wish.pdfs = value.parse().ok()?,
                "--invoices" => wish.invoices = value.parse().ok()?,
                "--seed" => wish.seed = value.parse().ok()?,
                "--dir" => wish.folder = Some(PathBuf::from(value)),
                _ => return None,
            }
        }
        Some(wish)
    }
}

/// Tries, and prints a table.
///
/// # Errors
/// When something does not build, or a file found what must not be: its name is printed, and it is kept.
pub fn run(wish: &Wish) -> Result<()> {
    let library = std::path::absolute(pdfium::ensure()?)?;
    report::step("building fieldmark and the generator");
    process::run(
        process::cargo(["build", "--package", "fieldmark", "--package", "fieldmark-synth"])?.arg("--bins"),
    )?;
    let target = workspace::target_folder()?;
    let folder = match &wish.folder {
        Some(folder) => std::path::absolute(folder)?,
        None => target.join("mutate"),
    };
    let programs = target.join("debug");
    let program = programs.join(format!("fieldmark{}", std::env::consts::EXE_SUFFIX));
    ensure!(program.is_file(), "{} was not built", program.display());
    report::step("spoilt files");
    let mut command = process::command(programs.join("synth"), ["--seed"])?;
    command.arg(wish.seed.to_string()).args(["mutate", "--program"]).arg(program).arg("--dir").arg(folder);
    command.args(["--pdfs", &wish.pdfs.to_string(), "--invoices", &wish.invoices.to_string()]);
    process::run(command.env(pdfium::SETTING, library))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_names_numbers_and_a_folder() {
        assert_eq!(Wish::parse(&[]), Some(Wish::default()));
        let wish = Wish { pdfs: 7, seed: 3, folder: Some("x".into()), ..Wish::default() };
        assert_eq!(Wish::parse(&["--pdfs", "7", "--dir", "x", "--seed", "3"]), Some(wish));
        for wrong in [&["--pdfs"][..], &["--pdfs", "many"], &["--colour", "red"]] {
            assert_eq!(Wish::parse(wrong), None);
        }
    }
}
