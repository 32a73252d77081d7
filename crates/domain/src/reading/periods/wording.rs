//! The wording of periods: two days, a part of a month, a month.
//!
//! Knows only texts; its parent knows their places.

use crate::values::{Date, Notation, read_dates};

/// A period that spans a whole text, and whether only a month is stated.
pub(super) fn period_of(text: &str, notation: &Notation) -> Option<(Date, Date, bool)> {
    two_days(text, notation)
        .map(|(start, end)| (start, end, false))
        .or_else(|| month(text).map(|(start, end)| (start, end, true)))
}

/// `2024-03-01--2024-03-31`, and forms whose first day leaves out parts that the last day states:
/// `01.03. - 31.03.2024`, `1-31 mars 2024`.
pub(super) fn two_days(text: &str, notation: &Notation) -> Option<(Date, Date)> {
    let in_order = |start: Date, end: Date| (start <= end).then_some((start, end));
    let whole = |(left, right): (&str, &str)| {
        let ends_in_year = left.trim_end_matches('.').ends_with(|letter: char| letter.is_ascii_digit());
        let start = notation.date(left).ok().filter(|_| ends_in_year)?;
        in_order(start, notation.date(right).ok()?)
    };
    let part = |(left, right): (&str, &str)| {
        let month = left.split_whitespace().find(|word| is_month(word)).unwrap_or_default();
        // "1 - 31, 2024" takes its month from the first day, "5/3 - 4/4 2024" separates the year.
        let end = [right.to_owned(), format!("{month} {right}"), right.replacen(' ', "/", 1)];
        let end = end.iter().find_map(|text| notation.date(text).ok())?;
        in_order(completed(left, end, notation)?, end)
    };
    separations(text).find_map(whole).or_else(|| separations(text).find_map(part))
}

/// Every split of a text at a mark or word that joins two days; the second part starts with a
/// number or a month.
fn separations(text: &str) -> impl Iterator<Item = (&str, &str)> {
    splits(text).filter_map(|(left, rest)| {
        let right = without_joiner(rest);
        let joiner = rest.get(..rest.len() - right.len())?;
        let joins = joiner.contains(|letter: char| letter.is_alphabetic() || "-–—/".contains(letter));
        (joins && begins_with_date(right)).then_some((left, right))
    })
}

/// Every position where a run of digits or letters ends.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let letters = text.char_indices().zip(text.chars().skip(1));
    let ends = letters.filter_map(|((at, letter), next)| {
        (letter.is_alphanumeric() && !next.is_alphanumeric()).then_some(at + letter.len_utf8())
    });
    ends.filter_map(|at| text.split_at_checked(at)).filter(|(_, rest)| rest.contains(char::is_alphanumeric))
}

/// Words that may be between two days, in addition to marks.
const JOINERS: [&str; 19] = [
    "till och med",
    "til og med",
    "t.o.m.",
    "tom",
    "till",
    "til",
    "bis zum",
    "bis",
    "t/m",
    "tot en met",
    "tot",
    "au",
    "al",
    "a",
    "à",
    "do",
    "to",
    "until",
    "through",
];

fn without_joiner(text: &str) -> &str {
    let marks = |letter: char| !letter.is_alphanumeric();
    let plain = text.trim_start_matches(marks);
    let after = |joiner: &&str| {
        let head = plain.get(..joiner.len()).filter(|head| head.to_lowercase() == **joiner)?;
        plain.get(head.len()..).filter(|rest| rest.starts_with(marks))
    };
    JOINERS.iter().find_map(after).map_or(plain, |rest| rest.trim_start_matches(marks))
}

/// Whether the text starts with a date: its first word is a number, or a month's name before one.
fn begins_with_date(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    first.starts_with(|letter: char| letter.is_ascii_digit())
        || (words.next().is_some_and(|next| next.starts_with(|letter: char| letter.is_ascii_digit()))
            && is_month(first))
}

pub(super) fn is_month(word: &str) -> bool {
    !read_dates(&format!("1 {word} 2024")).is_empty()
}

/// A first day without its year, or without month and year, which are taken from the last day.
fn completed(text: &str, end: Date, notation: &Notation) -> Option<Date> {
    let text = text.trim();
    let bare = text.trim_end_matches('.');
    if !bare.is_empty() && bare.len() <= 2 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::new(end.year(), end.month(), bare.parse().ok()?).ok();
    }
    let dated = |year: i16| {
        let mark = if bare.contains('/') {
            "/"
        } else if bare.contains('.') {
            "."
        } else {
            " "
        };
        notation.date(&format!("{bare}{mark}{year}")).ok()
    };
    let numbers = bare.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    let is_partial =
        text.len() <= 14 && (numbers == 2 || (numbers == 1 && bare.contains(char::is_alphabetic)));
    let start = dated(end.year()).filter(|_| is_partial)?;
    if start <= end { Some(start) } else { dated(end.year() - 1) }
}

/// `March 2024`, `2024-03`, `03/2024`: the first and the last day.
fn month(text: &str) -> Option<(Date, Date)> {
    let text = text.trim_matches([' ', '(', ')', ',', '.', ':']);
    let parts: Vec<&str> = text.split([' ', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let [one, other] = parts.as_slice() else { return None };
    let year =
        |text: &str| text.parse::<i16>().ok().filter(|year| text.len() == 4 && (1970..2070).contains(year));
    let number = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() == 2);
    let first = match (year(one), year(other)) {
        (Some(year), None) => number(other).and_then(|month| Date::new(year, month, 1).ok()),
        (None, Some(year)) if is_month(one) => {
            read_dates(&format!("1 {one} {year}")).first().map(|reading| reading.date)
        }
        (None, Some(year)) => number(one).and_then(|month| Date::new(year, month, 1).ok()),
        _ => None,
    }?;
    Some((first.first_of_month(), first.last_of_month()))
}
