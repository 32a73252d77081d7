//! The options of `fieldmark jobs`.

use clap::{Args, Subcommand};
use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::{JobId, JobStatus};

use super::kept::{ListArguments, document_id, job_id};

/// List jobs, cancel them, or have them tried again
///
/// Without a subcommand the jobs that fit the options are listed, the newest first: twenty in a table, all of them in
/// JSON Lines and CSV, unless --limit says how many.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Exit status: 0 done, 1 some of it was not (each says why), 2 wrong options or settings, no database.

Examples:
  fieldmark jobs --status running
  fieldmark jobs --status dead | jq -r '.id' | xargs -r fieldmark jobs retry
      What was given up is tried again. A pipe gets all of them, as JSON Lines.
  fieldmark jobs cancel 0199b6a2-7c1e-7d2a-9f00-3c5e1b2a4d6f"
)]
pub struct JobsArguments {
    #[command(subcommand)]
    pub action: Option<JobAction>,

    /// Only those that have come so far: queued, running, succeeded, failed, cancelled, dead; may be given several
    /// times
    #[arg(long, value_name = "STATUS", value_parser = status, value_delimiter = ',')]
    pub status: Vec<JobStatus>,

    /// Only those of this document
    #[arg(long, value_name = "ID", value_parser = document_id)]
    pub document: Option<DocumentId>,

    #[command(flatten)]
    pub list: ListArguments,
}

/// What is done with jobs.
#[derive(Debug, Subcommand)]
pub enum JobAction {
    /// Print jobs
    Show(JobIds),
    /// Cancel jobs: one that waits at once, one that runs as soon as its worker hears of it
    Cancel(JobIds),
    /// Have jobs tried again that failed, were given up or were cancelled
    Retry(JobIds),
}

/// Which jobs.
#[derive(Debug, Args)]
pub struct JobIds {
    /// The jobs
    #[arg(required = true, value_name = "ID", value_parser = job_id)]
    pub ids: Vec<JobId>,
}

fn status(text: &str) -> Result<JobStatus, String> {
    let names = || JobStatus::ALL.map(JobStatus::name).join(", ");
    text.parse().map_err(|_| format!("must be one of {}", names()))
}
