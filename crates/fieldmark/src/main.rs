//! The `fieldmark` command: it wires the adapters to the domain's use cases and runs the subcommand.

mod agreement;
mod arguments;
mod commands;
mod engine;
mod exit_status;
mod inputs;
mod logging;
mod open_files;
mod output;
mod progress;
mod settings;
mod store;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use arguments::Arguments;
use exit_status::ExitStatus;

fn main() -> ExitCode {
    // A worker is started for every document that waits: it looks at no settings and loads no model.
    if let Some(status) = engine::run_as_worker(std::env::args_os()) {
        return status;
    }
    match commands::run(Arguments::parse()) {
        Ok(status) => status.into(),
        Err(error) => {
            // Nothing else can be done when standard error is closed.
            let _ = writeln!(std::io::stderr(), "fieldmark: {error:#}");
            ExitStatus::of(&error).into()
        }
    }
}
