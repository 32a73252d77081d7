//! National bank account numbers.

mod parts;

use std::fmt;

use super::check_digits::is_multiple;
use super::scan::{all_digits, digits, single_spaced, with_digits, without_caption};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// An account number: its digits if it consists of digits, spaces and marks, else as printed. A
/// branch number that is printed before it (`Reg. 4955 Konto 12345678`, `4955-12345678`) is part of
/// it.
///
/// ```
/// use fieldmark_domain::values::{Account, CountryCode};
///
/// let account = Account::parse("Kontonummer: 1503 40 12340")?;
/// assert_eq!(account.to_string(), "15034012340");
/// let check = &account.checks(Some(CountryCode::NO))[0];
/// assert_eq!((check.name.as_ref(), check.passed), ("account_modulus_11", false));
/// assert_eq!(Account::parse("Reg. 4955 Konto 12345678")?.to_string(), "495512345678");
/// assert!(Account::parse("1234").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account(String);

impl Account {
    /// Parses an account number of at least five digits.
    ///
    /// # Errors
    /// [`ParseValueError`] when there are fewer digits, or the text is longer than a number.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "an account number";
        if let Some(joined) = parts::joined(text) {
            return Ok(Self(joined));
        }
        let printed = with_digits(without_caption(text), 5, EXPECTED)?;
        if printed.chars().count() > 40 {
            return Err(ParseValueError::new(text, EXPECTED));
        }
        let is_mark = |letter: char| letter.is_whitespace() || ".-–/,".contains(letter);
        let plain = printed.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter));
        Ok(Self(if plain { digits(printed) } else { single_spaced(printed) }))
    }

    /// The number in its normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `account_modulus_11` for a Norwegian account. `account_shape` in countries where a branch's
    /// number and the account's own number form the whole, by the number of digits: Denmark (4 and
    /// 5 to 10), Sweden (clearing number and account, 10 to 15), the United Kingdom and Ireland (6
    /// and 8, or 8 where the sort code is printed elsewhere). No check for Swedish accounts with
    /// fewer digits, whose clearing number may be printed elsewhere.
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        if !all_digits(&self.0) {
            return Vec::new();
        }
        match (country.as_ref().map_or("", CountryCode::as_str), self.0.len()) {
            ("NO", 11) => {
                vec![Check::new(
                    "account_modulus_11",
                    is_multiple(&self.0, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11),
                )]
            }
            ("DK", length) => vec![Check::new("account_shape", (9..=14).contains(&length))],
            // Clearing numbers begin at 1000.
            ("SE", length @ 10..) => {
                vec![Check::new("account_shape", length <= 15 && !self.0.starts_with('0'))]
            }
            ("GB" | "IE", length) => vec![Check::new("account_shape", matches!(length, 8 | 14))],
            _ => Vec::new(),
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
    use proptest::prelude::*;

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
    fn spaces_of_any_kind_may_separate_digits() {
        assert_eq!(Account::parse("12\u{a0}500").unwrap().as_str(), "12500");
    }

    #[test]
    fn letters_keep_the_print() {
        assert_eq!(Account::parse("AB 4955 12345678").unwrap().as_str(), "AB 4955 12345678");
        assert!(Account::parse("12-34").is_err());
    }

    #[test]
    fn branch_and_account_make_one_number() {
        for text in [
            "Reg. 4955 Konto 0012345678",
            "4955 0012345678",
            "4955-0012345678",
            "Reg.nr.: 4955 Kontonr.: 0012345678",
        ] {
            assert_eq!(Account::parse(text).unwrap().as_str(), "49550012345678", "{text}");
        }
        assert_eq!(Account::parse("Reg. 4955 Konto 12345678").unwrap().as_str(), "495512345678");
    }

    #[test]
    fn shapes_are_those_of_the_country() {
        for (country, number, expected) in [
            ("DK", "4955 12345678", Some(true)),
            ("DK", "4955-0012345678", Some(true)),
            ("DK", "12345678", Some(false)),
            ("DK", "4955 00123456789", Some(false)),
            ("SE", "5491-000 00 03", Some(true)),
            ("SE", "8327-9, 123 456 789-0", Some(true)),
            ("SE", "0491-000 00 03", Some(false)),
            ("SE", "1234567", None),
            ("GB", "20-00-00 55779911", Some(true)),
            ("GB", "55779911", Some(true)),
            ("GB", "5577991", Some(false)),
            ("DE", "532013000", None),
            ("DK", "AB 4955 12345678", None),
        ] {
            let checks = Account::parse(number).unwrap().checks(CountryCode::parse(country).ok());
            let wanted: Vec<Check> =
                expected.map(|passed| Check::new("account_shape", passed)).into_iter().collect();
            assert_eq!(checks, wanted, "{country} {number}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_changed_digit_of_a_norwegian_account_is_noticed(
            payload in "[0-9]{10}", place in 0usize..11, shift in 1u8..10
        ) {
            let passes = |number: &str| {
                Account::parse(number).unwrap().checks(Some(CountryCode::NO)).iter().all(|check| check.passed)
            };
            let Some(right) = (0..10).map(|check| format!("{payload}{check}")).find(|number| passes(number)) else {
                // The remainder requires the digit 10: banks do not assign such numbers.
                return Ok(());
            };
            let mut bytes = right.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            prop_assert!(!passes(&String::from_utf8(bytes).unwrap()));
        }

        #[test]
        fn the_normal_form_reads_back(text in "(Reg\\.? |Clearing )?[0-9]{4} ?(Konto:? )?[0-9 .-]{1,12}|\\PC{0,30}") {
            if let Ok(account) = Account::parse(&text) {
                prop_assert_eq!(Account::parse(account.as_str()), Ok(account));
            }
        }
    }
}
