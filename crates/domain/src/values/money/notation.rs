//! The notation of amounts: the minus, percentages next to them, the decimal mark and the grouping.

use rust_decimal::Decimal;

use super::{DecimalMark, Money, MoneyReading};
use crate::values::CurrencyMark;
use crate::values::scan::all_digits;

/// The interpretations of an amount whose units and fractions are one number.
pub(super) fn in_digits(text: &str) -> Vec<MoneyReading> {
    let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else { return Vec::new() };
    let (Some(before), Some(body), Some(after)) =
        (text.get(..first), text.get(first..=last), text.get(last + 1..))
    else {
        return Vec::new();
    };
    if after.trim_start().starts_with('%') {
        return Vec::new();
    }
    let negative = is_negative(before, after);
    let readings = match units_only(after) {
        Some(decimal) => grouped(body).map(|units| vec![(units, decimal)]).unwrap_or_default(),
        None if body.contains(':') => by_colon(before, body, after).into_iter().collect(),
        None => readings_of(body),
    };
    readings.into_iter().filter_map(|(number, decimal)| reading(&number, decimal, negative)).collect()
}

/// Units, a colon and two digits (Sweden's `1250:50`). Not a time of day, unless a currency is next
/// to it or the units are 0.
fn by_colon(before: &str, body: &str, after: &str) -> Option<(String, Option<DecimalMark>)> {
    let (units, hundredths) = body.split_once(':')?;
    if hundredths.len() != 2 || !all_digits(hundredths) {
        return None;
    }
    let is_money = has_currency(before) || has_currency(after) || units == "0";
    let at_most = |digits: &str, most: u32| digits.parse().is_ok_and(|number: u32| number <= most);
    let is_time = units.len() <= 2 && at_most(units, 24) && at_most(hundredths, 59);
    (is_money || !is_time).then(|| grouped(units).map(|units| (format!("{units}.{hundredths}"), None)))?
}

/// Whether a text contains a currency's mark, with or without punctuation.
fn has_currency(text: &str) -> bool {
    text.split(' ').any(|word| CurrencyMark::of(word.trim_matches(['-', '(', ')', ','])).is_some())
}

const fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// Unifies minus signs, spaces and apostrophes, and removes percentages with their numbers.
pub(super) fn plain(text: &str) -> String {
    let unified: String = text
        .chars()
        .map(|letter| match letter {
            '−' | '–' | '—' | '‐' | '‑' => '-',
            '’' | '´' | '`' | '‘' => '\'',
            letter if letter.is_whitespace() => ' ',
            letter => letter,
        })
        .collect();
    let mut words: Vec<&str> = Vec::new();
    for word in unified.split(' ').filter(|word| !word.is_empty()) {
        if word.starts_with('%') || word.starts_with("(%") {
            words.pop();
        } else if !word.trim_end_matches([')', ',', ':', ';']).ends_with('%') {
            words.push(word);
        }
    }
    words.join(" ").replace(" ,", ",").replace(" .", ".")
}

/// A minus before or after, with at most a currency between it and the digits, or parentheses around.
pub(super) fn is_negative(before: &str, after: &str) -> bool {
    let is_mark = |text: &str| text.trim().is_empty() || CurrencyMark::of(text.trim()).is_some();
    let leading = before.rsplit_once('-').is_some_and(|(_, rest)| is_mark(rest));
    let trailing =
        after.strip_prefix('-').is_some_and(|rest| !rest.starts_with('-') && !rest.starts_with(is_digit))
            || after.strip_suffix('-').is_some_and(|rest| !rest.trim().is_empty() && is_mark(rest));
    leading || trailing || (before.contains('(') && after.contains(')'))
}

/// The decimal mark of an amount that is printed without fractions, by the text after it (`:-`,
/// `,-`, `.-`, `,--`); `None` when the text is not such an amount.
fn units_only(after: &str) -> Option<Option<DecimalMark>> {
    let mut letters = after.chars();
    let mark = letters.next()?;
    let rest = letters.as_str().trim_start();
    if !rest.starts_with(['-', '=']) {
        return None;
    }
    match mark {
        ':' => Some(None),
        ',' => Some(Some(DecimalMark::Comma)),
        '.' => Some(Some(DecimalMark::Point)),
        _ => None,
    }
}

/// The plain numbers that a text of digits and separators may mean.
fn readings_of(body: &str) -> Vec<(String, Option<DecimalMark>)> {
    let Some((units, fraction)) =
        body.rfind(['.', ',']).and_then(|at| Some((body.get(..at)?, body.get(at + 1..)?)))
    else {
        return without_mark(body);
    };
    let mark = body.get(units.len()..=units.len()).unwrap_or_default();
    let decimal = if mark == "," { DecimalMark::Comma } else { DecimalMark::Point };
    let opposite = if mark == "," { DecimalMark::Point } else { DecimalMark::Comma };
    let mut readings = Vec::new();
    if let Some(number) = grouped(body).filter(|_| !body.starts_with('0')) {
        readings.push((number, Some(opposite)));
    }
    let fraction = fraction.trim_start();
    if all_digits(fraction) && fraction.len() <= 4 && !units.contains(mark) {
        readings.extend(grouped(units).map(|units| (format!("{units}.{fraction}"), Some(decimal))));
    }
    readings
}

/// A number without a decimal mark: whole units, or hundredths if two digits are set apart at the
/// end (as on payment slips).
fn without_mark(body: &str) -> Vec<(String, Option<DecimalMark>)> {
    if let Some(number) = grouped(body) {
        return vec![(number, None)];
    }
    let Some((units, hundredths)) = body.rsplit_once(' ') else { return Vec::new() };
    match grouped(units) {
        Some(units) if hundredths.len() == 2 && all_digits(hundredths) => {
            vec![(format!("{units}.{hundredths}"), None)]
        }
        _ => Vec::new(),
    }
}

/// The digits of whole units, if they are grouped by one kind of separator at every third digit
/// (or, with commas, at every second digit above the thousands, as in India).
fn grouped(text: &str) -> Option<String> {
    let text = text.trim();
    let mut separators = text.chars().filter(|letter| !letter.is_ascii_digit());
    let Some(separator) = separators.next() else { return all_digits(text).then(|| text.to_owned()) };
    if !['.', ',', ' ', '\''].contains(&separator) || separators.any(|other| other != separator) {
        return None;
    }
    let groups: Vec<&str> = text.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let regular = middle.iter().all(|group| group.len() == 3) && (1..=3).contains(&first.len());
    let indian = separator == ','
        && !middle.is_empty()
        && middle.iter().all(|group| group.len() == 2)
        && (1..=2).contains(&first.len());
    (last.len() == 3 && (regular || indian)).then(|| groups.concat())
}

/// Maximum number of digits of the units; a longer number is an account or a reference.
const MAX_DIGITS: usize = 12;

fn reading(number: &str, decimal: Option<DecimalMark>, negative: bool) -> Option<MoneyReading> {
    let units = number.split('.').next()?.trim_start_matches('0').len();
    let amount: Decimal = if units > MAX_DIGITS { return None } else { number.parse().ok()? };
    Some(MoneyReading { amount: Money::new(if negative { -amount } else { amount }), decimal })
}
