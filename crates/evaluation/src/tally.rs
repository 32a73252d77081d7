//! Counting right, spurious and missing values, and the table of precision, recall and F1.

use std::fmt;

/// What became of one scored value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The value is right.
    Right,
    /// A value was given that the page does not show.
    Spurious,
    /// The page shows a value and none was given.
    Missing,
    /// A wrong value was given: spurious and missing at once.
    Wrong,
}

/// Counts of one field, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right values.
    pub right: u32,
    /// Values that were given and are not right.
    pub spurious: u32,
    /// Values that the pages show and were not given.
    pub missing: u32,
}

impl Counts {
    /// Counts one verdict.
    pub const fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Spurious => self.spurious += 1,
            Verdict::Missing => self.missing += 1,
            Verdict::Wrong => {
                self.spurious += 1;
                self.missing += 1;
            }
        }
    }

    /// Counts what others counted.
    pub const fn add_all(&mut self, other: Self) {
        self.right += other.right;
        self.spurious += other.spurious;
        self.missing += other.missing;
    }

    /// Values that the pages show.
    pub const fn expected(self) -> u32 {
        self.right + self.missing
    }

    /// The share of the values given that are right; 0 without any.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.spurious)
    }

    /// The share of the values shown that were given; 0 without any.
    pub fn recall(self) -> f64 {
        share(self.right, self.expected())
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// The counts of every field that was scored, and how many documents there were.
#[derive(Debug, Default)]
pub struct Tally {
    /// Documents of the truth that were scored.
    pub documents: u32,
    /// Those among them for which there was a prediction, even an empty one.
    pub answered: u32,
    // In the order in which the fields were met: it breaks ties in the table.
    fields: Vec<(String, Counts)>,
}

impl Tally {
    /// The fields that were scored, from the most to the least frequent.
    pub fn fields(&self) -> Vec<(&str, Counts)> {
        let mut fields: Vec<(&str, Counts)> =
            self.fields.iter().map(|(name, counts)| (name.as_str(), *counts)).collect();
        fields.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.expected()));
        fields
    }

    /// All fields together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for (_, counts) in &self.fields {
            total.add_all(*counts);
        }
        total
    }

    /// Counts one verdict on the field of this name.
    pub fn add(&mut self, field: &str, verdict: Verdict) {
        if let Some((_, counts)) = self.fields.iter_mut().find(|(name, _)| name == field) {
            counts.add(verdict);
            return;
        }
        let mut counts = Counts::default();
        counts.add(verdict);
        self.fields.push((field.to_owned(), counts));
    }
}

/// The table: a line of documents, a head, the fields from the most to the least frequent, all together.
impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} documents, {} answered", self.documents, self.answered)?;
        writeln!(formatter, "{:22}{:>5}{:>8}{:>8}{:>8}", "field", "n", "P", "R", "F1")?;
        for (name, counts) in self.fields() {
            write_row(formatter, name, counts)?;
        }
        write_row(formatter, "micro", self.total())
    }
}

fn write_row(formatter: &mut fmt::Formatter<'_>, label: &str, counts: Counts) -> fmt::Result {
    writeln!(
        formatter,
        "{label:22}{:>5}{:>8.3}{:>8.3}{:>8.3}",
        counts.expected(),
        counts.precision(),
        counts.recall(),
        counts.f1()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_by_frequency_and_ends_with_all_together() {
        let mut tally = Tally { documents: 3, answered: 2, ..Tally::default() };
        tally.add("due_date", Verdict::Right);
        for verdict in [Verdict::Right, Verdict::Right, Verdict::Wrong, Verdict::Missing] {
            tally.add("invoice_number", verdict);
        }
        tally.add("plusgiro", Verdict::Spurious);
        tally.add("currency", Verdict::Right);
        let expected = "\
3 documents, 2 answered
field                     n       P       R      F1
invoice_number            4   0.667   0.500   0.571
due_date                  1   1.000   1.000   1.000
currency                  1   1.000   1.000   1.000
plusgiro                  0   0.000   0.000   0.000
micro                     6   0.667   0.667   0.667
";
        assert_eq!(tally.to_string(), expected);
    }
}
