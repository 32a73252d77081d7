//! `cargo xtask …`: setup and tasks that cargo alone cannot do.
//!
//! Knows programs, files and exit codes; knows nothing of invoices, so that it compiles in seconds.

mod accuracy;
mod arrows;
mod cargo_tools;
mod check;
mod demo;
mod dist;
mod environment;
mod fuzz;
mod licences;
mod mutate;
mod packages;
mod pdfium;
mod pip;
mod process;
mod report;
mod tally;
mod test;
mod wheel;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use environment::Environment;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  demo         get libpdfium, build, make three sample invoices, read them, draw what was read
  test         get what the tests need, run every check and every test
  dist         build one archive that runs without Rust: the program, libpdfium, completions, the manual, licences
  check        format, lints, documentation, licences, who-may-use-whom
  check-deps   who-may-use-whom alone
  pdfium       get libpdfium into the data folder and beside the programs that cargo builds
  moto         get moto's server, which speaks S3 in tests, into the target folder
  schemathesis get schemathesis, which holds the service to its OpenAPI document, into the target folder
  accuracy [--eval DIR] [--quick]
               measure how well fields are read, on generated invoices of unseen layouts and on the documents of DIR
               beside their truth.jsonl, and write the tables of docs/accuracy.md
  mutate [--pdfs N] [--invoices N] [--seed S] [--dir DIR]
               have 5,000 PDFs and 2,000 e-invoices that are spoilt on purpose read by the command and the service, and
               count answers, refusals and faults
  fuzz [TARGET…] [--seconds N]
               get cargo-fuzz, run targets of crates/fuzz (all of them, 60 seconds each)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["demo"] => demo::run(),
        ["test"] => return conclude(test::run()),
        ["dist"] => dist::run(),
        ["check"] => check::run(),
        ["check-deps"] => arrows::run(),
        ["pdfium"] => pdfium::fetch().map(|_| ()),
        ["moto"] => get(environment::MOTO),
        ["schemathesis"] => get(environment::SCHEMATHESIS),
        ["accuracy", options @ ..] => match accuracy::Options::parse(options) {
            Some(options) => accuracy::run(&options),
            None => return misunderstood(),
        },
        ["fuzz", options @ ..] => match fuzz::Options::parse(options) {
            Some(options) => fuzz::run(&options),
            None => return misunderstood(),
        },
        ["mutate", options @ ..] => match mutate::Options::parse(options) {
            Some(options) => mutate::run(&options),
            None => return misunderstood(),
        },
        ["help" | "--help" | "-h"] => {
            report::line(USAGE);
            Ok(())
        }
        _ => return misunderstood(),
    };
    conclude(outcome.map(|()| true))
}

fn get(environment: Environment) -> Result<()> {
    packages::ensure_for_python()?;
    environment.ensure()
}

fn misunderstood() -> ExitCode {
    report::complain(USAGE);
    ExitCode::from(2)
}

fn conclude(outcome: Result<bool>) -> ExitCode {
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::complain(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
