//! `fieldmark extract`: files in, fields out.

use std::time::Instant;

use anyhow::Context as _;
use fieldmark_domain::spreadsheet::Cells;

use crate::arguments::ExtractArguments;
use crate::engine::{Answer, Engine, PictureNames, Wishes};
use crate::exit_status::{ExitStatus, Unwritten, nobody_reads_on};
use crate::inputs;
use crate::output::{self, Summary};
use crate::settings::Settings;

/// Reads the named files and prints what was found.
///
/// # Errors
/// When nothing was begun: nothing to read, a target that cannot be opened, a model that does not load. With
/// [`Unwritten`] as its context when the target did not take all results.
pub fn run(settings: &Settings, arguments: ExtractArguments) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let inputs = inputs::collect(&arguments.inputs, !arguments.engine.no_xml);
    anyhow::ensure!(!inputs.is_empty(), "there is nothing to read: no PDF in the folders that were named");
    let pictures = arguments.annotate.as_deref().map(PictureNames::within).transpose()?;
    let wishes = Wishes { password: arguments.password, with_candidates: arguments.candidates };
    let engine = Engine::start(settings, &arguments.engine, wishes)?;
    if let Some(target) = &arguments.output {
        // A file is not overwritten for a run that cannot begin.
        anyhow::ensure!(
            !inputs::names(&inputs, target),
            "{} is to be read: the results cannot be written over it",
            target.display()
        );
        engine.wait_for_model()?;
    }
    let mut writer =
        output::open(arguments.format, arguments.output.as_deref(), Cells::raw_if(arguments.raw))?;
    let mut summary = Summary::default();
    let mut complaints = 0;
    let take = |answer: Answer| {
        summary.add(&answer.report);
        if let Some(complaint) = &answer.complaint {
            complaints += 1;
            tracing::error!("{complaint}");
        }
        writer.write(&answer.report).context(Unwritten)
    };
    let taken = engine.read_all(inputs, pictures, take);
    summary.elapsed = start.elapsed();
    let written = taken.and_then(|()| writer.finish(&summary).context(Unwritten));
    if written.as_ref().is_err_and(nobody_reads_on) {
        return Ok(ExitStatus::AllWell);
    }
    written?;
    let all_well = summary.failed == 0 && complaints == 0;
    Ok(if all_well { ExitStatus::AllWell } else { ExitStatus::SomeFailed })
}
