//! The errors that are left, by field and kind.

use std::collections::BTreeMap;

use super::markdown::Table;
use crate::error_kinds::ErrorKind;
use crate::evaluation::Evaluation;

/// The table, fields with the most errors first; a field without errors has no row.
pub fn table(all: &Evaluation<'_, '_>) -> String {
    let mut counts: BTreeMap<&str, BTreeMap<ErrorKind, usize>> = BTreeMap::new();
    for (field, kind) in all.documents.iter().flat_map(|document| &document.errors) {
        *counts.entry(field).or_default().entry(*kind).or_default() += 1;
    }
    let mut rows: Vec<(&str, BTreeMap<ErrorKind, usize>)> = counts.into_iter().collect();
    rows.sort_by_key(|(_, kinds)| std::cmp::Reverse(kinds.values().sum::<usize>()));
    let mut sum: BTreeMap<ErrorKind, usize> = BTreeMap::new();
    for (kind, count) in rows.iter().flat_map(|(_, kinds)| kinds) {
        *sum.entry(*kind).or_default() += count;
    }
    rows.push(("all", sum));
    let heads = ["field", "errors"].into_iter().chain(ErrorKind::ALL.map(ErrorKind::name));
    let mut table = Table::new(&heads.collect::<Vec<_>>());
    for (field, kinds) in rows {
        let mut cells = vec![field.to_owned(), kinds.values().sum::<usize>().to_string()];
        cells.extend(ErrorKind::ALL.iter().map(|kind| kinds.get(kind).copied().unwrap_or(0).to_string()));
        table.row(&cells);
    }
    table.into_text()
}
