//! Where pages print a value that is known already: not what a value means is looked for, but its print.

use crate::field::FieldKind;
use crate::geometry::PageBox;
use crate::reading::evidence::PageEvidence;
use crate::values::{FieldValue, Money, read_dates, read_money};

/// Amounts and dates are broken into no more words than these.
const MOST_WORDS: usize = 6;

/// The first place that prints a value.
pub(super) fn place_of(pages: &[PageEvidence], kind: FieldKind, value: &FieldValue) -> Option<PageBox> {
    let matches: &dyn Fn(&str) -> Match = match value {
        FieldValue::Money(money) => &|text| amount(text, *money),
        FieldValue::Date(date) => {
            &|text| when(read_dates(text).iter().any(|reading| reading.date == *date), Match::Beginning)
        }
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
