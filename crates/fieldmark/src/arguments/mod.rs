//! What may be said on the command line, and what `--help` says about it.

mod doctor;
mod documents;
mod engine;
mod eval;
mod extract;
mod help;
mod jobs;
mod kept;
mod labels;
mod migrate;
mod numbers;
mod serve;
mod settings;
mod show;
mod submit;
mod worker;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use doctor::{DoctorArguments, DoctorFormat};
pub use documents::{DocumentAction, DocumentQueryArguments, DocumentsArguments, SortArgument};
pub use engine::EngineArguments;
pub use eval::EvalArguments;
pub use extract::{ExtractArguments, Format};
pub use help::{CompletionsArguments, ManualArguments};
pub use jobs::{JobAction, JobsArguments};
pub use kept::{ListArguments, ListFormat, NoteArguments, PrintArguments};
pub use labels::{LabelAction, LabelsArguments, ValueOfField};
pub use migrate::{MigrateArguments, Migration};
pub use serve::ServeArguments;
pub use settings::SettingsArguments;
pub use show::{ShowArguments, ShowFormat};
pub use submit::SubmitArguments;
pub use worker::WorkerArguments;

/// Reads invoices: PDFs and e-invoices go in, their fields come out, each with its place on the page, a confidence,
/// and the checks that it passed or failed.
#[derive(Debug, Parser)]
#[command(name = "fieldmark", version = version(), propagate_version = true, max_term_width = 100)]
#[command(after_help = "\
Examples:
  fieldmark extract invoice.pdf                  the fields of one invoice, as a table
  fieldmark extract inbox/ --format jsonl        one JSON object per file, for other programs
  fieldmark serve                                the service: http://127.0.0.1:8080, its API at /docs
  fieldmark submit inbox/                        keep invoices, and queue them for reading
  fieldmark worker                               read what is queued, until it is stopped
  fieldmark documents --status processed         what was read; fieldmark show ID prints one
  fieldmark doctor                               what is there, what is missing, how to get it
  fieldmark extract --help                       everything that extract can do

Settings come from the file that --config or FIELDMARK_CONFIG names, else from \
~/.config/fieldmark/fieldmark.toml, else from /etc/fieldmark/fieldmark.toml; from the .env beside that file; and \
from the environment (FIELDMARK_READER__TIMEOUT=30s). Options of the command line stand above them. A settings \
file that merely lies in the current folder is not read.")]
pub struct Arguments {
    /// Settings file to use instead of the user's or the system's [env: FIELDMARK_CONFIG, an absolute path]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands; what each does is said where its arguments are.
#[derive(Debug, Subcommand)]
pub enum Command {
    Extract(Box<ExtractArguments>),
    Serve(ServeArguments),
    Submit(SubmitArguments),
    Worker(WorkerArguments),
    Documents(Box<DocumentsArguments>),
    Show(ShowArguments),
    Labels(LabelsArguments),
    Jobs(JobsArguments),
    Migrate(MigrateArguments),
    Eval(Box<EvalArguments>),
    Settings(SettingsArguments),
    Doctor(DoctorArguments),
    Completions(CompletionsArguments),
    Manual(ManualArguments),
}

/// Version, commit, target, profile and devices of this build.
pub const fn version() -> &'static str {
    concat!(
        env!("CARGO_PKG_VERSION"),
        " (",
        env!("FIELDMARK_BUILT_COMMIT"),
        ", ",
        env!("FIELDMARK_BUILT_TARGET"),
        ", ",
        env!("FIELDMARK_BUILT_PROFILE"),
        ", devices ",
        env!("FIELDMARK_BUILT_DEVICES"),
        ")"
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
