//! Business identifier codes (ISO 9362).

use std::fmt;

use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// A BIC: four letters, a country code, two characters and optionally three more. One from a
/// machine-readable invoice may have another shape; [`Bic::checks`] reports it.
///
/// ```
/// use fieldmark_domain::values::Bic;
///
/// let bic = Bic::parse("SWIFT/BIC: deut de ff 500")?;
/// assert_eq!(bic.to_string(), "DEUTDEFF500");
/// assert_eq!(bic.country().map(|country| country.to_string()), Some("DE".to_owned()));
/// assert!(Bic::parse("BANKCODE").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bic(String);

impl Bic {
    /// Finds a BIC in a text, with or without captions, in any case, unbroken or in its usual
    /// groups.
    ///
    /// # Errors
    /// [`ParseValueError`] when no word has the shape with an assigned country code.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_uppercase)
            .collect();
        words
            .iter()
            .find(|word| is_bic(word) && !is_caption(word))
            .cloned()
            .or_else(|| grouped(&words))
            .map(Self)
            .ok_or_else(|| ParseValueError::new(text, "a BIC"))
    }

    /// Accepts a BIC as a machine-readable invoice states it: 4 to 20 letters, digits and
    /// underscores.
    ///
    /// # Errors
    /// [`ParseValueError`] when it is too short or too long, or contains other characters.
    pub fn stated(text: &str) -> Result<Self, ParseValueError> {
        let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let fits = (4..=20).contains(&plain.len());
        let marks = plain.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if fits && marks {
            Ok(Self(plain.to_ascii_uppercase()))
        } else {
            Err(ParseValueError::new(text, "a BIC"))
        }
    }

    /// `bic_shape` if it fails: a BIC from a page always has the shape.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        if is_bic(&self.0) { Vec::new() } else { vec![Check::new("bic_shape", false)] }
    }

    /// The eight or eleven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bank's country.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        self.0.get(4..6).and_then(|code| CountryCode::parse(code).ok())
    }
}

fn is_bic(text: &str) -> bool {
    let (Some(bank), Some(country), Some(location)) = (text.get(..4), text.get(4..6), text.get(6..8)) else {
        return false;
    };
    matches!(text.len(), 8 | 11)
        && bank.bytes().all(|byte| byte.is_ascii_alphabetic())
        && CountryCode::parse(country).is_ok()
        && !location.starts_with('0')
}

/// Captions and ordinary words of eight letters that have the shape by chance.
fn is_caption(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "BANKCODE",
        "SWIFTBIC",
        "CUSTOMER",
        "BANKGIRO",
        "PLUSGIRO",
        "ABSENDER",
        "REGISTER",
        "RECHNUNG",
        "SWIFTCODE",
        "BANKKONTO",
        "ZAHLUNGS",
        "PAYMENTS",
        "SPARBANK",
        "VOLKSBANK",
    ];
    WORDS.contains(&word)
}

/// `DEUT DE FF 500`: neighbouring short words that form one BIC.
fn grouped(words: &[String]) -> Option<String> {
    (0..words.len()).find_map(|start| {
        let rest = words.get(start..)?;
        let first = rest.first().filter(|word| word.len() == 4)?;
        (3..=4).rev().find_map(|count| {
            let joined = rest.get(..count)?.concat();
            (is_bic(&joined) && rest.get(1).is_some_and(|word| word.len() == 2) && !first.is_empty())
                .then_some(joined)
        })
    })
}

impl fmt::Display for Bic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bics_are_found_among_captions() {
        for (text, bic) in [
            ("BIC: DEUTDEFF500", "DEUTDEFF500"),
            ("SWIFT/BIC SWEDSESS", "SWEDSESS"),
            ("deut de ff 500", "DEUTDEFF500"),
            ("(NDEAFIHH)", "NDEAFIHH"),
            ("BIC:GENODEF1M04", "GENODEF1M04"),
        ] {
            assert_eq!(Bic::parse(text).unwrap().as_str(), bic, "{text}");
        }
    }

    #[test]
    fn a_country_that_is_none_is_refused() {
        assert!(
            Bic::parse("ABCDZZ22").is_err()
                && Bic::parse("Customer").is_err()
                && Bic::parse("DEUTDEFF5").is_err()
        );
        assert_eq!(Bic::parse("DEUTDEFF").unwrap().country(), CountryCode::parse("DE").ok());
    }
}
