//! Numbers of organisations in their national registers.

use std::fmt;

use super::check_digits::passes_luhn;
use super::scan::{digits, single_spaced, with_digits, without_caption};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// A register's number, as its country writes it (`556036-0793`, `123 456 789`, `HRB 4711`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrgNumber(String);

impl OrgNumber {
    /// Reads a number with at least three digits; captions are stripped, the register's letters kept.
    ///
    /// # Errors
    /// [`ParseValueError`] when there are fewer digits or the text is longer than a number.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "a number of a register of organisations";
        let number = with_digits(without_caption(text), 3, EXPECTED)?;
        if number.chars().count() > 40 {
            Err(ParseValueError::new(text, EXPECTED))
        } else {
            Ok(Self(single_spaced(number)))
        }
    }

    /// The number as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its digits alone.
    #[must_use]
    pub fn digits(&self) -> String {
        digits(&self.0)
    }

    /// Whether it is written as a Swedish number: six digits, a hyphen, four digits.
    #[must_use]
    pub fn looks_swedish(&self) -> bool {
        self.0.split_once('-').is_some_and(|(head, tail)| {
            matches!(head.len(), 6 | 8) && tail.len() == 4 && digits(&self.0).len() == head.len() + 4
        })
    }

    /// `org_number_luhn` for a Swedish number (in Sweden, or written as one); none for other countries.
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        let all = digits(&self.0);
        // Of a person's twelve digits the first two are the century.
        let number = if all.len() == 12 { all.get(2..).unwrap_or_default() } else { &all };
        if number.len() == 10
            && (country == Some(CountryCode::SE) || (country.is_none() && self.looks_swedish()))
        {
            vec![Check::new("org_number_luhn", passes_luhn(number))]
        } else {
            Vec::new()
        }
    }
}

impl fmt::Display for OrgNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swedish_number_is_checked_in_sweden() {
        // The Swedish Companies Registration Office's own number.
        let number = OrgNumber::parse("Org.nr: 202100-5489").unwrap();
        assert_eq!(number.checks(Some(CountryCode::SE)), [Check::new("org_number_luhn", true)]);
        assert!(!OrgNumber::parse("202100-5488").unwrap().checks(None)[0].passed);
        assert!(number.checks(Some(CountryCode::NO)).is_empty());
    }

    #[test]
    fn other_countries_keep_their_print() {
        for text in ["HRB 4711", "FN 387003h", "912 345 678", "1234567-8", "MI-4252569"] {
            assert_eq!(OrgNumber::parse(text).unwrap().as_str(), text);
        }
        assert!(OrgNumber::parse("AB 12").is_err());
    }
}
