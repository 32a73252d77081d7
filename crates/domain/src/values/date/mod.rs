//! Calendar dates as documents print them: numeric in any order, with month names, or as a plain row of digits.
//!
//! Numeric dates whose order is ambiguous are returned in every order that the calendar allows.

mod month;
mod token;

pub use jiff::civil::Date;

use month::{croatian_month, month_named};
use token::{Token, tokens};

/// The order of a numeric date that does not start with a year of four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `31.12.2024`, `31/12/24`
    DayMonthYear,
    /// `12/31/2024`
    MonthDayYear,
    /// `24-12-31`
    YearMonthDay,
}

/// One interpretation of a date.
///
/// ```
/// use fieldmark_domain::values::{DateOrder, read_dates};
///
/// let readings = read_dates("03/04/2024");
/// assert_eq!(readings[0].order, Some(DateOrder::DayMonthYear));
/// assert_eq!(readings[1].date.to_string(), "2024-03-04");
/// assert_eq!(read_dates("2024-04-03")[0].order, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateReading {
    /// The day.
    pub date: Date,
    /// The order that this interpretation assumes; `None` when the text is unambiguous (ISO, month
    /// names).
    pub order: Option<DateOrder>,
}

/// Every interpretation of the first date in a text, the most common first; empty when there is no
/// date. Months may be named in any official language of the European Union, in Norwegian or in
/// Icelandic.
///
/// ```
/// use fieldmark_domain::values::read_dates;
/// let days = |text: &str| read_dates(text).iter().map(|reading| reading.date.to_string()).collect::<Vec<_>>();
/// assert_eq!(days("fredag den 5 januari 2024"), ["2024-01-05"]);
/// assert_eq!(days("05/01/2024"), ["2024-01-05", "2024-05-01"]);
/// assert_eq!(days("31/01/2024 12:30"), ["2024-01-31"]);
/// ```
#[must_use]
pub fn read_dates(text: &str) -> Vec<DateReading> {
    let tokens = tokens(text);
    (0..tokens.len())
        .find_map(|start| {
            let rest = tokens.get(start..)?;
            let before = start.checked_sub(1).and_then(|at| tokens.get(at));
            let found = numeric(before, rest).or_else(|| named(rest)).or_else(|| compact(rest))?;
            (!found.is_empty()).then_some(found)
        })
        .or_else(|| six_digits(&tokens))
        .unwrap_or_default()
}

/// Years from 1970 to 2069 are accepted; two digits mean a year in this range.
fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        1970..2070 => year,
        _ => return None,
    };
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn certain(date: Date) -> Vec<DateReading> {
    vec![DateReading { date, order: None }]
}

/// Three numbers separated by the same mark.
fn numeric(before: Option<&Token>, tokens: &[Token]) -> Option<Vec<DateReading>> {
    let [
        Token::Number(first, a),
        Token::Mark(mark),
        Token::Number(second, b),
        Token::Mark(again),
        Token::Number(third, c),
        rest @ ..,
    ] = tokens
    else {
        return spaced(tokens);
    };
    let continues = |token: Option<&Token>| matches!(token, Some(Token::Mark(other)) if other == mark);
    let goes_on = continues(rest.first()) && matches!(rest.get(1), Some(Token::Number(..)));
    if mark != again || !matches!(mark, '-' | '/' | '.') || continues(before) || goes_on || *b > 2 {
        return None;
    }
    orders(*first, *second, *third, (*a, *c))
}

/// `05 01 2024` and `2024 01 05`, with all digits.
fn spaced(tokens: &[Token]) -> Option<Vec<DateReading>> {
    let [Token::Number(first, a), Token::Number(second, 2), Token::Number(third, c), rest @ ..] = tokens
    else {
        return None;
    };
    let alone = !matches!(rest.first(), Some(Token::Number(..)));
    if alone && matches!((a, c), (4, 2) | (2, 4)) { orders(*first, *second, *third, (*a, *c)) } else { None }
}

fn orders(first: u32, second: u32, third: u32, lengths: (usize, usize)) -> Option<Vec<DateReading>> {
    match lengths {
        (4, 1..=2) => Some(day(first, second, third).map(certain).unwrap_or_default()),
        (1..=2, 4) | (1, 2) => Some(possible(&[
            (DateOrder::DayMonthYear, day(third, second, first)),
            (DateOrder::MonthDayYear, day(third, first, second)),
        ])),
        (2, 2) => Some(possible(&[
            (DateOrder::DayMonthYear, day(third, second, first)),
            (DateOrder::MonthDayYear, day(third, first, second)),
            (DateOrder::YearMonthDay, day(first, second, third)),
        ])),
        _ => None,
    }
}

/// Interpretations that the calendar allows, without repeating a day.
fn possible(orders: &[(DateOrder, Option<Date>)]) -> Vec<DateReading> {
    orders
        .iter()
        .filter_map(|(order, date)| date.map(|date| DateReading { date, order: Some(*order) }))
        .collect()
}

/// A day, a month's name and a year, in any of their orders, with small words between. If the name
/// means another month in Croatian, that interpretation comes second.
fn named(tokens: &[Token]) -> Option<Vec<DateReading>> {
    // Fillers may join the parts of a date, but a date does not start with one.
    if tokens.first().is_none_or(Token::is_filler) {
        return None;
    }
    let parts: Vec<&Token> = tokens.iter().filter(|token| !token.is_filler()).take(4).collect();
    let (number, word, year) = match parts.as_slice() {
        [Token::Number(number, 1..=2), Token::Word(word), Token::Number(year, 2 | 4), ..]
        | [Token::Word(word), Token::Number(number, 1..=2), Token::Number(year, 2 | 4), ..]
        | [Token::Number(year, 4), Token::Word(word), Token::Number(number, 1..=2), ..] => {
            (number, word, year)
        }
        // Latvia's order, unless the first number belongs to the text before a date.
        [Token::Number(year, 4), Token::Number(number, 1..=2), Token::Word(word), rest @ ..]
            if !matches!(rest, [Token::Number(_, 2 | 4), ..]) =>
        {
            (number, word, year)
        }
        _ => return None,
    };
    let usual = day(*year, month_named(word)?, *number)?;
    let croatian = croatian_month(word).and_then(|month| day(*year, month, *number));
    Some(std::iter::once(usual).chain(croatian).flat_map(certain).collect())
}

/// `20240105`, or with the year last, `05012024`.
fn compact(tokens: &[Token]) -> Option<Vec<DateReading>> {
    let Some(Token::Number(digits, 8)) = tokens.first() else { return None };
    let year_first =
        day(digits / 10_000, digits / 100 % 100, digits % 100).filter(|date| date.year() >= 1970);
    let year_last = || {
        day(digits % 10_000, digits / 10_000 % 100, digits / 1_000_000).filter(|_| digits % 10_000 >= 1970)
    };
    year_first.or_else(year_last).map(certain)
}

/// `240105`, only if the text contains nothing else.
fn six_digits(tokens: &[Token]) -> Option<Vec<DateReading>> {
    let [Token::Number(digits, 6)] = tokens else { return None };
    let (first, second, third) = (digits / 10_000, digits / 100 % 100, digits % 100);
    Some(possible(&[
        (DateOrder::YearMonthDay, day(first, second, third)),
        (DateOrder::DayMonthYear, day(third, second, first)),
    ]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(text: &str) -> Vec<String> {
        read_dates(text).iter().map(|reading| reading.date.to_string()).collect()
    }

    #[test]
    fn numeric_dates_keep_every_possible_order() {
        assert_eq!(days("05.01.2024"), ["2024-01-05", "2024-05-01"]);
        assert_eq!(days("25.01.2024"), ["2024-01-25"]);
        assert_eq!(days("01/25/2024"), ["2024-01-25"]);
        assert_eq!(days("24-01-05"), ["2005-01-24", "2024-01-05"]);
        assert_eq!(days("5.1.24"), ["2024-01-05", "2024-05-01"]);
        assert_eq!(days("240105"), ["2024-01-05", "2005-01-24"]);
    }

    #[test]
    fn unmistakable_forms_have_one_reading() {
        for text in [
            "2024-01-05",
            "2024/01/05",
            "2024.01.05",
            "2024 - 01 - 05",
            "20240105",
            "05012024",
            "2024-01-05T10:00:00Z",
            "Datum: 2024-01-05",
            "2024 01 05",
            "(2024-01-05)",
            "2024-1-5,",
        ] {
            assert_eq!(days(text), ["2024-01-05"], "{text}");
        }
    }

    /// The time must grow linearly with the text's length; a quadratic search would take minutes
    /// here.
    #[test]
    fn a_row_of_dots_is_passed_over_in_one_go() {
        assert!(days(&".".repeat(300_000)).is_empty());
        assert_eq!(days(&format!("{} 2024-01-05", ".".repeat(300_000))), ["2024-01-05"]);
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "30 dagar",
            "2024",
            "12.345,67",
            "192.168.10.20",
            "31.02.2024",
            "99/99/2024",
            "1850-01-01",
            "0042-17",
        ] {
            assert!(days(text).is_empty(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_printed_day_is_among_its_readings(year in 1970i16..2070, month in 1i8..13, number in 1i8..29) {
            let date = Date::new(year, month, number).unwrap();
            prop_assert_eq!(read_dates(&date.to_string()), certain(date));
            let printed = format!("{number:02}.{month:02}.{year}");
            prop_assert!(read_dates(&printed).iter().any(|reading| reading.date == date));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9./ a-zåäö-]{0,24}") {
            let _ = read_dates(&text);
        }
    }
}
