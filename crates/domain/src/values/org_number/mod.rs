//! Numbers of organisations in their national registers.
//!
//! `schemes` defines the numbers of each country; this file only parses and prints them.

mod register;

use std::fmt;

use super::scan::{all_digits, digits, settled, single_spaced, with_digits, without_caption};
use super::schemes::{Verdict, admits_nothing_else, is_location_number, organisations_of, verdict};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// A register's number, in its country's notation (`556036-0793`, `123 456 789`, `HRB 4711`).
///
/// ```
/// use fieldmark_domain::values::{CountryCode, OrgNumber};
///
/// let number = OrgNumber::parse("Org.nr: 556036-0793")?;
/// assert_eq!((number.to_string(), number.digits()), ("556036-0793".to_owned(), "5560360793".to_owned()));
/// assert!(number.looks_swedish() && number.checks(None).iter().all(|check| check.passed));
/// let misprinted = OrgNumber::parse("556036-0794")?;
/// assert!(misprinted.checks(Some(CountryCode::SE)).iter().any(|check| !check.passed));
/// assert!(OrgNumber::parse("12").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrgNumber(String);

impl OrgNumber {
    /// Parses a number with at least three digits; captions are removed, letters of the register
    /// are kept.
    ///
    /// # Errors
    /// [`ParseValueError`] when there are fewer digits or the text is longer than a number.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "a number of a register of organisations";
        let number = with_digits(bare(text), 3, EXPECTED)?;
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

    /// Only its digits.
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

    /// `org_number_shape`, and `org_number_check_digit` if the number has one. The country is that
    /// of the number's own letters (`HRB`, `FN`, `CHE`), or else `country`, or else Sweden for a
    /// number in the Swedish form.
    ///
    /// No check for a number of an unknown scheme: the shape can only fail in countries whose
    /// registers allow no other (SE, NO, DK, FI), and only for digits without letters that are not
    /// a location number (GLN, thirteen digits with GS1's check digit).
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        let country = country.or_else(|| self.looks_swedish().then_some(CountryCode::SE));
        let Some(found) = register::registered(&self.0, country) else { return Vec::new() };
        let verdict = verdict(organisations_of(found.country.as_str()), &found.number);
        let is_other = !admits_nothing_else(found.country.as_str())
            || !all_digits(&found.number)
            || is_location_number(&found.number);
        if verdict == Verdict::Unknown && is_other {
            Vec::new()
        } else {
            verdict.checks("org_number_shape", "org_number_check_digit")
        }
    }
}

/// The number without captions and places, removed repeatedly until nothing more can be removed.
fn bare(text: &str) -> &str {
    settled(text, |text| without_remark(without_place(without_caption(text))))
}

/// The number without a remark in brackets after it ("FN 123456a (HG Wien)"), closed or not.
fn without_remark(text: &str) -> &str {
    match text.split_once(" (") {
        Some((number, _)) if number.contains(|letter: char| letter.is_ascii_digit()) => number,
        _ => text,
    }
}

/// The number without the town of its register ("Rotterdam 12345678"): words before the number are
/// removed unless they are letters of a register.
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

/// The Austrian register's letters belong to its number (up to six digits and a small letter), even
/// if they are printed as a caption; Spain's country prefix belongs only to the VAT number.
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
        let passed = [Check::new("org_number_shape", true), Check::new("org_number_check_digit", true)];
        assert_eq!(number.checks(Some(CountryCode::SE)), passed);
        assert!(!OrgNumber::parse("202100-5488").unwrap().checks(None)[1].passed);
        assert_eq!(number.checks(Some(CountryCode::NO)), [Check::new("org_number_shape", false)]);
    }

    #[test]
    fn other_countries_keep_their_print() {
        for text in ["HRB 4711", "FN 123456b", "912 345 678", "1234567-8", "MI-1234567"] {
            assert_eq!(OrgNumber::parse(text).unwrap().as_str(), text);
        }
        assert!(OrgNumber::parse("AB 12").is_err());
    }
}
