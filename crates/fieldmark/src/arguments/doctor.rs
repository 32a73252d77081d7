//! The options of `fieldmark doctor`.

use clap::{Args, ValueEnum};

/// Look at what this installation has and what it lacks
///
/// Looks at the settings, libpdfium, the model, the processor and the fonts; starts one of the processes
/// that read PDFs, has it read a page, and has another try to get out of its cage: to open files and
/// sockets and to start a program, which a well kept one cannot. Where something is missing it says how to
/// get it. Nothing is changed, and nothing is fetched.
#[derive(Debug, Args)]
#[command(after_help = "\
✓ is as it should be, – could be better and stops nothing, ○ is a way out of the cage and stops nothing,
✗ is needed and missing.

Exit status: 0 everything that is needed works, 1 something needed is missing or, with --strict, the cage is
open, 2 wrong options.

Examples:
  fieldmark doctor
      For people, one line for each thing.
  fieldmark doctor --format json | jq -r '.findings[] | select(.state != \"good\") | .name'
      For machines: the names of what is not as it should be.
  fieldmark doctor --strict > /dev/null || exit 1
      Before a service starts: everything works, and the cage is closed.")]
pub struct DoctorArguments {
    /// How to print the findings
    #[arg(long, short, value_enum, default_value_t = DoctorFormat::Text)]
    pub format: DoctorFormat,

    /// End with 1 when the cage is open: a hold is missing, or a try to get out succeeded
    #[arg(long)]
    pub strict: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DoctorFormat {
    /// For people: a line for each finding
    Text,
    /// One JSON object
    Json,
}
