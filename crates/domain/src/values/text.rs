//! Text of a field that is neither a number nor a name: terms of payment.

use std::fmt;

use super::ParseValueError;
use super::scan::single_spaced;

/// Words as printed, in one line with single spaces.
///
/// ```
/// use fieldmark_domain::values::Text;
///
/// assert_eq!(Text::parse(": 30 dagar  netto ")?.to_string(), "30 dagar netto");
/// assert!(Text::parse("--").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text(String);

impl Text {
    /// Reads words: two to 300 characters with at least one letter or digit.
    ///
    /// # Errors
    /// [`ParseValueError`] when there is no letter or digit, or the text is too long.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let spaced = single_spaced(text);
        let plain = spaced.trim_matches([' ', ':', ';', ',', '|', '•']);
        if (2..=300).contains(&plain.chars().count()) && plain.contains(char::is_alphanumeric) {
            Ok(Self(plain.to_owned()))
        } else {
            Err(ParseValueError::new(text, "a few words"))
        }
    }

    /// The words as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_caption_marks_and_nothing_else() {
        assert_eq!(Text::parse(": 30  dagar netto,").unwrap().as_str(), "30 dagar netto");
        assert!(Text::parse("--").is_err() && Text::parse(&"a".repeat(301)).is_err());
    }
}
