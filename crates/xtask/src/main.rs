//! `cargo xtask …`: set-up and chores that cargo alone cannot do.
//!
//! Knows programs, files and exit states; knows nothing of invoices, so that it compiles in seconds.

mod arrows;
mod check;
mod demo;
mod packages;
mod pdfium;
mod process;
mod report;
mod tally;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  demo         get libpdfium, build, make three sample invoices, read them, draw what was read
  test         get what the tests need, run every check and every test
  check        format, lints, documentation, licences, who-may-use-whom
  check-deps   who-may-use-whom alone
  pdfium       get libpdfium into the data folder";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["demo"] => demo::run(),
        ["test"] => return conclude(test::run()),
        ["check"] => check::run(),
        ["check-deps"] => arrows::run(),
        ["pdfium"] => pdfium::fetch().map(|_| ()),
        ["help" | "--help" | "-h"] => {
            report::line(USAGE);
            Ok(())
        }
        _ => {
            report::complain(USAGE);
            return ExitCode::from(2);
        }
    };
    conclude(outcome.map(|()| true))
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
