//! Amounts of money in the notations of many countries.
//!
//! `1.234` and `1,234` may each mean one thousand or a little more than one: both interpretations
//! are returned, and the document's notation decides. The currency of an amount is read elsewhere.

mod hundredths;
mod notation;

use std::fmt;

use rust_decimal::Decimal;

/// An amount of money without its currency. Prints with a point, two to four decimal places, and no
/// grouping.
///
/// ```
/// use fieldmark_domain::rust_decimal::Decimal;
/// use fieldmark_domain::values::Money;
///
/// let amount = Money::new(Decimal::new(125_000_014, 5));
/// assert_eq!(amount.to_string(), "1250.0001");
/// assert_eq!(Money::new(Decimal::new(-5, 0)).to_string(), "-5.00");
/// assert!(amount.is_near(Money::new(Decimal::new(125_001, 2)), 1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money(Decimal);

impl Money {
    /// An amount; it is rounded to four decimal places.
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

/// One interpretation of an amount.
///
/// ```
/// use fieldmark_domain::values::{DecimalMark, read_money};
///
/// let readings = read_money("1.234");
/// assert_eq!(readings[0].amount.to_string(), "1234.00");
/// assert_eq!(readings[0].decimal, Some(DecimalMark::Comma));
/// assert_eq!(readings[1].amount.to_string(), "1.234");
/// assert!(read_money("25 %").is_empty());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyReading {
    /// The amount.
    pub amount: Money,
    /// The decimal mark that this interpretation assumes; `None` when the text shows none.
    pub decimal: Option<DecimalMark>,
}

/// Every interpretation of a text as one amount, the most common first; empty when it is not an
/// amount.
///
/// Currency codes and symbols may be before or after the amount, with or without a space; a minus
/// before, after, or as parentheses; `:-`, `,-` and `.-` for no fractions. In Swedish `1250:50` has
/// a colon as its decimal mark (`12:30` alone is a time), and hundredths may be named (`1 250 kr 50
/// öre`, `50 øre`). Percentages are not amounts.
///
/// ```
/// use fieldmark_domain::values::read_money;
/// let one = |text: &str| read_money(text)[0].amount.to_string();
/// assert_eq!(one("1 234,56 kr"), "1234.56");
/// assert_eq!(one("CHF 1'234.50-"), "-1234.50");
/// assert_eq!(one("(1,234.56)"), "-1234.56");
/// assert_eq!(one("1250:-"), "1250.00");
/// assert_eq!(one("1250:50"), "1250.50");
/// assert_eq!(one("1 250 kr 50 öre"), "1250.50");
/// assert_eq!(read_money("1.234").len(), 2);
/// ```
#[must_use]
pub fn read_money(text: &str) -> Vec<MoneyReading> {
    let text = notation::plain(text);
    hundredths::named(&text).unwrap_or_else(|| notation::in_digits(&text))
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
    fn hundredths_may_be_named() {
        for (text, amount) in [
            ("1 250 kr 50 öre", "1250.50"),
            ("1250 kronor och 50 öre", "1250.50"),
            ("1.250 kr. 5 øre", "1250.05"),
            ("1250kr 50øre", "1250.50"),
            ("-12 kr 50 öre", "-12.50"),
            ("50 öre", "0.50"),
            ("Avrundning -40 öre", "-0.40"),
            ("25 ØRE", "0.25"),
        ] {
            assert_eq!(readings(text), [amount], "{text}");
        }
        for text in ["250 öre", "12,50 kr 50 öre", "1250 st 50 öre", "öre"] {
            assert!(readings(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_colon_is_a_decimal_mark_where_it_is_no_time() {
        for (text, amount) in [
            ("1250:50", "1250.50"),
            ("1 250:50", "1250.50"),
            ("1.250:50", "1250.50"),
            ("12:30 kr", "12.30"),
            ("kr 12:30", "12.30"),
            ("45:00", "45.00"),
            ("12:75", "12.75"),
            ("-250:50", "-250.50"),
        ] {
            assert_eq!(readings(text), [amount], "{text}");
        }
        for text in ["08:15", "23:59", "24:00", "kl. 12:30", "12:30:45", "1250:5", "1250:505"] {
            assert!(readings(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn roundings_are_amounts() {
        for (text, amount) in [
            ("Öresavrundning -0,40", "-0.40"),
            ("Öresutjämning: 0,40-", "-0.40"),
            ("Øreavrunding −0,40 kr", "-0.40"),
            ("Öresavrundning 0:40", "0.40"),
            ("Öresavrundning -0:40 kr", "-0.40"),
            ("Avrundning,-", ""),
        ] {
            let expected: Vec<&str> = (!amount.is_empty()).then_some(amount).into_iter().collect();
            assert_eq!(readings(text), expected, "{text}");
        }
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
