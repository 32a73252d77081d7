//! The options of `fieldmark settings`.

use clap::Args;

use super::PrintArguments;

/// Print the settings as they hold, and where each comes from
///
/// Settings come from a file, from the `.env` beside it and from the environment. Secrets are not printed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldmark settings
      Every setting with its value, and the file or variable that sets it.
  fieldmark settings --format jsonl | jq -r 'select(.source != \"its default\") | .key'
      For machines: the settings that are not left at their defaults.")]
pub struct SettingsArguments {
    #[command(flatten)]
    pub print: PrintArguments,

    /// Print the reference of all settings with their defaults, in Markdown
    #[arg(long, conflicts_with_all = ["format", "raw"])]
    pub markdown: bool,
}
