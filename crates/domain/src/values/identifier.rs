//! Numbers and codes that their issuer defines: invoice, order and customer numbers.

use std::fmt;

use super::ParseValueError;
use super::scan::{single_spaced, with_digits, without_caption};

/// A number or code as printed, with inner spaces, without its caption and surrounding marks.
///
/// ```
/// use fieldmark_domain::values::Identifier;
///
/// assert_eq!(Identifier::parse("Fakturanr: 2024 / 117")?.to_string(), "2024 / 117");
/// assert!(Identifier::parse("Faktura").is_err());
/// // A machine-readable invoice may state anything.
/// assert_eq!(Identifier::stated("Faktura")?.as_str(), "Faktura");
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier(String);

impl Identifier {
    /// Parses an identifier: at most sixty characters with at least one digit.
    ///
    /// # Errors
    /// [`ParseValueError`] when it contains no digit, or is too long.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "a number or code with a digit in it";
        let value = with_digits(without_caption(text), 1, EXPECTED)?;
        if value.chars().count() > 60 {
            Err(ParseValueError::new(text, EXPECTED))
        } else {
            Ok(Self(single_spaced(value)))
        }
    }

    /// Accepts an identifier as a machine-readable invoice states it: 1 to 120 characters of any
    /// kind.
    ///
    /// # Errors
    /// [`ParseValueError`] when the text is empty or too long.
    pub fn stated(text: &str) -> Result<Self, ParseValueError> {
        let value = single_spaced(text);
        if (1..=120).contains(&value.chars().count()) {
            Ok(Self(value))
        } else {
            Err(ParseValueError::new(text, "a number or code"))
        }
    }

    /// The identifier as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_marks_are_stripped_and_inner_marks_kept() {
        for (text, value) in [
            ("Fakturanr:1234", "1234"),
            ("# 2024-17", "2024-17"),
            ("Nr. A 12", "A 12"),
            ("No 7", "7"),
            ("nr. #5", "5"),
            ("RE-2024/001.", "RE-2024/001"),
            ("(4711)", "4711"),
            ("AB:12", "AB:12"),
            ("Invoice: INV 2024 3", "INV 2024 3"),
            ("1.40660897", "1.40660897"),
        ] {
            assert_eq!(Identifier::parse(text).unwrap().as_str(), value, "{text}");
        }
        assert!(Identifier::parse("Datum").is_err() && Identifier::parse("").is_err());
    }
}
