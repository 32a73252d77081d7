//! `fieldmark doctor`: what this installation has, what it lacks, and how to get it.
//!
//! Each file beside this one looks at one group of things; what they find is printed here alone.

mod cage;
mod finding;
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
    let (settings, refusal) = settings::examine(config);
    let mut findings = program::look(&settings, refusal.as_ref(), &settings::files(config));
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
    let is_well = findings.iter().all(|finding| finding.state != State::Missing);
    Ok(if is_well { ExitStatus::AllRead } else { ExitStatus::SomeFailed })
}

fn look_further(settings: &Settings) -> anyhow::Result<Vec<Finding>> {
    let options = engine::reader_options(settings, engine::cores())?;
    let model = model::start(settings);
    let runtime = engine::runtime(engine::cores())?;
    let (reading, cage) =
        runtime.block_on(async { (reading::look(&options).await, cage::look(&options).await) });
    let groups = [reading, model::look(settings, model), cage, machine::look(&options)];
    Ok(groups.into_iter().flatten().collect())
}
