//! `cargo xtask accuracy`: trains nothing, measures everything, and writes the tables and pictures of docs/accuracy.md.
//!
//! Runs the release command on generated invoices of layout families that no training sees, and on an evaluation
//! folder if one is named. What is measured, and how, is the business of `fieldmark eval`.

mod sections;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{pdfium, process, report, workspace};

const DOCUMENT: &str = "docs/accuracy.md";
const PICTURES: &str = "docs/images/accuracy";
/// No shard is generated from it.
const SEED: &str = "60601";
/// Invoices of each unseen family, and of each in a hurry.
const EACH: (&str, &str) = ("400", "40");
/// Pages whose times are measured, for each number of words.
const TIMED: &str = "40";

/// What is to be measured.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// A folder with documents and their `truth.jsonl`.
    evaluation: Option<PathBuf>,
    /// Whether a rough answer will do.
    quick: bool,
}

impl Wish {
    /// Understands `[--eval DIR] [--quick]`; `None` for anything else.
    pub fn parse(arguments: &[&str]) -> Option<Self> {
        let mut wish = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--quick" => wish.quick = true,
                "--eval" => wish.evaluation = Some(PathBuf::from(arguments.next()?)),
                _ => return None,
            }
        }
        Some(wish)
    }
}

/// Measures, and writes what came out between the document's markers. Tables for which nothing was measured stay as
/// they are.
///
/// # Errors
/// When something does not build, a set cannot be read, or the document has no place for a table.
pub fn run(wish: &Wish) -> Result<()> {
    let bench = Bench::set_up()?;
    report::step("invoices of layouts that no training sees");
    let each = if wish.quick { EACH.1 } else { EACH.0 };
    let unseen = bench.generate("unseen", &["--each", each])?;
    let unseen = bench.evaluate("unseen", &unseen, &["--extra"])?;
    report::step("times");
    let timed = bench.generate("timed", &["--words", "200,500", "--each", TIMED])?;
    let timed = bench.evaluate_on_one_core("timed", &timed, &["--jobs", "1"])?;
    let mut filled = vec![("unseen", unseen), ("timed", timed)];
    if let Some(folder) = &wish.evaluation {
        report::step("the evaluation folder");
        // Pages alone: nothing that a file states about itself, and no page that was drawn from such statements.
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

/// The programs that measure, and a folder for what they leave behind.
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

    /// A program in the bench's folder, where no settings file is, and without settings in its environment.
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

    /// Generates a set and gives its folder.
    fn generate(&self, name: &str, wishes: &[&str]) -> Result<PathBuf> {
        let folder = emptied(self.folder.join(name))?;
        let mut command = self.program("synth")?;
        command.args(["--seed", SEED, "corpus", "--out"]).arg(&folder).args(wishes);
        process::run(&mut command)?;
        Ok(folder)
    }

    /// Reads the documents of a folder and gives the folder of the report.
    fn evaluate(&self, name: &str, documents: &Path, wishes: &[&str]) -> Result<PathBuf> {
        evaluate_by(self.program("fieldmark")?, &self.folder, name, documents, wishes)
    }

    /// The same with one thread for the model. Its library takes their number from the environment.
    fn evaluate_on_one_core(&self, name: &str, documents: &Path, wishes: &[&str]) -> Result<PathBuf> {
        let mut program = self.program("fieldmark")?;
        program.env("RAYON_NUM_THREADS", "1");
        evaluate_by(program, &self.folder, name, documents, wishes)
    }
}

fn evaluate_by(
    mut program: Command,
    folder: &Path,
    name: &str,
    documents: &Path,
    wishes: &[&str],
) -> Result<PathBuf> {
    let report = emptied(folder.join(format!("{name}-report")))?;
    program.args(["eval", "--truth"]).arg(documents.join("truth.jsonl"));
    program.arg("--report").arg(&report).args(wishes);
    process::run(&mut program)?;
    Ok(report)
}

/// The folder with nothing in it.
fn emptied(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(folder)
}

/// Puts the tables of a report that the document has a place for into it, and the pictures beside it.
fn write_tables(set: &str, report: &Path) -> Result<()> {
    let document = workspace::root()?.join(DOCUMENT);
    let mut text =
        fs::read_to_string(&document).with_context(|| format!("cannot read {}", document.display()))?;
    for name in sections::names(&text, set) {
        let path = report.join(format!("{name}.md"));
        let table = fs::read_to_string(&path)
            .with_context(|| format!("the document has a place for {set}-{name}, and nothing measures it"))?;
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
    fn wishes_are_understood_or_refused() {
        assert_eq!(Wish::parse(&[]), Some(Wish::default()));
        let wish = Wish { evaluation: Some(PathBuf::from("docs")), quick: true };
        assert_eq!(Wish::parse(&["--quick", "--eval", "docs"]), Some(wish));
        assert_eq!(Wish::parse(&["--eval"]), None);
        assert_eq!(Wish::parse(&["docs"]), None);
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
