//! `cargo xtask accuracy`: measures the accuracy, without training, and writes the tables and
//! pictures of docs/accuracy.md.
//!
//! Runs the release command on generated invoices of layout families that training does not use,
//! and on an evaluation folder if one is given. `fieldmark eval` decides what is measured and how.

mod sections;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{pdfium, process, report, workspace};

const DOCUMENT: &str = "docs/accuracy.md";
const PICTURES: &str = "docs/images/accuracy";
/// The seed; no shard is generated from it.
const SEED: &str = "60601";
/// Number of invoices per unseen family, normally and with `--quick`.
const EACH: (&str, &str) = ("400", "40");
/// Number of pages for measuring times, for each number of words.
const TIMED: &str = "40";

/// The settings of a measurement.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A folder with documents and their `truth.jsonl`.
    evaluation: Option<PathBuf>,
    /// Whether to measure fewer invoices.
    quick: bool,
}

impl Options {
    /// Parses `[--eval DIR] [--quick]`; `None` for anything else.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--quick" => options.quick = true,
                "--eval" => options.evaluation = Some(PathBuf::from(arguments.next()?)),
                _ => return None,
            }
        }
        Some(options)
    }
}

/// Measures, and writes the results between the document's markers. Tables without a measurement
/// are unchanged.
///
/// # Errors
/// When a build fails, a set cannot be read, or the document has no place for a table.
pub fn run(options: &Options) -> Result<()> {
    let bench = Bench::set_up()?;
    report::step("invoices of layouts that no training sees");
    let each = if options.quick { EACH.1 } else { EACH.0 };
    let unseen = bench.generate("unseen", &["--each", each])?;
    let unseen = bench.evaluate("unseen", &unseen, &["--extra"])?;
    report::step("times");
    let timed = bench.generate("timed", &["--words", "200,500", "--each", TIMED])?;
    let timed = bench.evaluate_on_one_core("timed", &timed, &["--jobs", "1"])?;
    let mut filled = vec![("unseen", unseen), ("timed", timed)];
    if let Some(folder) = &options.evaluation {
        report::step("the evaluation folder");
        // Only pages: no statements in the file, and no page that was drawn from such statements.
        let pages_alone = ["--kind", "born_digital", "--no-xml-visualisation", "--no-xml"];
        let folder = std::path::absolute(folder)?;
        ensure!(folder.join("truth.jsonl").is_file(), "{} has no truth.jsonl", folder.display());
        filled.push(("private", bench.evaluate("private", &folder, &pages_alone)?));
    }
    for (set, report) in &filled {
        write_tables(set, report)?;
    }
    report::line(&format!("{DOCUMENT} is written"));
    Ok(())
}

/// The programs that measure, and a folder for their output.
struct Bench {
    folder: PathBuf,
    library: PathBuf,
}

impl Bench {
    fn set_up() -> Result<Self> {
        let library = std::path::absolute(pdfium::ensure()?)?;
        report::step("building fieldmark and the generator (the first build takes some minutes)");
        let packages = ["--package", "fieldmark", "--package", "fieldmark-synth"];
        process::run(process::cargo(["build", "--release"])?.args(packages))?;
        let folder = workspace::target_folder()?.join("accuracy");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { folder, library })
    }

    /// A program that runs in the bench's folder, which has no settings file, and without settings
    /// in its environment.
    fn program(&self, name: &str) -> Result<Command> {
        let mut command = process::command(workspace::release_program(name)?, [""; 0])?;
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("FIELDMARK_"))
        {
            command.env_remove(name);
        }
        command.env(pdfium::SETTING, &self.library).current_dir(&self.folder);
        Ok(command)
    }

    /// Generates a set and returns its folder.
    fn generate(&self, name: &str, arguments: &[&str]) -> Result<PathBuf> {
        let folder = emptied(self.folder.join(name))?;
        let mut command = self.program("synth")?;
        command.args(["--seed", SEED, "corpus", "--out"]).arg(&folder).args(arguments);
        process::run(&mut command)?;
        Ok(folder)
    }

    /// Reads the documents of a folder and returns the folder of the report.
    fn evaluate(&self, name: &str, documents: &Path, arguments: &[&str]) -> Result<PathBuf> {
        evaluate_by(self.program("fieldmark")?, &self.folder, name, documents, arguments)
    }

    /// The same with one thread for the model, whose library takes the number from the environment.
    fn evaluate_on_one_core(&self, name: &str, documents: &Path, arguments: &[&str]) -> Result<PathBuf> {
        let mut program = self.program("fieldmark")?;
        program.env("RAYON_NUM_THREADS", "1");
        evaluate_by(program, &self.folder, name, documents, arguments)
    }
}

fn evaluate_by(
    mut program: Command,
    folder: &Path,
    name: &str,
    documents: &Path,
    arguments: &[&str],
) -> Result<PathBuf> {
    let report = emptied(folder.join(format!("{name}-report")))?;
    program.args(["eval", "--truth"]).arg(documents.join("truth.jsonl"));
    program.arg("--report").arg(&report).args(arguments);
    process::run(&mut program)?;
    Ok(report)
}

/// The folder, emptied.
fn emptied(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(folder)
}

/// Writes the tables of a report that the document has a place for, and copies the pictures.
fn write_tables(set: &str, report: &Path) -> Result<()> {
    let document = workspace::root()?.join(DOCUMENT);
    let mut text =
        fs::read_to_string(&document).with_context(|| format!("cannot read {}", document.display()))?;
    for name in sections::names(&text, set) {
        let path = report.join(format!("{name}.md"));
        let table = fs::read_to_string(&path).with_context(|| {
            format!("the document has a place for {set}-{name}, but no such table was measured")
        })?;
        text = sections::fill(&text, &format!("{set}-{name}"), &table)?;
    }
    fs::write(&document, text).with_context(|| format!("cannot write {}", document.display()))?;
    if set != "timed" {
        let pictures = workspace::root()?.join(PICTURES);
        fs::create_dir_all(&pictures).with_context(|| format!("cannot make {}", pictures.display()))?;
        for picture in ["reliability.svg", "reliability-by-field.svg"] {
            fs::copy(report.join(picture), pictures.join(format!("{set}-{picture}")))
                .with_context(|| format!("cannot copy {picture}"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parsed_or_refused() {
        assert_eq!(Options::parse(&[]), Some(Options::default()));
        let options = Options { evaluation: Some(PathBuf::from("docs")), quick: true };
        assert_eq!(Options::parse(&["--quick", "--eval", "docs"]), Some(options));
        assert_eq!(Options::parse(&["--eval"]), None);
        assert_eq!(Options::parse(&["docs"]), None);
    }

    #[test]
    fn the_document_has_places_for_every_set() {
        let text = fs::read_to_string(workspace::root().unwrap().join(DOCUMENT)).unwrap();
        for set in ["unseen", "timed", "private"] {
            let names = sections::names(&text, set);
            assert!(!names.is_empty(), "{set}");
            for name in names {
                sections::fill(&text, &format!("{set}-{name}"), "a table\n").unwrap();
            }
        }
    }
}
