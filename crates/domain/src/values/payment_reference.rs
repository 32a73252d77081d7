//! References that a payer quotes, so that the payment finds its invoice.

use std::fmt;

use super::check_digits::{modulus_97, passes_luhn, passes_modulus_11};
use super::scan::{all_digits, alphanumeric, digits, settled, single_spaced, with_digits, without_caption};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// A reference without spaces: digits (Swedish OCR, Norwegian KID, Finnish, Belgian …), `RF` and
/// characters (ISO 11649), or whatever the supplier asks for, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PaymentReference(String);

impl PaymentReference {
    /// Reads a reference with at least one digit and at most 40 characters.
    ///
    /// # Errors
    /// [`ParseValueError`] when there is no digit, or too much text.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "a payment reference";
        let printed = with_digits(strip(text), 1, EXPECTED)?;
        if printed.chars().count() > 40 {
            return Err(ParseValueError::new(text, EXPECTED));
        }
        let plain = alphanumeric(printed);
        if plain.starts_with("RF") && plain.len() >= 5 {
            return Ok(Self(plain));
        }
        let only_digits = printed
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || "+/*".contains(letter));
        let is_belgian = printed.contains('/') && plain.len() == 12;
        Ok(Self(if only_digits && (is_belgian || !printed.contains('/')) {
            digits(printed)
        } else {
            single_spaced(printed)
        }))
    }

    /// The reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last digit is a Luhn check digit (Swedish OCR, Norwegian KID).
    #[must_use]
    pub fn passes_modulus_10(&self) -> bool {
        all_digits(&self.0) && passes_luhn(&self.0)
    }

    /// What the reference's own system checks: `reference_iso_11649` for RF references, `ocr_luhn` and
    /// `ocr_length_digit` in Sweden, `kid_check_digit` in Norway, `reference_7_3_1` in Finland. In Sweden
    /// a supplier may ask for any message, so the length digit is only said when it holds.
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        if self.0.starts_with("RF") {
            return vec![Check::new("reference_iso_11649", self.is_creditor_reference())];
        }
        if !all_digits(&self.0) {
            return Vec::new();
        }
        match country {
            Some(CountryCode::SE) if (2..=25).contains(&self.0.len()) => self.ocr_checks(),
            Some(CountryCode::NO) if (2..=25).contains(&self.0.len()) => {
                vec![Check::new("kid_check_digit", self.passes_modulus_10() || passes_modulus_11(&self.0))]
            }
            Some(CountryCode::FI) if (4..=20).contains(&self.0.len()) => {
                vec![Check::new("reference_7_3_1", self.passes_7_3_1())]
            }
            _ => Vec::new(),
        }
    }

    fn ocr_checks(&self) -> Vec<Check> {
        let mut checks = vec![Check::new("ocr_luhn", self.passes_modulus_10())];
        // The digit before the check digit may give the whole length modulo ten (Bankgirot, OCR level 4).
        let length_digit = self.0.bytes().rev().nth(1).map(|byte| usize::from(byte - b'0'));
        if length_digit == Some(self.0.len() % 10) {
            checks.push(Check::new("ocr_length_digit", true));
        }
        checks
    }

    /// ISO 11649: the four leading characters go to the end, and the remainder modulo 97 is 1.
    fn is_creditor_reference(&self) -> bool {
        let (Some(head), Some(tail)) = (self.0.get(..4), self.0.get(4..)) else { return false };
        (5..=25).contains(&self.0.len()) && modulus_97(&format!("{tail}{head}")) == Some(1)
    }

    /// Finnish references: weights 7, 3, 1 from the right; the check digit completes the sum to a ten.
    fn passes_7_3_1(&self) -> bool {
        let values: Vec<u32> = self.0.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0'))).collect();
        let Some((check, payload)) = values.split_last() else { return false };
        let sum: u32 = payload
            .iter()
            .rev()
            .zip([7, 3, 1].into_iter().cycle())
            .map(|(digit, weight)| digit * weight)
            .sum();
        (10 - sum % 10) % 10 == *check
    }
}

/// Without what stands around a reference, layer by layer until nothing is left to take off.
fn strip(text: &str) -> &str {
    settled(text, strip_once)
}

/// Marks of machine-read lines stand around a reference ("# 1234 #", "+++090/9337/55493+++"), and the type of
/// card before it on Danish ones ("+71<123456789012347").
fn strip_once(text: &str) -> &str {
    let text = without_caption(text.trim());
    let is_card = |card: &str| card.len() <= 3 && all_digits(card.trim_start_matches('+'));
    let reference =
        text.split_once('<').filter(|(card, _)| is_card(card)).map_or(text, |(_, reference)| reference);
    reference.trim_matches(|letter: char| letter.is_whitespace() || "#+<>*".contains(letter))
}

impl fmt::Display for PaymentReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::values::luhn_digit;

    fn reference(text: &str) -> PaymentReference {
        PaymentReference::parse(text).unwrap()
    }

    #[test]
    fn odd_texts_that_once_failed_read_back() {
        for text in ["0:a:", "0'+"] {
            let reference = PaymentReference::parse(text).unwrap();
            assert_eq!(PaymentReference::parse(reference.as_str()), Ok(reference), "{text}");
        }
    }

    #[test]
    fn the_type_of_card_is_no_part_of_a_reference() {
        assert_eq!(PaymentReference::parse("+71<123456789012347").unwrap().as_str(), "123456789012347");
        assert_eq!(PaymentReference::parse("+++090/9337/55493+++").unwrap().as_str(), "090933755493");
    }

    #[test]
    fn references_come_to_their_normal_form() {
        for (text, value) in [
            ("12 34567 89", "123456789"),
            ("RF18 5390 0754 7034", "RF18539007547034"),
            ("OCR: 1234567", "1234567"),
            ("+++090/9337/55493+++", "090933755493"),
            ("# 12344 #", "12344"),
            ("2024-117 A", "2024-117 A"),
            ("AB/2024/0007", "AB/2024/0007"),
        ] {
            assert_eq!(reference(text).as_str(), value, "{text}");
        }
        assert!(PaymentReference::parse("Faktura").is_err());
    }

    #[test]
    fn each_country_checks_its_own() {
        let passed = |text: &str, country| {
            reference(text).checks(country).iter().map(|check| check.passed).collect::<Vec<_>>()
        };
        assert_eq!(passed("RF18 5390 0754 7034", None), [true]);
        assert_eq!(passed("RF19 5390 0754 7034", None), [false]);
        assert_eq!(passed("1234561", Some(CountryCode::FI)), [true]);
        assert_eq!(passed("1234562", Some(CountryCode::FI)), [false]);
        assert_eq!(passed("1234567897", Some(CountryCode::NO)), [true]);
        assert_eq!(passed("1234567897", None), [] as [bool; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_ocr_number_with_length_digit_passes(payload in "[0-9]{3,20}") {
            let with_length = format!("{payload}{}", (payload.len() + 2) % 10);
            let ocr = reference(&format!("{with_length}{}", luhn_digit(&with_length)));
            prop_assert_eq!(ocr.checks(Some(CountryCode::SE)), vec![Check::new("ocr_luhn", true), Check::new("ocr_length_digit", true)]);
        }

        #[test]
        fn the_normal_form_reads_back(text in "\\PC{0,30}") {
            if let Ok(value) = PaymentReference::parse(&text) {
                prop_assert_eq!(PaymentReference::parse(value.as_str()), Ok(value));
            }
        }
    }
}
