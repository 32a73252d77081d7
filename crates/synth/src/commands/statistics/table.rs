//! Prints measures as a table; for two sets the largest differences come first.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::measures::{Measure, Measures};

/// The measures of one set, by their names.
pub fn of_one(measures: &Measures) -> String {
    let mut text = format!("{:56}{:>10}\n", "measure", "generated");
    for (name, measure) in measures {
        let _ = writeln!(text, "{name:56}{:>10}", printed(Some(measure)));
    }
    text
}

/// The measures of two sets side by side; measures that one set lacks come last.
pub fn of_two(generated: &Measures, real: &Measures) -> String {
    let mut names: Vec<&String> = generated.keys().chain(real.keys()).collect();
    names.sort();
    names.dedup();
    let mut rows: Vec<(Option<f64>, &String)> =
        names.into_iter().map(|name| (difference(generated.get(name), real.get(name)), name)).collect();
    rows.sort_by(|(one, _), (other, _)| other.partial_cmp(one).unwrap_or(Ordering::Equal));
    let mut text = format!("{:56}{:>10}{:>10}{:>12}\n", "measure", "generated", "real", "difference");
    for (difference, name) in rows {
        let (one, other) = (printed(generated.get(name)), printed(real.get(name)));
        let difference = difference.map_or_else(|| "–".to_owned(), |difference| format!("{difference:.3}"));
        let _ = writeln!(text, "{name:56}{one:>10}{other:>10}{difference:>12}");
    }
    text
}

fn printed(measure: Option<&Measure>) -> String {
    match measure {
        None => "–".to_owned(),
        Some(Measure::Share(value) | Measure::Part(value)) => format!("{value:.3}"),
        Some(Measure::Size(value)) => format!("{value:.1}"),
    }
}

/// The difference of two measures, 0..1; `None` when one of them is unknown.
fn difference(one: Option<&Measure>, other: Option<&Measure>) -> Option<f64> {
    match (one, other) {
        (Some(Measure::Size(one)), Some(Measure::Size(other))) => {
            let gap = (one - other).abs();
            Some(if gap > 0.0 { gap / one.max(*other) } else { 0.0 })
        }
        (Some(Measure::Part(one)), Some(Measure::Part(other)))
        | (Some(Measure::Share(one)), Some(Measure::Share(other))) => Some((one - other).abs()),
        (Some(Measure::Share(only)), None) | (None, Some(Measure::Share(only))) => Some(*only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_most_comes_first_and_what_is_not_known_last() {
        let generated: Measures = [
            ("words".to_owned(), Measure::Size(200.0)),
            ("has iban".to_owned(), Measure::Part(0.3)),
            ("family free".to_owned(), Measure::Share(0.2)),
            ("kid from the left".to_owned(), Measure::Part(0.9)),
        ]
        .into();
        let real: Measures =
            [("words".to_owned(), Measure::Size(100.0)), ("has iban".to_owned(), Measure::Part(0.4))].into();
        let text = of_two(&generated, &real);
        let order: Vec<&str> = text.lines().filter_map(|line| line.split("  ").next()).collect();
        assert_eq!(order, ["measure", "words", "family free", "has iban", "kid from the left"]);
        assert!(text.contains("0.500") && text.contains('–'), "{text}");
        assert!(of_one(&generated).contains("200.0"));
    }
}
