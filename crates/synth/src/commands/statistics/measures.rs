//! Converts portraits to named numbers: quantiles, shares, positions.

use std::collections::BTreeMap;

use fieldmark_domain::field::{Field, FieldKind};

use super::portrait::{PagePortrait, Portrait, Sight};
use super::shape;

/// A number that describes a set of documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// A share of documents or values that is 0 if it is missing: compared by difference.
    Share(f64),
    /// A share, or a position as a fraction of the page: compared by difference where both are
    /// known.
    Part(f64),
    /// A count or a length: compared by difference relative to the larger one, where both are
    /// known.
    Size(f64),
}

/// Measures by their names.
pub type Measures = BTreeMap<String, Measure>;

const QUANTILES: [(f64, &str); 5] = [(0.05, "5%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (0.95, "95%")];
/// Minimum share of values with a shape.
const MIN_SHARE: f64 = 0.03;
/// Minimum number of documents with a field for its positions and shapes.
const MIN_SIGHTS: usize = 5;

/// All measures of a set of documents.
pub fn measure(documents: &[Portrait]) -> Measures {
    let mut measures = Measures::new();
    groups(documents, &mut measures);
    let pages: Vec<&PagePortrait> = documents.iter().flat_map(|document| &document.pages).collect();
    let mut size = |name: &str, values: Vec<f64>| quantiles(name, values, Measure::Size, &mut measures);
    size("pages of a document", documents.iter().map(|document| document.pages.len() as f64).collect());
    size("words of a page", pages.iter().map(|page| page.words as f64).collect());
    size("lines of a page", pages.iter().map(|page| page.lines as f64).collect());
    let sizes = pages.iter().map(|page| f64::from(page.font_size)).filter(|size| *size > 0.0);
    size("middle font size of a page", sizes.collect());
    let mut part = |name: &str, values: Vec<f64>| quantiles(name, values, Measure::Part, &mut measures);
    part("lowest word of a page", pages.iter().map(|page| f64::from(page.lowest)).collect());
    part("words with digits", pages.iter().map(|page| f64::from(page.digits)).collect());
    fields(documents, &mut measures);
    measures
}

/// The share of each group.
fn groups(documents: &[Portrait], measures: &mut Measures) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (grouping, group) in documents.iter().flat_map(|document| &document.groups) {
        *counts.entry((grouping, group)).or_default() += 1;
    }
    for ((grouping, group), count) in counts {
        measures.insert(format!("{grouping} {group}"), Measure::Share(share(count, documents.len())));
    }
}

fn quantiles(name: &str, mut values: Vec<f64>, kind: fn(f64) -> Measure, measures: &mut Measures) {
    values.sort_by(f64::total_cmp);
    for (quantile, called) in QUANTILES {
        let place = (quantile * values.len().saturating_sub(1) as f64).round() as usize;
        if let Some(value) = values.get(place) {
            measures.insert(format!("{name}, {called}"), kind(*value));
        }
    }
}

fn fields(documents: &[Portrait], measures: &mut Measures) {
    let known: Vec<&Portrait> = documents.iter().filter(|document| !document.known.is_empty()).collect();
    if known.is_empty() {
        return;
    }
    let counts = known.iter().map(|document| document.fields.len() as f64).collect();
    quantiles("fields of a document", counts, Measure::Size, measures);
    for field in Field::ALL {
        let sights: Vec<&Sight> =
            known.iter().filter_map(|document| document.fields.get(field.name())).collect();
        if known.iter().any(|document| document.known.contains(field.name())) {
            measures.insert(format!("has {field}"), Measure::Part(share(sights.len(), known.len())));
        }
        if sights.len() >= MIN_SIGHTS {
            places(*field, &sights, measures);
            if has_shape(field.kind()) {
                shapes(*field, &sights, measures);
            }
        }
    }
}

/// The mean and the spread (standard deviation) of a field's positions.
fn places(field: Field, sights: &[&Sight], measures: &mut Measures) {
    let from_left = sights.iter().map(|sight| sight.centre.0).collect();
    let from_top = sights.iter().map(|sight| sight.centre.1).collect();
    for (direction, values) in [("from the left", from_left), ("from the top", from_top)] {
        let values: Vec<f32> = values;
        let count = values.len() as f64;
        let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / count;
        let variance = values.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum::<f64>() / count;
        measures.insert(format!("{field} {direction}, mean"), Measure::Part(mean));
        measures.insert(format!("{field} {direction}, spread"), Measure::Part(variance.sqrt()));
    }
}

/// Whether the shape of such values is more informative than their length.
const fn has_shape(kind: FieldKind) -> bool {
    !matches!(kind, FieldKind::Name | FieldKind::Address | FieldKind::Email | FieldKind::Text)
}

fn shapes(field: Field, sights: &[&Sight], measures: &mut Measures) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for sight in sights {
        *counts.entry(shape::of(&sight.text)).or_default() += 1;
    }
    for (shape, count) in counts {
        let share = share(count, sights.len());
        if share >= MIN_SHARE {
            measures.insert(format!("{field} like `{shape}`"), Measure::Share(share));
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(words: usize, number: Option<(&str, f32)>) -> Portrait {
        let page = PagePortrait { words, lines: 3, font_size: 9.0, lowest: 0.5, digits: 0.25 };
        let sight = |(text, top): (&str, f32)| Sight { centre: (0.5, top), text: text.to_owned() };
        Portrait {
            groups: [("language", "sv".to_owned())].into(),
            pages: vec![page],
            fields: number.map(|seen| ("invoice_number".to_owned(), sight(seen))).into_iter().collect(),
            known: ["invoice_number", "invoice_date"].map(str::to_owned).into(),
        }
    }

    #[test]
    fn a_set_is_measured() {
        let mut documents: Vec<Portrait> =
            (0..8).map(|index| document(index * 10, Some(("A-17", 0.1 * (index % 2) as f32)))).collect();
        documents.extend([document(80, None), document(90, Some(("20417", 0.05)))]);
        let measures = measure(&documents);
        let close = |name: &str, expected: f64| match measures[name] {
            Measure::Share(value) | Measure::Part(value) | Measure::Size(value) => {
                assert!((value - expected).abs() < 1e-6, "{name}: {value}");
            }
        };
        close("language sv", 1.0);
        close("words of a page, 5%", 0.0);
        close("words of a page, 95%", 90.0);
        close("has invoice_number", 0.9);
        close("has invoice_date", 0.0);
        assert!(!measures.contains_key("has due_date"), "nothing is known of it");
        close("invoice_number like `a-00`", 8.0 / 9.0);
        close("invoice_number like `00000`", 1.0 / 9.0);
        close("invoice_number from the top, mean", 0.05);
        close("invoice_number from the left, spread", 0.0);
        assert_eq!(measures["words of a page, 50%"], Measure::Size(50.0));
    }
}
