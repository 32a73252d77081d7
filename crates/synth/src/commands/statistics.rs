//! `synth statistics`: statistics of generated pages next to real ones, to find differences.

mod finding;
mod generated;
mod measures;
mod portrait;
mod real;
mod shape;
mod table;

use std::io::{Write as _, stdout};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use fieldmark_synth::Generator;

use super::Choice;
use measures::measure;
use portrait::Portrait;

#[derive(Args)]
pub struct StatisticsArguments {
    #[command(flatten)]
    choice: Choice,
    /// Number of generated documents.
    #[arg(long, default_value_t = 2000)]
    count: usize,
    /// A folder of real PDFs to compare with, including its subfolders.
    #[arg(long, value_name = "FOLDER")]
    compare: Option<PathBuf>,
    /// The truth of the real documents, one JSON object per line in the format of `fieldmark eval`:
    /// their fields are then searched on their pages, and only the documents that it names are
    /// read, anywhere below the folder.
    #[arg(long, value_name = "FILE", requires = "compare")]
    truth: Option<PathBuf>,
    /// Number of lines of the comparison; all if omitted.
    #[arg(long)]
    lines: Option<usize>,
}

/// Prints the statistics.
pub fn run(generator: &Generator, options: &StatisticsArguments) -> Result<()> {
    let invoices = options.choice.invoices(generator).take(options.count);
    let generated: Vec<Portrait> = invoices.map(|(_, invoice)| generated::portrait(&invoice)).collect();
    let generated = measure(&generated);
    let mut text = match &options.compare {
        None => table::of_one(&generated),
        Some(folder) => {
            let real = real::portraits(folder, options.truth.as_deref())?;
            table::of_two(&generated, &measure(&real))
        }
    };
    if let Some(lines) = options.lines {
        // The header is an additional line.
        text = text.split_inclusive('\n').take(lines + 1).collect();
    }
    stdout().lock().write_all(text.as_bytes()).context("the statistics cannot be printed")
}
