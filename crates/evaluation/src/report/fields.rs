//! Scores by field: of each set, where there are several, and of all together.

use super::groups::scores;
use super::markdown::Table;
use crate::evaluation::Evaluation;
use crate::tally::{Counts, Tally};

/// The table.
pub fn table(all: &Evaluation<'_, '_>) -> String {
    let sets: Vec<(&str, Tally)> =
        all.grouped(|row| row.set.as_deref()).into_iter().map(|(name, set)| (name, set.tally())).collect();
    let sets = if sets.len() > 1 { sets } else { Vec::new() };
    let mut heads = vec!["field".to_owned()];
    heads.extend(sets.iter().flat_map(|(name, _)| [format!("{name}: n"), format!("{name}: F1")]));
    heads.extend(["n", "P", "R", "F1"].map(str::to_owned));
    let mut table = Table::new(&heads);
    let tally = all.tally();
    let fields = tally.fields().into_iter().map(|(field, counts)| (Some(field), counts));
    for (field, counts) in fields.chain([(None, tally.total())]) {
        let mut cells = vec![field.unwrap_or("micro").to_owned()];
        for (_, set) in &sets {
            let counts = field.map_or_else(|| set.total(), |field| counts_of(set, field));
            let [count, _, _, f1] = scores(counts);
            cells.extend([count, f1]);
        }
        cells.extend(scores(counts));
        table.row(&cells);
    }
    table.into_text()
}

fn counts_of(tally: &Tally, wanted: &str) -> Counts {
    let counts = tally.fields().into_iter().find(|(field, _)| *field == wanted);
    counts.map(|(_, counts)| counts).unwrap_or_default()
}
