//! Scores by set, by language and by template.

use std::collections::BTreeMap;

use super::markdown::{Table, share};
use crate::bootstrap::f1_interval;
use crate::calibration::{coverage_at, expected_calibration_error};
use crate::evaluation::Evaluation;
use crate::tally::Counts;

/// A row for each set and, where there are several, one for all together.
pub fn sets(all: &Evaluation<'_, '_>) -> String {
    let mut table = Table::new(&[
        "set",
        "documents",
        "templates",
        "n",
        "P",
        "R",
        "micro F1",
        "95 % interval",
        "macro F1",
        "ECE",
        "coverage at 0.98",
        "coverage at 0.99",
    ]);
    let sets = all.grouped(|row| row.set.as_deref());
    for (name, set) in &sets {
        table.row(&set_row(name, set));
    }
    if sets.len() != 1 {
        table.row(&set_row("all", all));
    }
    table.into_text()
}

fn set_row(name: &str, set: &Evaluation<'_, '_>) -> Vec<String> {
    let templates: Vec<Counts> = set.templates().into_values().collect();
    let total = set.tally().total();
    let given = set.given(None);
    let expected = total.expected() as usize;
    let interval = f1_interval(&templates);
    let mut cells = vec![name.to_owned(), set.documents.len().to_string(), templates.len().to_string()];
    cells.extend(scores(total));
    cells.extend([
        interval.map_or_else(|| "–".to_owned(), |(low, high)| format!("{low:.3} to {high:.3}")),
        share(set.macro_f1()),
        share(expected_calibration_error(&given)),
        share(coverage_at(0.98, &given, expected)),
        share(coverage_at(0.99, &given, expected)),
    ]);
    cells
}

/// How many values count, precision, recall and F1; dashes where nothing counts.
pub fn scores(counts: Counts) -> [String; 4] {
    let score = |score: f64| if counts == Counts::default() { "–".to_owned() } else { share(score) };
    [counts.expected().to_string(), score(counts.precision()), score(counts.recall()), score(counts.f1())]
}

/// A row for each language.
pub fn languages(all: &Evaluation<'_, '_>) -> String {
    table_of("language", all.grouped(|row| row.language.as_deref()))
}

/// A row for each template.
pub fn templates(all: &Evaluation<'_, '_>) -> String {
    table_of("template", all.grouped(|row| Some(row.template())))
}

fn table_of(head: &str, groups: BTreeMap<&str, Evaluation<'_, '_>>) -> String {
    let mut table = Table::new(&[head, "documents", "n", "P", "R", "F1"]);
    for (name, group) in groups {
        let mut cells = vec![name.to_owned(), group.documents.len().to_string()];
        cells.extend(scores(group.tally().total()));
        table.row(&cells);
    }
    table.into_text()
}
