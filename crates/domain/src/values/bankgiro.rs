//! Swedish bankgiro numbers.

use std::fmt;

use super::ParseValueError;
use super::check_digits::passes_luhn;
use super::scan::{digits, without_caption};
use crate::check::Check;

/// Seven or eight digits, the last of which is a Luhn check digit. Prints only its digits.
///
/// ```
/// use fieldmark_domain::values::Bankgiro;
///
/// let number = Bankgiro::parse("Bankgiro: 5050-1055")?;
/// assert_eq!((number.to_string(), number.printed()), ("50501055".to_owned(), "5050-1055".to_owned()));
/// assert!(number.check().passed);
/// assert!(!Bankgiro::parse("5050-1056")?.check().passed);
/// assert!(Bankgiro::parse("5050-10").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bankgiro(String);

impl Bankgiro {
    /// Parses `123-4567`, `1234-5678`, with spaces or without the hyphen.
    ///
    /// # Errors
    /// [`ParseValueError`] unless there are seven or eight digits.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let number = digits(without_caption(text));
        if matches!(number.len(), 7 | 8) {
            Ok(Self(number))
        } else {
            Err(ParseValueError::new(text, "a bankgiro number"))
        }
    }

    /// As usually printed: with a hyphen before the last four digits.
    #[must_use]
    pub fn printed(&self) -> String {
        let (head, tail) = self.0.split_at(self.0.len().saturating_sub(4));
        format!("{head}-{tail}")
    }

    /// `bankgiro_luhn`.
    #[must_use]
    pub fn check(&self) -> Check {
        Check::new("bankgiro_luhn", passes_luhn(&self.0))
    }
}

impl fmt::Display for Bankgiro {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_number_passes_and_its_neighbour_fails() {
        // The Swedish Tax Agency's bankgiro, as printed on its payment pages.
        let number = Bankgiro::parse("Bankgiro: 5050-1055").unwrap();
        assert!(number.check().passed);
        assert_eq!((number.to_string().as_str(), number.printed().as_str()), ("50501055", "5050-1055"));
        assert!(!Bankgiro::parse("5050-1056").unwrap().check().passed);
        assert!(Bankgiro::parse("505-105").is_err());
    }
}
