//! The `fieldmark` command: it wires the adapters to the domain's use cases and speaks with people.

mod annotate;
mod arguments;
mod batch;
mod engine;
mod eval;
mod exit_status;
mod extract;
mod inputs;
mod logging;
mod output;
mod progress;
mod report;
mod settings;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use exit_status::ExitStatus;

fn main() -> ExitCode {
    // A worker is started for every document that waits: it looks at no settings and loads no model.
    if let Some(status) = engine::run_as_worker(std::env::args_os()) {
        return status;
    }
    match run(Arguments::parse()) {
        Ok(status) => status.into(),
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(std::io::stderr(), "fieldmark: {error:#}");
            ExitStatus::of(&error).into()
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitStatus> {
    let settings = settings::load(arguments.config.as_deref())?;
    logging::start(&settings.log)?;
    match arguments.command {
        Command::Extract(arguments) => extract::run(&settings, *arguments),
        Command::Eval(arguments) => eval::run(&settings, &arguments),
    }
}
