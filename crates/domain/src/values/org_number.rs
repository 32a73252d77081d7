//! Numbers of organisations in their national registers.

use std::fmt;

use super::check_digits::passes_luhn;
use super::scan::{digits, settled, single_spaced, with_digits, without_caption};
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
        let number = settled(text, |text| without_place(without_caption(text)));
        let number = with_digits(number, 3, EXPECTED)?;
        if number.chars().count() > 40 {
            Err(ParseValueError::new(text, EXPECTED))
        } else {
            Ok(Self(as_registered(single_spaced(number))))
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

/// Registers are kept in towns ("Rotterdam 12345678"): words before the number that are no letters of a
/// register are left out.
fn without_place(number: &str) -> &str {
    let is_place = |word: &str| {
        word.chars().count() > 4
            && word.chars().all(char::is_alphabetic)
            && word.chars().any(char::is_lowercase)
    };
    let mut rest = number;
    while let Some((_, after)) = rest.split_once(char::is_whitespace).filter(|(word, _)| is_place(word)) {
        rest = after.trim_start();
    }
    rest
}

/// The Austrian register's letters belong to its number (up to six digits and a small letter), even where they
/// are printed as a caption; Spain's country prefix belongs to the VAT number alone.
fn as_registered(number: String) -> String {
    let bytes = number.as_bytes();
    let is_austrian = matches!(bytes.len(), 5..=7)
        && bytes
            .split_last()
            .is_some_and(|(last, head)| last.is_ascii_lowercase() && head.iter().all(u8::is_ascii_digit));
    let spanish = number.strip_prefix("ES").filter(|body| {
        body.len() == 9
            && body.starts_with(|first: char| first.is_ascii_uppercase())
            && body.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    match spanish {
        Some(body) => body.to_owned(),
        None if is_austrian => format!("FN {number}"),
        None => number,
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
    fn the_austrian_register_and_the_spanish_number_have_one_form() {
        for (text, number) in [
            ("FN 123456a", "FN 123456a"),
            ("123456a", "FN 123456a"),
            ("ESB12345674", "B12345674"),
            ("B12345674", "B12345674"),
            ("HRB 4711", "HRB 4711"),
            ("Neustadt HRB 4711", "HRB 4711"),
            ("Rotterdam 12345678", "12345678"),
        ] {
            assert_eq!(OrgNumber::parse(text).unwrap().to_string(), number, "{text}");
        }
    }

    #[test]
    fn odd_texts_read_back() {
        for (text, number) in [
            ("Amtsgericht ###Köln HRB 4711", "Köln HRB 4711"),
            ("Rotterdam\u{a0}12345678", "12345678"),
            ("ESNo aGB345", "ESNo aGB345"),
        ] {
            let found = OrgNumber::parse(text).unwrap();
            assert_eq!(found.as_str(), number, "{text}");
            assert_eq!(OrgNumber::parse(number), Ok(found), "{text}");
        }
    }

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
        for text in ["HRB 4711", "FN 123456b", "912 345 678", "1234567-8", "MI-1234567"] {
            assert_eq!(OrgNumber::parse(text).unwrap().as_str(), text);
        }
        assert!(OrgNumber::parse("AB 12").is_err());
    }
}
