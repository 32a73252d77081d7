//! The options of `fieldmark worker`.

use std::num::NonZeroUsize;

use clap::Args;

use super::engine::jobs;

/// Read the documents that wait
///
/// Takes jobs under a lease, most urgent first, and keeps what it reads. Any number of workers may run at once, on one
/// machine or, with PostgreSQL, on many. A worker that is killed loses nothing: its jobs go to another one when their
/// leases have run out. SIGTERM or Ctrl-C stops it politely: it gives its jobs back at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 stopped or, with --drain, nothing waits any more; 2 nothing was begun (wrong options or settings, no
database, a model that does not load).

Examples:
  fieldmark worker
      Reads until it is stopped. FIELDMARK_LOG__LEVEL=info shows each document.
  fieldmark worker --drain
      Reads what waits, then ends: for cron, and for trying things.
  fieldmark worker --jobs 8
      Eight documents at once.")]
pub struct WorkerArguments {
    /// End when no job waits or runs any more
    #[arg(long)]
    pub drain: bool,

    /// How many documents to read at once [default: jobs.workers, the number of processor cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// Where the model computes: cpu or cuda [default: detection.device, cpu]
    #[arg(long, value_name = "DEVICE", value_parser = ["cpu", "cuda"])]
    pub device: Option<String>,
}
