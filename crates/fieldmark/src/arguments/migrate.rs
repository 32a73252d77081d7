//! The options of `fieldmark migrate`.

use clap::{Args, Subcommand};

use super::numbers::{number, positive};

/// Bring the database's tables to this version, take a step back, or see how far they are
///
/// Every subcommand that needs the database brings its tables up to date by itself. This one is for
/// those who want to do it apart, before new programs start. Up also rewrites an SQLite file, once,
/// that was made by a version which did not overwrite what it deleted: the disk must have room for
/// two more of it.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 done, 2 nothing was done: wrong options or settings, no database, a service at work,
or down without --yes.

Examples:
  fieldmark migrate status
  fieldmark migrate up
  fieldmark migrate down --steps 1 --yes")]
pub struct MigrateArguments {
    #[command(subcommand)]
    pub direction: Migration,
}

/// Which way.
#[derive(Debug, Subcommand)]
pub enum Migration {
    /// Do every migration that was not done
    Up,
    /// Undo the last migration; what its tables hold is lost. Refused while a service or a worker
    /// is at work
    Down {
        /// How many to undo
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = steps)]
        steps: u32,
        /// Do it: what the tables hold is lost
        #[arg(long)]
        yes: bool,
    },
    /// Print which migrations were done and which were not
    Status,
}

fn steps(text: &str) -> Result<u32, String> {
    positive(text).and_then(|_| number(text, "a whole number from 1"))
}
