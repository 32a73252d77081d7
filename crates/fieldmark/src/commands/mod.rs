//! The subcommands, a module each, and what several of them share.
//!
//! Each has a `run` that takes the settings and its own arguments and returns the exit status.

mod doctor;
mod documents;
mod each;
mod eval;
mod extract;
mod help;
mod jobs;
mod labels;
mod migrate;
mod serve;
mod settings;
mod show;
mod submit;
mod worker;

use crate::arguments::{Arguments, Command};
use crate::exit_status::ExitStatus;
use crate::logging::{self, Kind};
use crate::settings::{Settings, load};

/// Runs the subcommand that was asked for.
///
/// # Errors
/// When settings are refused, and those of the subcommand.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitStatus> {
    let config = arguments.config.as_deref();
    let logged = |kind| -> anyhow::Result<Settings> {
        let (settings, files) = load(config)?;
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
        Command::Settings(arguments) => settings::run(config, &arguments),
        // Settings that are refused are a finding, too.
        Command::Doctor(arguments) => doctor::run(config, &arguments),
        Command::Completions(arguments) => help::completions(&arguments),
        Command::Manual(arguments) => help::manual(&arguments),
    }
}
