//! National bank account numbers.

use std::fmt;

use super::check_digits::passes_modulus_11;
use super::scan::{digits, single_spaced, with_digits, without_caption};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// An account number: its digits where it is made of digits, spaces and marks, else as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account(String);

impl Account {
    /// Reads an account number of at least five digits.
    ///
    /// # Errors
    /// [`ParseValueError`] when there are fewer, or more text than a number has.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "an account number";
        let printed = with_digits(without_caption(text), 5, EXPECTED)?;
        if printed.chars().count() > 40 {
            return Err(ParseValueError::new(text, EXPECTED));
        }
        let plain = printed
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || ".-–/,".contains(letter));
        Ok(Self(if plain { digits(printed) } else { single_spaced(printed) }))
    }

    /// The number in its normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `account_modulus_11` for a Norwegian account.
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        if country == Some(CountryCode::NO) && self.0.len() == 11 {
            vec![Check::new("account_modulus_11", passes_modulus_11(&self.0))]
        } else {
            Vec::new()
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norwegian_account_is_checked() {
        let account = Account::parse("Konto: 8601.11.17947").unwrap();
        assert_eq!(account.as_str(), "86011117947");
        assert_eq!(account.checks(Some(CountryCode::NO)), [Check::new("account_modulus_11", true)]);
        assert!(!Account::parse("8601 11 17948").unwrap().checks(Some(CountryCode::NO))[0].passed);
        assert!(account.checks(None).is_empty());
    }

    #[test]
    fn spaces_of_any_kind_stand_between_digits() {
        assert_eq!(Account::parse("12\u{a0}500").unwrap().as_str(), "12500");
    }

    #[test]
    fn letters_keep_the_print() {
        assert_eq!(Account::parse("Reg. 4955 Konto 12345678").unwrap().as_str(), "Reg. 4955 Konto 12345678");
        assert!(Account::parse("12-34").is_err());
    }
}
