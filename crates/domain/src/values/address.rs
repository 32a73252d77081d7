//! Postal addresses.

use std::fmt;

use super::ParseValueError;
use super::scan::single_spaced;

/// A postal address as printed: lines joined by `, `, with single spaces.
///
/// ```
/// use fieldmark_domain::values::Address;
///
/// let address = Address::parse("Storgatan 1\n111 22  Stockholm")?;
/// assert_eq!(address.to_string(), "Storgatan 1, 111 22 Stockholm");
/// assert!(Address::parse("12 34").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address(String);

impl Address {
    /// Parses an address: four to 300 characters with at least three letters. Lines are separated
    /// by commas, line ends, bullets, bars, and hyphens between spaces.
    ///
    /// # Errors
    /// [`ParseValueError`] when there are no letters, or the text is too short or too long.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let marked = text.replace(['\n', '•', '|', '·', ';'], ",").replace(" - ", ",").replace(" – ", ",");
        let lines: Vec<String> = marked
            .split(',')
            .map(|line| single_spaced(line).trim_matches([' ', '.', ':', '-', '–']).to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        let whole = lines.join(", ");
        let letters = whole.chars().filter(|letter| letter.is_alphabetic()).count();
        if (4..=300).contains(&whole.chars().count()) && letters >= 3 {
            Ok(Self(whole))
        } else {
            Err(ParseValueError::new(text, "a postal address"))
        }
    }

    /// The address with its lines joined by `, `.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_separated_by_the_marks_of_one_line_addresses() {
        for text in ["Storgatan 4\n123 45  Sala", "Storgatan 4, 123 45 Sala", "Storgatan 4 • 123 45 Sala,"]
        {
            assert_eq!(Address::parse(text).unwrap().as_str(), "Storgatan 4, 123 45 Sala");
        }
        assert!(Address::parse("12 34").is_err() && Address::parse("").is_err());
    }
}
