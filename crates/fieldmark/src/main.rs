//! The `fieldmark` command: it wires the adapters to the domain's use cases and speaks with people.

mod agreement;
mod annotate;
mod arguments;
mod batch;
mod doctor;
mod documents;
mod each;
mod engine;
mod eval;
mod exit_status;
mod extract;
mod inputs;
mod jobs;
mod labels;
mod logging;
mod migrate;
mod open_files;
mod output;
mod progress;
mod serve;
mod settings;
mod show;
mod store;
mod submit;
mod worker;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use exit_status::ExitStatus;
use logging::Kind;
use settings::Settings;

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
    let config = arguments.config.as_deref();
    let logged = |kind| -> anyhow::Result<Settings> {
        let (settings, files) = settings::load(config)?;
        logging::start(&settings.log, kind)?;
        logging::name_files(&files, kind);
        Ok(settings)
    };
    let settings = || logged(Kind::Command);
    match arguments.command {
        Command::Extract(arguments) => extract::run(&settings()?, *arguments),
        Command::Submit(arguments) => submit::run(&settings()?, &arguments),
        Command::Serve(arguments) => serve::run(&logged(Kind::Service)?, &arguments),
        Command::Worker(arguments) => worker::run(&logged(Kind::Service)?, &arguments),
        Command::Documents(arguments) => documents::run(&settings()?, *arguments),
        Command::Show(arguments) => show::run(&settings()?, &arguments),
        Command::Labels(arguments) => labels::run(&settings()?, arguments),
        Command::Jobs(arguments) => jobs::run(&settings()?, arguments),
        Command::Migrate(arguments) => migrate::run(&settings()?, &arguments),
        Command::Eval(arguments) => eval::run(&settings()?, &arguments),
        // Settings that are refused are a finding, too.
        Command::Doctor(arguments) => doctor::run(config, &arguments),
    }
}
