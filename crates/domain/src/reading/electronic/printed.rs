//! Where pages print a value that is known already: not what a value means is looked for, but its print.

use crate::field::FieldKind;
use crate::geometry::PageBox;
use crate::reading::evidence::PageEvidence;
use crate::values::{Date, FieldValue, Money, read_dates, read_money};

/// Amounts and dates are broken into no more words than these.
const MOST_WORDS: usize = 6;

/// The first place that prints a value.
pub(super) fn place_of(pages: &[PageEvidence], kind: FieldKind, value: &FieldValue) -> Option<PageBox> {
    let matches: &dyn Fn(&str) -> Match = match value {
        FieldValue::Money(money) => &|text| amount(text, *money),
        FieldValue::Date(date) => &|text| day(text, *date),
        _ => {
            let wanted = plain(&value.to_string(), kind);
            return first_run(pages, &move |text| spelled(&plain(text, kind), &wanted));
        }
    };
    first_run(pages, matches)
}

/// What a run of words is to the value that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    Whole,
    Beginning,
    Nothing,
}

fn when(holds: bool, otherwise: Match) -> Match {
    if holds { Match::Whole } else { otherwise }
}

/// The first run of words on a line that matches as a whole. A run goes on while it may be the beginning.
fn first_run(pages: &[PageEvidence], matches: &dyn Fn(&str) -> Match) -> Option<PageBox> {
    pages.iter().find_map(|page| {
        page.layout.reading_order().find_map(|start| {
            let mut words = Vec::new();
            for word in std::iter::once(start).chain(page.after(start)) {
                words.push(word);
                match matches(&page.joined(&words)) {
                    Match::Whole => return page.place(&words),
                    Match::Beginning => {}
                    Match::Nothing => return None,
                }
            }
            None
        })
    })
}

/// An amount whatever its notation and sign.
fn amount(text: &str, wanted: Money) -> Match {
    if !text.starts_with(|letter: char| !letter.is_alphabetic()) || text.split(' ').count() > MOST_WORDS {
        return Match::Nothing;
    }
    let is_wanted = |money: Money| money.amount().abs() == wanted.amount().abs();
    when(read_money(text).iter().any(|reading| is_wanted(reading.amount)), Match::Beginning)
}

/// A date whatever its notation, from its first word on.
fn day(text: &str, wanted: Date) -> Match {
    let is_wanted = |text: &str| read_dates(text).iter().any(|reading| reading.date == wanted);
    let begins_later = |(_, rest): (&str, &str)| is_wanted(rest);
    if text.split(' ').count() > MOST_WORDS || text.split_once(' ').is_some_and(begins_later) {
        return Match::Nothing;
    }
    when(is_wanted(text), Match::Beginning)
}

/// Letters and digits; of names in lower case, of everything else in upper case.
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
        let place = place_of(&[PageEvidence::new(0, &page, &[])], FieldKind::Date, &value)?;
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
    fn words_that_stand_far_apart_in_a_line_are_no_date() {
        assert_eq!(place_of_day("5 de de de de januari 2024"), None);
        assert_eq!(place_of_day("5 de de de januari 2024"), Some((0, 5)));
    }
}
