//! The options of `fieldmark completions` and `fieldmark manual`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Print the completions of a shell, so that Tab completes subcommands, options and files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldmark completions bash > ~/.local/share/bash-completion/completions/fieldmark
  fieldmark completions zsh > ~/.zfunc/_fieldmark      with fpath+=~/.zfunc before compinit in ~/.zshrc
  fieldmark completions fish > ~/.config/fish/completions/fieldmark.fish")]
pub struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

/// Print the manual page, or write the pages of all subcommands into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fieldmark manual | man --local-file -                read it
  fieldmark manual ~/.local/share/man/man1             then: man fieldmark-extract")]
pub struct ManualArguments {
    /// Folder for the pages of the command and of every subcommand; it is created when it is missing
    pub folder: Option<PathBuf>,
}
