//! Swedish plusgiro numbers.

use std::fmt;

use super::ParseValueError;
use super::check_digits::passes_luhn;
use super::scan::{digits, without_caption};
use crate::check::Check;

/// Two to eight digits, the last of which is a Luhn check digit. Prints only its digits.
///
/// ```
/// use fieldmark_domain::values::Plusgiro;
///
/// let number = Plusgiro::parse("plusgiro 4 15 56-4".trim_start_matches("plusgiro"))?;
/// assert_eq!((number.to_string(), number.printed()), ("415564".to_owned(), "4 15 56-4".to_owned()));
/// assert_eq!(number.check().name, "plusgiro_luhn");
/// assert!(Plusgiro::parse("4/15").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plusgiro(String);

impl Plusgiro {
    /// Parses `1-8`, `90 56 07-8`, with or without spaces and hyphen.
    ///
    /// # Errors
    /// [`ParseValueError`] unless there are two to eight digits and nothing else except spaces and
    /// one hyphen.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let printed = without_caption(text);
        let number = digits(printed);
        let plain = printed.chars().all(|letter| letter.is_ascii_digit() || " -–".contains(letter));
        if plain && (2..=8).contains(&number.len()) {
            Ok(Self(number))
        } else {
            Err(ParseValueError::new(text, "a plusgiro number"))
        }
    }

    /// As usually printed: in pairs from the right, with a hyphen before the check digit.
    #[must_use]
    pub fn printed(&self) -> String {
        let (head, check) = self.0.split_at(self.0.len().saturating_sub(1));
        let first = head.len() % 2;
        let (odd, pairs) = head.split_at(first);
        let mut groups: Vec<String> = (!odd.is_empty()).then(|| odd.to_owned()).into_iter().collect();
        groups.extend(pairs.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned()));
        format!("{}-{check}", groups.join(" "))
    }

    /// `plusgiro_luhn`.
    #[must_use]
    pub fn check(&self) -> Check {
        Check::new("plusgiro_luhn", passes_luhn(&self.0))
    }
}

impl fmt::Display for Plusgiro {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_prints_in_pairs() {
        let number = Plusgiro::parse("90 19 50-6").unwrap();
        assert!(number.check().passed);
        assert_eq!((number.to_string().as_str(), number.printed().as_str()), ("9019506", "90 19 50-6"));
        assert_eq!(Plusgiro::parse("32 48 67 3-1").unwrap().printed(), "3 24 86 73-1");
        assert!(!Plusgiro::parse("90 19 50-7").unwrap().check().passed);
        assert!(Plusgiro::parse("123456789").is_err() && Plusgiro::parse("A1-2").is_err());
    }
}
