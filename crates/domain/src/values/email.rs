//! E-mail addresses.

use std::fmt;

use super::ParseValueError;

/// An e-mail address (RFC 5321 in its everyday form: no quoted local part, no address literal). The domain is in
/// lower case, the local part as printed.
///
/// ```
/// use fieldmark_domain::values::Email;
///
/// assert_eq!(Email::parse("E-post: Faktura@Ekholm.SE.")?.to_string(), "Faktura@ekholm.se");
/// assert!(Email::parse("faktura@ekholm").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Finds the address in a word or after its caption.
    ///
    /// # Errors
    /// [`ParseValueError`] when there is no address.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let words = text.split(|letter: char| letter.is_whitespace() || "<>()[],;|:\"'".contains(letter));
        words
            .map(|word| word.trim_matches(['.', '-', '•', '·', '/']))
            .find_map(address)
            .map(Self)
            .ok_or_else(|| ParseValueError::new(text, "an e-mail address"))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// RFC 5321, 4.5.3.1: at most 64 octets before the `@` and 255 after it.
fn address(word: &str) -> Option<String> {
    let (local, domain) = word.split_once('@')?;
    let is_local = |letter: char| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{}~.".contains(letter);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let good = (1..=64).contains(&local.len())
        && local.chars().all(is_local)
        && domain.len() <= 255
        && domain.contains('.')
        && domain.split('.').all(is_label);
    good.then(|| format!("{local}@{}", domain.to_lowercase()))
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_among_marks() {
        for (text, address) in [
            ("E-post: Info@Ekholm.Example", "Info@ekholm.example"),
            ("<anna.b+faktura@sala.example>,", "anna.b+faktura@sala.example"),
            ("mail:a@b.se.", "a@b.se"),
        ] {
            assert_eq!(Email::parse(text).unwrap().as_str(), address);
        }
        for text in ["@b.se", "a@b", "a@-b.se", "a b.se", "a@b..se", "www.ekholm.example"] {
            assert!(Email::parse(text).is_err(), "{text}");
        }
    }
}
