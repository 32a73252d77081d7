//! The options of `fieldmark submit`.

use std::path::PathBuf;

use clap::Args;

use super::kept::{NoteArguments, PrintArguments};
use super::numbers::priority;

/// Keep documents and queue them for reading
///
/// Each file is kept with its bytes, and a job waits for a worker (`fieldmark worker`) to read it.
/// A file that was kept before, by its bytes, is not kept twice: the answer names the first
/// document with its present status and, while it waits or is read, its job. One that was kept
/// without being read is queued now, unless `--no-process` is given; one that failed stays so
/// (`fieldmark documents process`), except for lost or damaged bytes. Folders are searched for PDFs
/// and for e-invoices in XML, subfolders included. A file that is refused has its error in its
/// place and never stops the others.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 all files are kept, 1 some were refused, 2 nothing was begun (wrong options or settings, no database).

Examples:
  fieldmark submit inbox/
      A line for each file: its document's id, its job's id.
  fieldmark submit urgent.pdf --priority 10 --tag urgent --note cost_centre=4711
      Read before the others, and found again by its tag.
  fieldmark submit inbox/ | jq -r '.document_id' > ids.txt
      A pipe gets one JSON object per file without being asked.")]
pub struct SubmitArguments {
    /// PDFs, e-invoices in XML, or folders with them
    #[arg(required = true, value_name = "FILE|DIR")]
    pub inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub print: PrintArguments,

    /// Larger numbers are read first
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = priority)]
    pub priority: i16,

    /// Keep the documents without queueing them
    #[arg(long)]
    pub no_process: bool,

    /// Answer with the first document when the same request comes again within a day, and refuse another file under
    /// the same key; for one file at a time
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,

    #[command(flatten)]
    pub notes: NoteArguments,
}
