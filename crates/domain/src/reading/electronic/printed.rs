//! Where pages print a value that is known already: not what a value means is looked for, but its print.

use crate::field::FieldKind;
use crate::geometry::PageBox;
use crate::reading::evidence::PageEvidence;
use crate::values::{Date, FieldValue, Money, read_dates, read_money};

/// Amounts and dates are broken into no more words than these.
const MOST_WORDS: usize = 6;

/// The first place that prints a value, of those whose words `is_meant` takes.
pub(super) fn place_of(
    pages: &[PageEvidence],
    kind: FieldKind,
    value: &FieldValue,
    is_meant: &dyn Fn(&PageEvidence, &[usize]) -> bool,
) -> Option<PageBox> {
    let wanted = plain(&value.to_string(), kind);
    let matches = |text: &str| match value {
        FieldValue::Money(money) => amount(text, *money),
        FieldValue::Date(date) => day(text, *date),
        _ => spelled(&plain(text, kind), &wanted),
    };
    first_run(pages, &matches, is_meant)
}

/// What a run of words is to the value that is looked for.
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

/// The first run of words on a line that matches as a whole and is meant.
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

/// A run goes on while it may be the beginning of what is looked for.
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

/// Words before a date or an amount do no harm to its reading; they are left out.
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

/// An amount whatever its notation and sign, from its first digit on.
fn amount(text: &str, wanted: Money) -> Match {
    if text.starts_with(char::is_alphabetic) || text.split(' ').count() > MOST_WORDS {
        return Match::Nothing;
    }
    let is_wanted = |money: Money| money.amount().abs() == wanted.amount().abs();
    Match::whole_if(read_money(text).iter().any(|reading| is_wanted(reading.amount)))
}

/// A date in any notation, from its first word on.
fn day(text: &str, wanted: Date) -> Match {
    if text.split(' ').count() > MOST_WORDS {
        return Match::Nothing;
    }
    Match::whole_if(read_dates(text).iter().any(|reading| reading.date == wanted))
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
