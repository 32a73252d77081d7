//! `fieldmark doctor`: what this installation has, what it lacks, and how to get it.
//!
//! Each file beside this one looks at one group of things; what they find is printed here alone.

mod cage;
mod finding;
mod keeping;
mod machine;
mod model;
mod print;
mod program;
mod reading;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::arguments::{DoctorArguments, DoctorFormat};
use crate::engine;
use crate::exit_status::ExitStatus;
use crate::output::Style;
use crate::settings::{self, Settings};
use finding::{Finding, State};

/// Looks at everything and prints what was found.
///
/// # Errors
/// When there is no runtime, the program does not find itself, or nothing can be printed.
pub fn run(config: Option<&Path>, arguments: &DoctorArguments) -> anyhow::Result<ExitStatus> {
    let (settings, files, refusal) = settings::examine(config);
    let mut findings = program::look(&settings, refusal.as_ref(), &files);
    findings.extend(look_further(&settings)?);
    let printed = match arguments.format {
        DoctorFormat::Json => print::as_json(&findings)?,
        DoctorFormat::Text => print::as_text(&findings, Style::for_terminal(io::stdout().is_terminal())),
    };
    let mut output = io::stdout();
    match output.write_all(printed.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(error).context("the findings cannot be printed");
        }
        _ => {}
    }
    Ok(exit_status(&findings, arguments.strict))
}

/// `strict`: a way out of the cage counts like a thing that is needed and missing.
fn exit_status(findings: &[Finding], strict: bool) -> ExitStatus {
    let is_failure =
        |finding: &Finding| finding.state == State::Missing || strict && finding.state == State::Open;
    if findings.iter().any(is_failure) { ExitStatus::SomeFailed } else { ExitStatus::AllWell }
}

fn look_further(settings: &Settings) -> anyhow::Result<Vec<Finding>> {
    let options = engine::reader_options(settings, engine::cores())?;
    let model = model::start(settings);
    let runtime = engine::runtime(engine::cores())?;
    let (reading, cage, keeping) = runtime.block_on(async {
        (reading::look(&options).await, cage::look(&options).await, keeping::look(settings).await)
    });
    let groups = [reading, model::look(settings, model), keeping, cage, machine::look(&options, settings)];
    Ok(groups.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_cage_fails_only_when_asked_for() {
        let open = [Finding::good("program", "version", "1.0"), Finding::open("cage", "network", "no")];
        let doubtful = [Finding::doubtful("machine", "fonts", "none")];
        let missing = [Finding::missing("reading", "libpdfium", "nowhere")];
        let fails = |findings: &[Finding]| {
            [false, true].map(|strict| exit_status(findings, strict) == ExitStatus::SomeFailed)
        };
        assert_eq!(fails(&open), [false, true]);
        assert_eq!(fails(&doubtful), [false, false]);
        assert_eq!(fails(&missing), [true, true]);
    }
}
