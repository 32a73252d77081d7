//! `cargo xtask demo`: from a fresh clone to the fields of three invoices.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{pdfium, process, report, workspace};

/// A sample of our generator's: its language and country, which of them, and its file's name.
struct Sample {
    locale: &'static str,
    index: u32,
    name: &'static str,
}

const SAMPLES: [Sample; 3] = [
    Sample { locale: "sv-SE", index: 4, name: "swedish.pdf" },
    Sample { locale: "de-DE", index: 4, name: "german.pdf" },
    Sample { locale: "en-GB", index: 5, name: "english.pdf" },
];

/// Builds, makes the samples, reads them, and says where the pictures are.
///
/// # Errors
/// When libpdfium cannot be had, something does not build, or a sample is not read.
pub fn run() -> Result<()> {
    let library = pdfium::ensure()?;
    report::step("building fieldmark and its generator of sample invoices (the first time, some minutes)");
    // One call, so that both are built with the same features of the same dependencies.
    let both = ["--package", "fieldmark", "--package", "fieldmark-synth"];
    process::run(process::cargo(["build", "--release"])?.args(both))?;
    report::step("making three invoices");
    let folder = workspace::data_folder()?.join("demo");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let files = SAMPLES.iter().map(|sample| make(sample, &folder)).collect::<Result<Vec<PathBuf>>>()?;
    report::step("reading them");
    read(&files, &folder, &library)
}

fn make(sample: &Sample, folder: &Path) -> Result<PathBuf> {
    let file = folder.join(sample.name);
    let generator = workspace::release_program("synth")?;
    let wanted = ["sample", "--locale", sample.locale, "--index", &sample.index.to_string(), "--out"];
    process::run(process::command(&generator, wanted)?.arg(&file))?;
    Ok(file)
}

fn read(files: &[PathBuf], folder: &Path, library: &Path) -> Result<()> {
    let program = workspace::release_program("fieldmark")?;
    pdfium::place_beside(&program, library)?;
    let mut command = process::command(&program, ["extract", "--format", "table", "--annotate"])?;
    process::run(command.arg(folder).args(files))?;
    report::line("");
    report::line(&format!("The pages with what was read drawn over them: {}/*.png", folder.display()));
    report::line(&format!("Your own invoices: {} extract FILE|DIR…", program.display()));
    Ok(())
}
