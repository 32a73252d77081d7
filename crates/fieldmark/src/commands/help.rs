//! `fieldmark completions` and `fieldmark manual`: the options, as shells and `man` read them.
//!
//! Both come from the same definitions as `--help`. No settings are read, so that packages can be built anywhere.

use std::fs;
use std::io::Write as _;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::arguments::{Arguments, CompletionsArguments, ManualArguments};
use crate::exit_status::{ExitStatus, Unwritten};

/// Prints the completions of a shell.
///
/// # Errors
/// When standard output does not take what is printed.
pub fn completions(arguments: &CompletionsArguments) -> anyhow::Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "fieldmark", &mut script);
    printed(&script)
}

/// Prints the manual page, or writes all pages into a folder.
///
/// # Errors
/// When standard output or the folder does not take what is written.
pub fn manual(arguments: &ManualArguments) -> anyhow::Result<ExitStatus> {
    // A manual page shows the plain version: when and from what it was built is no news to its reader.
    let command = Arguments::command().version(env!("CARGO_PKG_VERSION"));
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).context("the manual page cannot be made")?;
        return printed(&page);
    };
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    written.with_context(|| format!("the manual pages cannot be written into {}", folder.display()))?;
    Ok(ExitStatus::AllWell)
}

fn printed(bytes: &[u8]) -> anyhow::Result<ExitStatus> {
    let mut output = std::io::stdout().lock();
    output.write_all(bytes).and_then(|()| output.flush()).context(Unwritten)?;
    Ok(ExitStatus::AllWell)
}
