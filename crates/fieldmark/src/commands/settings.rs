//! `fieldmark settings`: the settings as they hold, or the reference of all of them.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::arguments::SettingsArguments;
use crate::exit_status::{ExitStatus, Unwritten, nobody_reads_on};
use crate::output::list::ListPrinter;
use crate::settings;

/// Prints the settings.
///
/// # Errors
/// When settings are refused. With [`Unwritten`] as its context when they cannot be printed.
pub fn run(config: Option<&Path>, arguments: &SettingsArguments) -> anyhow::Result<ExitStatus> {
    let printed = if arguments.markdown {
        io::stdout().lock().write_all(settings::markdown().as_bytes()).context(Unwritten)
    } else {
        print(settings::effective(config)?, arguments)
    };
    match printed {
        Err(error) if nobody_reads_on(&error) => Ok(ExitStatus::AllWell),
        printed => printed.map(|()| ExitStatus::AllWell),
    }
}

fn print(rows: Vec<settings::Effective>, arguments: &SettingsArguments) -> anyhow::Result<()> {
    let mut printer = ListPrinter::new(arguments.print);
    printer.write(rows).context(Unwritten)?;
    printer.finish(None).context(Unwritten)
}
