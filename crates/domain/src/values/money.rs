//! Amounts of money in the notations of many countries.
//!
//! `1.234` and `1,234` may each mean one thousand or a little more than one: both readings are given,
//! and the document's notation decides. The currency beside an amount is read elsewhere.

use std::fmt;

use rust_decimal::Decimal;

use super::CurrencyMark;
use super::scan::all_digits;

/// An amount of money without its currency. Prints with a point, two to four places, and no grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money(Decimal);

impl Money {
    /// An amount; places beyond the fourth are rounded.
    #[must_use]
    pub fn new(amount: Decimal) -> Self {
        let rounded = amount.round_dp(4).normalize();
        Self(if rounded.is_zero() { Decimal::ZERO } else { rounded })
    }

    /// The decimal number.
    #[must_use]
    pub const fn amount(self) -> Decimal {
        self.0
    }

    /// Whether both differ by at most `cents` hundredths.
    #[must_use]
    pub fn is_near(self, other: Self, cents: i64) -> bool {
        (self.0 - other.0).abs() <= Decimal::new(cents, 2)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.0;
        if amount.scale() < 2 {
            amount.rescale(2);
        }
        formatter.pad(&amount.to_string())
    }
}

/// The character between units and fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalMark {
    /// `1.234,56`
    Comma,
    /// `1,234.56`
    Point,
}

/// One way to read an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyReading {
    /// What it amounts to.
    pub amount: Money,
    /// The decimal mark that this reading presupposes; `None` when the text shows none.
    pub decimal: Option<DecimalMark>,
}

/// Every way to read a text as one amount, the most usual first; none when it is no amount.
///
/// Currency codes and symbols may stand before or after, attached or not; a minus before, after, or
/// as parentheses; `:-`, `,-` and `.-` for no fractions. Percentages are no amounts.
///
/// ```
/// use fieldmark_domain::values::read_money;
/// let one = |text: &str| read_money(text)[0].amount.to_string();
/// assert_eq!(one("1 234,56 kr"), "1234.56");
/// assert_eq!(one("CHF 1'234.50-"), "-1234.50");
/// assert_eq!(one("(1,234.56)"), "-1234.56");
/// assert_eq!(one("1250:-"), "1250.00");
/// assert_eq!(read_money("1.234").len(), 2);
/// ```
#[must_use]
pub fn read_money(text: &str) -> Vec<MoneyReading> {
    let text = plain(text);
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
        None => readings_of(body),
    };
    readings.into_iter().filter_map(|(number, decimal)| reading(&number, decimal, negative)).collect()
}

const fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// One kind of minus, of space and of apostrophe; percentages and their numbers dropped.
fn plain(text: &str) -> String {
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
fn is_negative(before: &str, after: &str) -> bool {
    let is_mark = |text: &str| text.trim().is_empty() || CurrencyMark::of(text.trim()).is_some();
    let leading = before.rsplit_once('-').is_some_and(|(_, rest)| is_mark(rest));
    let trailing =
        after.strip_prefix('-').is_some_and(|rest| !rest.starts_with('-') && !rest.starts_with(is_digit))
            || after.strip_suffix('-').is_some_and(|rest| !rest.trim().is_empty() && is_mark(rest));
    leading || trailing || (before.contains('(') && after.contains(')'))
}

/// What stands after an amount that is printed without fractions (`:-`, `,-`, `.-`, `,--`), and the
/// decimal mark it gives away; `None` when the text is not such an amount.
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

/// Without a decimal mark: whole units, or, where two digits stand apart at the end (as payment slips
/// print it), hundredths.
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

/// The digits of whole units, when what stands between them are separators of one kind at every third
/// digit (or, with commas, at every second one above the thousands, as India writes it).
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

/// More units than any invoice has are an account or a reference.
const MOST_DIGITS: usize = 12;

fn reading(number: &str, decimal: Option<DecimalMark>, negative: bool) -> Option<MoneyReading> {
    let units = number.split('.').next()?.trim_start_matches('0').len();
    let amount: Decimal = if units > MOST_DIGITS { return None } else { number.parse().ok()? };
    Some(MoneyReading { amount: Money::new(if negative { -amount } else { amount }), decimal })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn readings(text: &str) -> Vec<String> {
        read_money(text).iter().map(|reading| reading.amount.to_string()).collect()
    }

    #[test]
    fn every_notation_is_read() {
        for text in [
            "1.234,56",
            "1 234,56",
            "1,234.56",
            "1'234.56",
            "1’234.56",
            "1\u{a0}234,56",
            "1\u{202f}234,56",
            "1234.56",
            "1234,56",
            "€1.234,56",
            "1.234,56€",
            "EUR 1.234,56",
            "1.234,56 EUR",
            "kr 1 234,56",
            "1 234,56kr",
            "1234 56",
            "1 234 56",
            "SEK 1.234,56",
            "kr. 1.234,56",
            "US$1,234.56",
            "Total: 1,234.56",
            "1 234 ,56",
        ] {
            assert_eq!(readings(text), ["1234.56"], "{text}");
        }
    }

    #[test]
    fn every_minus_is_seen() {
        for text in [
            "-1.234,56",
            "1.234,56-",
            "(1.234,56)",
            "−1 234,56",
            "- 1 234,56",
            "-€1,234.56",
            "€ -1,234.56",
            "(€1,234.56)",
            "1.234,56 €-",
            "-kr 1 234,56",
            "–1234,56",
            "EUR -1234.56",
        ] {
            assert_eq!(readings(text), ["-1234.56"], "{text}");
        }
        assert_eq!(readings("Moms - 12,00 st"), ["-12.00"]);
        assert_eq!(readings("A-12,00"), ["-12.00"]);
    }

    #[test]
    fn units_without_fractions() {
        for text in ["1250:-", "1 250:-", "1250,-", "1.250,-", "1'250.-", "1250.--", "kr 1 250,-", "1 250,–"]
        {
            assert_eq!(readings(text), ["1250.00"], "{text}");
        }
        assert_eq!(readings("1250"), ["1250.00"]);
        assert_eq!(readings("-1250:-"), ["-1250.00"]);
    }

    #[test]
    fn one_separator_and_three_digits_keep_both_readings() {
        assert_eq!(readings("1.234"), ["1234.00", "1.234"]);
        assert_eq!(readings("1,234"), ["1234.00", "1.234"]);
        assert_eq!(readings("0.125"), ["0.125"]);
        assert_eq!(readings("1234.567"), ["1234.567"]);
        assert_eq!(readings("1.234.567"), ["1234567.00"]);
        assert_eq!(readings("1,23,456.70"), ["123456.70"]);
        assert_eq!(read_money("1.234").last().unwrap().decimal, Some(DecimalMark::Point));
    }

    #[test]
    fn what_is_no_amount_is_not_read() {
        for text in [
            "",
            "abc",
            "25 %",
            "25%",
            "12.34.56",
            "1 23 456",
            "1.2345678",
            "123456789012345",
            "2024-01-05",
            "12:30",
        ] {
            assert!(read_money(text).is_empty(), "{text}");
        }
        assert_eq!(readings("25% 1 250,00"), ["1250.00"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn the_normal_form_reads_back(cents in -99_999_999_999i64..99_999_999_999) {
            let money = Money::new(Decimal::new(cents, 2));
            prop_assert_eq!(read_money(&money.to_string()), vec![MoneyReading { amount: money, decimal: Some(DecimalMark::Point) }]);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-0-9.,' €krSEK():%]{0,24}") {
            for reading in read_money(&text) {
                prop_assert!(reading.amount.to_string().parse::<Decimal>().is_ok());
            }
        }
    }
}
