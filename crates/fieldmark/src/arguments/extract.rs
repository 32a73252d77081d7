//! The options of `fieldmark extract`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::EngineArguments;

/// Read the fields of invoices
///
/// Folders are searched for PDFs and for e-invoices in XML, subfolders included; links to folders are not followed, and
/// a link that leads nowhere is an error in its place. Results come in the order of the files, whatever
/// `--jobs` is. A file that cannot be read has its error in its place and never stops the others.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 all files were read, 1 some failed or the results could not be written, 2 nothing was begun (wrong options or settings, \
nothing to read).

Examples:
  fieldmark extract invoice.pdf
      A table for people: field, value, confidence, checks, page.
  fieldmark extract invoice.pdf --annotate pages/
      Also writes pages/invoice-1.png with every box drawn.
  fieldmark extract inbox/ --format jsonl | jq -r '[.file, .fields.total_gross.value] | @tsv'
      One JSON object per file. A pipe gets JSON Lines without being asked.
  fieldmark extract inbox/ --format csv --output invoices.csv
      One row per file, one column per field; text that a spreadsheet would calculate is made plain.
  fieldmark extract unclear.pdf --threshold 0.2 --candidates --format json
      Also what the reader is less sure of, and what else it considered.")]
pub struct ExtractArguments {
    /// PDFs, e-invoices in XML, or folders with them
    #[arg(required = true, value_name = "FILE|DIR")]
    pub inputs: Vec<PathBuf>,

    /// How to print the results [default: table on a terminal, jsonl otherwise]
    #[arg(long, short, value_enum)]
    pub format: Option<Format>,

    /// Write cells of CSV as they are, for programs
    ///
    /// A spreadsheet calculates what begins with =, +, - or @. Without this option such text gets an apostrophe before
    /// it, so that a supplier's name is read as one; amounts never get any.
    #[arg(long)]
    pub raw: bool,

    /// Write the results to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write a picture of each page into this folder, with the fields' boxes drawn
    #[arg(long, value_name = "DIR")]
    pub annotate: Option<PathBuf>,

    /// Give the other values that were considered for a field, too (json and jsonl)
    #[arg(long)]
    pub candidates: bool,

    /// The password of encrypted files
    ///
    /// Other users of the machine may see it in the list of processes: FIELDMARK_PASSWORD in the
    /// environment is the quieter way.
    #[arg(long, env = PASSWORD_VARIABLE, hide_env_values = true)]
    pub password: Option<String>,

    #[command(flatten)]
    pub engine: EngineArguments,
}

/// The environment variable that may hold the password; it is no setting.
pub const PASSWORD_VARIABLE: &str = "FIELDMARK_PASSWORD";

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: a table per file
    Table,
    /// One JSON array of all files
    Json,
    /// One JSON object per line and file
    Jsonl,
    /// One row per file, one column per field
    Csv,
}
