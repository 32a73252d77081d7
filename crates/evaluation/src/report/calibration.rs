//! How well confidences are calibrated, by field, and what could be taken unseen.

use super::markdown::{Table, share};
use crate::calibration::{Given, coverage_at, expected_calibration_error};
use crate::evaluation::Evaluation;

/// The table: all values that were given however unsure.
pub fn table(all: &Evaluation<'_, '_>) -> String {
    let mut table = Table::new(&[
        "field",
        "values given",
        "mean confidence",
        "right",
        "ECE",
        "coverage at 0.98",
        "coverage at 0.99",
    ]);
    let tally = all.tally();
    for (field, counts) in tally.fields() {
        table.row(&row(field, &all.given(Some(field)), counts.expected() as usize));
    }
    table.row(&row("all", &all.given(None), tally.total().expected() as usize));
    table.into_text()
}

/// Confidences from which on a user might take values unseen.
const FROM: [f64; 6] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99];

/// A row for each of some confidences: how many of the values shown are given rightly from there on, and how many of
/// the values given are right.
pub fn thresholds(all: &Evaluation<'_, '_>) -> String {
    let mut table = Table::new(&["confidence from", "values given", "right", "share of the values shown"]);
    let expected = all.tally().total().expected().max(1);
    let given = all.given(None);
    for from in FROM {
        let sure: Vec<&Given> = given.iter().filter(|value| value.confidence >= from).collect();
        let right = sure.iter().filter(|value| value.is_right).count();
        table.row(&[
            format!("{from:.2}"),
            sure.len().to_string(),
            share(right as f64 / sure.len().max(1) as f64),
            share(right as f64 / f64::from(expected)),
        ]);
    }
    table.into_text()
}

fn row(name: &str, given: &[Given], expected: usize) -> Vec<String> {
    let count = given.len().max(1) as f64;
    let confidence = given.iter().map(|value| value.confidence).sum::<f64>() / count;
    let right = given.iter().filter(|value| value.is_right).count() as f64 / count;
    vec![
        name.to_owned(),
        given.len().to_string(),
        share(confidence),
        share(right),
        share(expected_calibration_error(given)),
        share(coverage_at(0.98, given, expected)),
        share(coverage_at(0.99, given, expected)),
    ]
}
