//! `fieldmark eval`: how well fields are read, against true values.

mod amount;
mod comparison;
mod predictions;
mod scoring;
mod similarity;
mod tally;
mod truth;

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::arguments::EvalArguments;
use crate::engine::{Answer, Engine, Wishes};
use crate::exit_status::{ExitStatus, Unwritten};
use crate::extract::nobody_reads_on;
use crate::inputs;
use crate::report::FileReport;
use crate::settings::Settings;
use predictions::{Predictions, Values};
use scoring::{Mistake, score};
use tally::Tally;
use truth::{Selection, TruthRow};

/// Scores results that are there already, or reads the truth's documents and scores those.
///
/// # Errors
/// When truth or predictions cannot be read, and as `fieldmark extract`.
pub fn run(settings: &Settings, arguments: &EvalArguments) -> anyhow::Result<ExitStatus> {
    let selection = Selection {
        set: arguments.set.clone(),
        kind: arguments.kind.clone(),
        language: arguments.language.clone(),
        no_xml_visualisation: arguments.no_xml_visualisation,
    };
    let truth = truth::read(&arguments.truth, &selection)?;
    let predictions = match &arguments.predictions {
        Some(file) => Predictions::read(file)?,
        None => read_documents(settings, arguments, &truth)?,
    };
    let (tally, mistakes) = score(&truth, &predictions, arguments.extra);
    match print(&tally, if arguments.errors { &mistakes } else { &[] }) {
        Err(error) if nobody_reads_on(&error) => Ok(ExitStatus::AllWell),
        printed => printed.map(|()| ExitStatus::AllWell),
    }
}

fn read_documents(
    settings: &Settings,
    arguments: &EvalArguments,
    truth: &[TruthRow],
) -> anyhow::Result<Predictions> {
    let beside_truth = arguments.truth.parent().unwrap_or_else(|| Path::new(""));
    let folder = arguments.dir.as_deref().unwrap_or(beside_truth);
    let files: Vec<_> = truth.iter().map(|row| folder.join(&row.file)).collect();
    let engine = Engine::start(settings, &arguments.engine, Wishes::default())?;
    let mut predictions = Predictions::default();
    let take = |Answer { report, .. }: Answer| {
        if let Some(error) = report.error() {
            tracing::warn!("{} was not read: {}", report.file, error.message);
        }
        predictions.add(&report.file, values(&report));
        Ok(())
    };
    engine.read_all(inputs::collect(&files, true), None, take)?;
    Ok(predictions)
}

fn values(report: &FileReport) -> Values {
    let fields = report.extraction().map_or(&[][..], |read| &read.fields);
    fields.iter().map(|(field, found)| (field.name().to_owned(), found.value.clone())).collect()
}

/// The table goes to standard output; wrong and missing values go to standard error.
fn print(tally: &Tally, mistakes: &[Mistake]) -> anyhow::Result<()> {
    let mut errors = io::stderr().lock();
    for Mistake { document, field, expected, got } in mistakes {
        let got = got.as_ref().map_or_else(|| "nothing".to_owned(), |got| format!("{got:?}"));
        writeln!(errors, "{document}\t{field}\texpected {expected:?}\tgot {got}").context(Unwritten)?;
    }
    write!(io::stdout().lock(), "{tally}").context(Unwritten)
}
