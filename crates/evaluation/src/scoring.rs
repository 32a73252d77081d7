//! Scoring: what of the truth is counted, and with which verdict.
//!
//! Values that the page shows and that are not ambiguous are scored. A prediction for a field that the
//! truth lists but the page does not show is spurious unless it is the true value all the same.

use crate::comparison::same;
use crate::predictions::{Predictions, Values, text_of};
use crate::tally::{Tally, Verdict};
use crate::truth::TruthRow;

/// Fields that are scored only on request: the references among them stand in `payment_reference` too.
const EXTRA: [&str; 3] = ["kid", "fik", "account_number"];

/// A value that was not right.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The document's name in the truth.
    pub document: String,
    /// The field.
    pub field: String,
    /// The true value.
    pub expected: String,
    /// The extracted value, if there is one.
    pub got: Option<String>,
}

/// A value that counts: what the truth says, what was given, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement<'r, 'v> {
    /// The field.
    pub field: &'r str,
    /// The true value.
    pub truth: String,
    /// The value that was given, if any.
    pub value: Option<&'v str>,
    /// What became of it.
    pub verdict: Verdict,
}

/// The counts over all documents and every value that was not right.
pub fn score(truth: &[TruthRow], predictions: &Predictions, with_extra: bool) -> (Tally, Vec<Mistake>) {
    let mut tally = Tally::default();
    let mut mistakes = Vec::new();
    for row in truth {
        let values = predictions.of(&row.file);
        tally.documents += 1;
        tally.answered += u32::from(values.is_some());
        for judgement in judge(row, values, with_extra) {
            tally.add(judgement.field, judgement.verdict);
            // A spurious value has its own column in the table, and no true value to name.
            if !matches!(judgement.verdict, Verdict::Right | Verdict::Spurious) {
                mistakes.push(Mistake {
                    document: row.id.clone(),
                    field: judgement.field.to_owned(),
                    expected: judgement.truth,
                    got: judgement.value.map(str::to_owned),
                });
            }
        }
    }
    (tally, mistakes)
}

/// What counts of one document, in the order of the truth's fields.
pub fn judge<'r, 'v>(
    row: &'r TruthRow,
    values: Option<&'v Values>,
    with_extra: bool,
) -> Vec<Judgement<'r, 'v>> {
    let counts = |field: &str| !row.is_ambiguous(field) && (with_extra || !EXTRA.contains(&field));
    let judged = row.fields.iter().filter(|(field, _)| counts(field)).filter_map(|(field, truth)| {
        let value = values.and_then(|values| values.get(field)).map(String::as_str);
        let truth = text_of(truth);
        let verdict = verdict(row, field, &truth, value)?;
        Some(Judgement { field, truth, value, verdict })
    });
    judged.collect()
}

/// What became of a field; `None` when that does not count, because the page does not show it.
fn verdict(row: &TruthRow, field: &str, truth: &str, value: Option<&str>) -> Option<Verdict> {
    let Some(value) = value else { return row.shows(field).then_some(Verdict::Missing) };
    if !row.shows(field) {
        return (!same(field, truth, value)).then_some(Verdict::Spurious);
    }
    Some(if is_right(row, field, truth, value) { Verdict::Right } else { Verdict::Wrong })
}

/// Whether a value is the true one, or one that counts as such.
pub fn is_right(row: &TruthRow, field: &str, truth: &str, value: &str) -> bool {
    same(field, truth, value)
        || row.alternatives(field).any(|alternative| same(field, &text_of(alternative), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(json: &str) -> TruthRow {
        serde_json::from_str(json).unwrap()
    }

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_table_of_a_worked_example() {
        let truth = [
            row(r#"{"id": "one", "file": "dev/one.pdf",
                    "fields": {"invoice_number": "F-1", "total_gross": "100.00", "due_date": "2024-02-01",
                               "supplier_name": "Exempel AB", "kid": "1", "bankgiro": "1234567"},
                    "visible": {"due_date": false, "bankgiro": false}, "ambiguous": ["supplier_name"]}"#),
            row(
                r#"{"id": "two", "file": "dev/two.pdf", "fields": {"invoice_number": "F-2", "total_gross": "7.50"},
                    "alt": {"invoice_number": ["2024-F-2"]}}"#,
            ),
            row(r#"{"id": "three", "file": "dev/three.pdf", "fields": {"invoice_number": "F-3"}}"#),
        ];
        let mut predictions = Predictions::default();
        predictions.add(
            "one.pdf",
            values(&[
                ("invoice_number", "F1"),
                ("total_gross", "99.00"),
                ("due_date", "2024-02-02"),
                ("bankgiro", "123-4567"),
                ("supplier_name", "Another AB"),
                ("kid", "2"),
            ]),
        );
        predictions.add("two.pdf", values(&[("invoice_number", "2024F2")]));
        let (tally, mistakes) = score(&truth, &predictions, false);
        let expected = "\
3 documents, 2 answered
field                     n       P       R      F1
invoice_number            3   1.000   0.667   0.800
total_gross               2   0.000   0.000   0.000
due_date                  0   0.000   0.000   0.000
micro                     5   0.500   0.400   0.444
";
        assert_eq!(tally.to_string(), expected);
        let fields: Vec<_> =
            mistakes.iter().map(|mistake| (mistake.document.as_str(), mistake.field.as_str())).collect();
        assert_eq!(fields, [("one", "total_gross"), ("two", "total_gross"), ("three", "invoice_number")]);
        let (with_extra, _) = score(&truth, &predictions, true);
        assert!(with_extra.to_string().contains("kid                       1   0.000   0.000   0.000"));
    }
}
