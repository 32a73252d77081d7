//! What is read of documents as a whole: whether somebody must look, what they are for, the tax by rate.

use std::collections::BTreeMap;

use fieldmark_report::TaxLineReport;

use super::groups::scores;
use super::markdown::{Table, share};
use crate::amount::hundredths;
use crate::evaluation::{Evaluation, ScoredDocument};
use crate::tally::{Counts, Verdict};
use crate::truth::TaxLineTruth;

/// A row for each decision: how many documents, how right their values are, how many are without any error.
pub fn decisions(all: &Evaluation<'_, '_>) -> String {
    let mut table =
        Table::new(&["decision", "documents", "share", "values given", "right", "without an error"]);
    for (name, is_accepted) in [("accept", true), ("review", false)] {
        let decided = |document: &&&ScoredDocument<'_>| {
            document.reading.is_some_and(|reading| reading.is_accepted) == is_accepted
        };
        let documents: Vec<_> = all.documents.iter().filter(decided).collect();
        let mut counts = Counts::default();
        for document in &documents {
            counts.add_all(document.counts());
        }
        let faultless = documents.iter().filter(|document| document.errors.is_empty()).count();
        table.row(&[
            name.to_owned(),
            documents.len().to_string(),
            part(documents.len(), all.documents.len()),
            (counts.right + counts.spurious).to_string(),
            share(counts.precision()),
            part(faultless, documents.len()),
        ]);
    }
    table.into_text()
}

fn part(part: usize, whole: usize) -> String {
    share(part as f64 / whole.max(1) as f64)
}

/// A row for each kind of document of which the truth tells: how often it is read as such, and as what else.
pub fn kinds(all: &Evaluation<'_, '_>) -> String {
    let mut table = Table::new(&["kind", "documents", "read as such", "share", "otherwise read as"]);
    let (mut right, mut documents) = (0, 0);
    for (kind, group) in all.grouped(|row| row.document_kind.as_deref()) {
        let mut readings: BTreeMap<&str, usize> = BTreeMap::new();
        for document in &group.documents {
            let read = document.reading.and_then(|reading| reading.kind.as_deref()).unwrap_or("nothing");
            *readings.entry(read).or_default() += 1;
        }
        let as_such = readings.remove(kind).unwrap_or(0);
        let others: Vec<String> = readings.iter().map(|(read, count)| format!("{read} {count}")).collect();
        right += as_such;
        documents += group.documents.len();
        table.row(&kind_row(kind, group.documents.len(), as_such, &others.join(", ")));
    }
    table.row(&kind_row("all", documents, right, ""));
    table.into_text()
}

fn kind_row(kind: &str, documents: usize, right: usize, others: &str) -> [String; 5] {
    [kind.to_owned(), documents.to_string(), right.to_string(), part(right, documents), others.to_owned()]
}

/// Tax lines of the documents of which the truth tells them: a line counts as right when all that the truth says of it
/// is read.
pub fn tax_lines(all: &Evaluation<'_, '_>) -> String {
    let mut table = Table::new(&["documents", "n", "P", "R", "F1", "documents with all lines right"]);
    let (mut counts, mut documents, mut faultless) = (Counts::default(), 0, 0);
    for document in &all.documents {
        let Some(truth) = &document.row.tax else { continue };
        let read = document.reading.map_or(&[][..], |reading| &reading.tax);
        let of_document = compare(truth, read);
        documents += 1;
        faultless += usize::from(of_document.spurious + of_document.missing == 0);
        counts.add_all(of_document);
    }
    let mut cells = vec![documents.to_string()];
    cells.extend(scores(counts));
    cells.push(part(faultless, documents));
    table.row(&cells);
    table.into_text()
}

fn compare(truth: &[TaxLineTruth], read: &[TaxLineReport]) -> Counts {
    let mut counts = Counts::default();
    let mut left: Vec<&TaxLineReport> = read.iter().collect();
    for line in truth {
        match left.iter().position(|read| says(line, read)) {
            Some(place) => {
                left.remove(place);
                counts.add(Verdict::Right);
            }
            None => counts.add(Verdict::Missing),
        }
    }
    for _ in left {
        counts.add(Verdict::Spurious);
    }
    counts
}

fn says(truth: &TaxLineTruth, read: &TaxLineReport) -> bool {
    let same = |truth: &Option<String>, read: &Option<String>| {
        let amount = |text: &Option<String>| text.as_deref().and_then(hundredths);
        truth.is_none() || amount(truth).is_some_and(|amount_of_truth| amount(read) == Some(amount_of_truth))
    };
    same(&truth.rate, &read.rate) && same(&truth.net, &read.net) && same(&truth.tax, &read.tax)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tax_line_is_right_when_all_that_is_known_of_it_is_read() {
        let read = |rate: &str, net: &str, tax: &str| TaxLineReport {
            category: None,
            rate: Some(rate.to_owned()),
            net: Some(net.to_owned()),
            tax: Some(tax.to_owned()),
        };
        let truth = |rate: &str, net: Option<&str>| TaxLineTruth {
            rate: Some(rate.to_owned()),
            net: net.map(str::to_owned),
            tax: None,
        };
        let lines =
            [read("25", "100.00", "25.00"), read("12.00", "50.00", "6.00"), read("6", "1.00", "0.06")];
        let counts = compare(&[truth("25.00", Some("100")), truth("12", Some("51.00"))], &lines);
        assert_eq!(counts, Counts { right: 1, missing: 1, spurious: 2 });
        assert_eq!(compare(&[truth("25", None), truth("25", None)], &lines[..1]).missing, 1);
    }
}
