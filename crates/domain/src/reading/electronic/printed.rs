//! Searches the pages for a known value: compares printed texts, not meanings.

use crate::field::FieldKind;
use crate::geometry::PageBox;
use crate::reading::evidence::PageEvidence;
use crate::values::{Date, FieldValue, Money, read_dates, read_money};

/// Maximum number of words of an amount or a date.
const MAX_WORDS: usize = 6;

/// The first place that prints a value, among those whose words `is_meant` accepts. An amount must
/// have the right sign unless `whatever_sign` is set.
pub(super) fn place_of(
    pages: &[PageEvidence],
    kind: FieldKind,
    value: &FieldValue,
    whatever_sign: bool,
    is_meant: &dyn Fn(&PageEvidence, &[usize]) -> bool,
) -> Option<PageBox> {
    let wanted = plain(&value.to_string(), kind);
    let matches = |text: &str| match value {
        FieldValue::Money(money) => amount(text, *money, whatever_sign),
        FieldValue::Date(date) => day(text, *date),
        _ => spelled(&plain(text, kind), &wanted),
    };
    first_run(pages, &matches, is_meant)
}

/// How a run of words matches the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    Whole,
    Beginning,
    Nothing,
}

impl Match {
    const fn whole_if(holds: bool) -> Self {
        if holds { Self::Whole } else { Self::Beginning }
    }
}

/// The first run of words on a line that matches completely and is accepted.
fn first_run(
    pages: &[PageEvidence],
    matches: &dyn Fn(&str) -> Match,
    is_meant: &dyn Fn(&PageEvidence, &[usize]) -> bool,
) -> Option<PageBox> {
    pages.iter().find_map(|page| {
        let mut runs = page.layout.reading_order().filter_map(|start| run_from(page, start, matches));
        runs.find(|words| is_meant(page, words)).and_then(|words| page.place(&words))
    })
}

/// Extends a run while it may be the start of the value.
fn run_from(page: &PageEvidence, start: usize, matches: &dyn Fn(&str) -> Match) -> Option<Vec<usize>> {
    let mut words = Vec::new();
    for word in std::iter::once(start).chain(page.after(start)) {
        words.push(word);
        match matches(&page.joined(&words)) {
            Match::Whole => return Some(without_caption(page, &words, matches).to_vec()),
            Match::Beginning => {}
            Match::Nothing => return None,
        }
    }
    None
}

/// Removes words before a date or an amount, which its parser ignores.
fn without_caption<'a>(
    page: &PageEvidence,
    words: &'a [usize],
    matches: &dyn Fn(&str) -> Match,
) -> &'a [usize] {
    match words.split_first() {
        Some((_, rest)) if !rest.is_empty() && matches(&page.joined(rest)) == Match::Whole => {
            without_caption(page, rest, matches)
        }
        _ => words,
    }
}

/// Compares an amount in any notation, from its first digit on.
fn amount(text: &str, wanted: Money, whatever_sign: bool) -> Match {
    if text.starts_with(char::is_alphabetic) || text.split(' ').count() > MAX_WORDS {
        return Match::Nothing;
    }
    let is_wanted =
        |money: Money| money == wanted || (whatever_sign && money.amount().abs() == wanted.amount().abs());
    Match::whole_if(read_money(text).iter().any(|reading| is_wanted(reading.amount)))
}

/// Compares a date in any notation, from its first word on.
fn day(text: &str, wanted: Date) -> Match {
    if text.split(' ').count() > MAX_WORDS {
        return Match::Nothing;
    }
    Match::whole_if(read_dates(text).iter().any(|reading| reading.date == wanted))
}

/// Letters and digits; of names in lower case, of all other values in upper case.
fn plain(text: &str, kind: FieldKind) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    if kind == FieldKind::Name {
        letters.flat_map(char::to_lowercase).collect()
    } else {
        letters.flat_map(char::to_uppercase).collect()
    }
}

fn spelled(text: &str, wanted: &str) -> Match {
    if !text.is_empty() && text == wanted {
        Match::Whole
    } else if !text.is_empty() && wanted.starts_with(text) {
        Match::Beginning
    } else {
        Match::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::BoundingBox;
    use crate::page::{Page, PageSize, TextLayer, TextVerdict, Word};

    /// Words of one line, each a hundredth of the page wide.
    fn line(text: &str) -> Page {
        let word = |(index, text): (usize, &str)| {
            let bounds = BoundingBox { left: index as f32 / 100.0, top: 0.5, width: 0.008, height: 0.01 };
            Word { text: text.to_owned(), bounds, font_size: 9.0 }
        };
        Page {
            number: 1,
            size: PageSize { width_pt: 1000.0, height_pt: 1000.0 },
            words: text.split(' ').enumerate().map(word).collect(),
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        }
    }

    /// The numbers of the first and the last word of the place.
    fn place_of_day(text: &str) -> Option<(u32, u32)> {
        let page = line(text);
        let value = FieldValue::parse_stated(FieldKind::Date, "2024-01-05").unwrap();
        let place =
            place_of(&[PageEvidence::new(0, &page, &[])], FieldKind::Date, &value, false, &|_, _| true)?;
        let number = |edge: f32| (edge * 100.0 + 0.1) as u32;
        Some((number(place.bounds.left), number(place.bounds.right())))
    }

    #[test]
    fn a_dates_place_begins_and_ends_with_it() {
        assert_eq!(place_of_day("Invoice date 2024-01-05 12:30"), Some((2, 2)));
        assert_eq!(place_of_day("fredag den 5 januari 2024 och senare"), Some((2, 4)));
        assert_eq!(place_of_day("05/01/2024"), Some((0, 0)));
        assert_eq!(place_of_day("no date here"), None);
    }

    #[test]
    fn words_far_apart_in_a_line_are_not_a_date() {
        assert_eq!(place_of_day("5 de de de de januari 2024"), None);
        assert_eq!(place_of_day("5 de de de januari 2024"), Some((0, 5)));
    }
}
