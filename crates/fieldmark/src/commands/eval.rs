//! `fieldmark eval`: its arguments to an evaluation, and the printed result.
//!
//! What counts as right and how it is counted is the crate `fieldmark-evaluation`.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;
use fieldmark_detection_candle::ModelFiles;
use fieldmark_evaluation::{
    Mistake, Predictions, Readings, Selection, Tally, TruthRow, report, score, truth,
};

use crate::arguments::{EngineArguments, EvalArguments};
use crate::engine::{Answer, Engine, Wishes};
use crate::exit_status::{ExitStatus, Unwritten, nobody_reads_on};
use crate::inputs;
use crate::settings::Settings;

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
    let readings = match &arguments.predictions {
        Some(file) => Readings::of_values(Predictions::read(file)?),
        None => read_documents(settings, arguments, &truth)?,
    };
    if let Some(folder) = &arguments.report {
        report::write(folder, &truth, &readings, arguments.extra)?;
    }
    let (tally, mistakes) = score(&truth, &readings.values, arguments.extra);
    match print(&tally, if arguments.errors { &mistakes } else { &[] }) {
        Err(error) if nobody_reads_on(&error) => Ok(ExitStatus::AllWell),
        printed => printed.map(|()| ExitStatus::AllWell),
    }
}

/// Reads what users would get and, where a report is wanted, once more everything however unsure: a threshold may
/// change more than what is left out.
fn read_documents(
    settings: &Settings,
    arguments: &EvalArguments,
    truth: &[TruthRow],
) -> anyhow::Result<Readings> {
    let beside_truth = arguments.truth.parent().unwrap_or_else(|| Path::new(""));
    let folder = arguments.dir.as_deref().unwrap_or(beside_truth);
    let files: Vec<_> = truth.iter().map(|row| folder.join(&row.file)).collect();
    let mut readings = Readings::with_weights_of(weights_bytes(settings));
    let engine = Engine::start(settings, &arguments.engine, Wishes::default())?;
    engine.read_all(inputs::collect(&files, true), None, |Answer { report, .. }| {
        if let Some(error) = report.error() {
            tracing::warn!("{} was not read: {}", report.file, error.message);
        }
        readings.add(&report);
        Ok(())
    })?;
    if arguments.report.is_some() {
        let unsure = EngineArguments { threshold: Some(0.0), ..arguments.engine.clone() };
        let wishes = Wishes { with_candidates: true, ..Wishes::default() };
        let engine = Engine::start(settings, &unsure, wishes)?;
        engine.read_all(inputs::collect(&files, true), None, |Answer { report, .. }| {
            readings.add_claims(&report);
            Ok(())
        })?;
    }
    Ok(readings)
}

/// How large the model's weights are: those of the settings' folder, or those that are compiled in.
fn weights_bytes(settings: &Settings) -> Option<u64> {
    match &settings.detection.model {
        Some(folder) => Some(std::fs::metadata(folder.join("weights.safetensors")).ok()?.len()),
        None => u64::try_from(ModelFiles::BUNDLED.weights.len()).ok(),
    }
}

/// The table goes to standard output; wrong and missing values go to standard error.
fn print(tally: &Tally, mistakes: &[Mistake]) -> anyhow::Result<()> {
    let mut errors = io::stderr().lock();
    for Mistake { document, field, expected, got } in mistakes {
        let got = got.as_ref().map_or_else(|| "nothing".to_owned(), |got| quoted(got));
        let expected = quoted(expected);
        writeln!(errors, "{document}\t{field}\texpected {expected}\tgot {got}").context(Unwritten)?;
    }
    write!(io::stdout().lock(), "{tally}").context(Unwritten)
}

/// A value as JSON writes it, in one line whatever is in it.
fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}
