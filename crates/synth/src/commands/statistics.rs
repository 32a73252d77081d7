//! `synth statistics`: what generated pages are like, beside real ones, so that what is unlike is seen.

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
    /// How many generated documents.
    #[arg(long, default_value_t = 2000)]
    count: usize,
    /// A folder of real PDFs to compare with, folders within it included.
    #[arg(long, value_name = "FOLDER")]
    compare: Option<PathBuf>,
    /// What the real documents say, one JSON object a line as `fieldmark eval` takes it: their fields are then
    /// looked for on their pages, and the documents that it names are read, wherever they are below the folder.
    #[arg(long, value_name = "FILE", requires = "compare")]
    truth: Option<PathBuf>,
    /// How many lines of the comparison; all when left out.
    #[arg(long)]
    lines: Option<usize>,
}

/// Prints the statistics.
pub fn run(generator: &Generator, wish: &StatisticsArguments) -> Result<()> {
    let invoices = wish.choice.invoices(generator).take(wish.count);
    let generated: Vec<Portrait> = invoices.map(|(_, invoice)| generated::portrait(&invoice)).collect();
    let generated = measure(&generated);
    let mut text = match &wish.compare {
        None => table::of_one(&generated),
        Some(folder) => {
            let real = real::portraits(folder, wish.truth.as_deref())?;
            table::of_two(&generated, &measure(&real))
        }
    };
    if let Some(lines) = wish.lines {
        // The head is a line of its own.
        text = text.split_inclusive('\n').take(lines + 1).collect();
    }
    stdout().lock().write_all(text.as_bytes()).context("the statistics cannot be printed")
}
