//! References that a payer states, so that the payment can be assigned to its invoice.

mod slovenian;
mod systems;

use std::fmt;

use super::check_digits::passes_luhn;
use super::scan::{all_digits, alphanumeric, digits, settled, single_spaced, with_digits, without_caption};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// A reference without spaces: digits (Swedish OCR, Norwegian KID, Finnish, Belgian …), followed by
/// a hyphen if a KID ends in one; `RF` and characters (ISO 11649); `SI` and parts of digits; or any
/// text that the supplier requests, as printed.
///
/// ```
/// use fieldmark_domain::values::{CountryCode, PaymentReference};
///
/// let creditor = PaymentReference::parse("RF18 5390 0754 7034")?;
/// assert_eq!(creditor.to_string(), "RF18539007547034");
/// assert!(creditor.checks(None).iter().all(|check| check.passed));
/// let belgian = PaymentReference::parse("+++090/9337/55493+++")?;
/// assert_eq!(belgian.to_string(), "090933755493");
/// assert_eq!(PaymentReference::parse("# 1234567897 #")?.checks(Some(CountryCode::SE))[0].name, "ocr_luhn");
/// assert!(PaymentReference::parse("enligt avtal").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PaymentReference(String);

impl PaymentReference {
    /// Parses a reference with at least one digit and at most 40 characters.
    ///
    /// # Errors
    /// [`ParseValueError`] when there is no digit, or the text is too long.
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
        let compact: String = printed.chars().filter(|letter| !letter.is_whitespace()).collect();
        if slovenian::is_slovenian(&compact) || compact.strip_suffix('-').is_some_and(all_digits) {
            return Ok(Self(compact));
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

    /// The checks of the reference's own system. By its shape: `reference_iso_11649` (`RF`),
    /// `reference_si_model` (`SI`), `reference_recursive_modulus_10` (Switzerland's 27 digits). By
    /// the country: `ocr_luhn` and `ocr_length_digit` in Sweden, `kid_check_digit` in Norway,
    /// `fik_modulus_10` in Denmark, `reference_7_3_1` in Finland and Estonia,
    /// `reference_modulus_97` in Belgium.
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        systems::checks(&self.0, country)
    }
}

/// The reference without surrounding text, removed repeatedly until nothing more can be removed.
fn strip(text: &str) -> &str {
    settled(text, strip_once)
}

/// Marks of machine-read lines surround a reference ("# 1234 #", "+++090/9337/55493+++"), and on
/// Danish ones the card type is printed before it ("+71<123456789012347").
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
        for text in ["0:a:", "0'+", "12 34 -", "SI 12 3-4", "SI12 3-4"] {
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
            ("KID: 12 345-", "12345-"),
            ("SI12 0000 0000 0123 6", "SI120000000001236"),
            ("SI05 1236-99", "SI051236-99"),
            ("21 00000 00003 13947 14300 09017", "210000000003139471430009017"),
        ] {
            assert_eq!(reference(text).as_str(), value, "{text}");
        }
        assert!(PaymentReference::parse("Faktura").is_err());
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
