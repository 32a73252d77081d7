//! Danish payment lines (FIK, "fælles indbetalingskort").

use std::fmt;

use super::check_digits::passes_luhn;
use super::scan::all_digits;
use super::{ParseValueError, PaymentReference};
use crate::check::Check;

/// `+71<123456789012345+12345678<` without spaces: card type, payment identification, creditor.
///
/// ```
/// use fieldmark_domain::values::FikLine;
///
/// let line = FikLine::parse("+71< 123456789012347 +12345678<")?;
/// assert_eq!(line.to_string(), "+71<123456789012347+12345678<");
/// assert_eq!(line.creditor(), "12345678");
/// assert_eq!(line.reference().map(|found| found.to_string()), Some("123456789012347".to_owned()));
/// assert!(FikLine::parse("+99<123+12345678<").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FikLine {
    card: String,
    identification: String,
    creditor: String,
}

/// Card types and the length of their identification; 01 and 73 have no identification.
const CARDS: [(&str, usize); 6] = [("71", 15), ("75", 16), ("04", 16), ("15", 16), ("73", 0), ("01", 0)];

impl FikLine {
    /// Finds a payment line in a text, with or without spaces in it.
    ///
    /// # Errors
    /// [`ParseValueError`] when there is no `+card<identification+creditor<`.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        Self::find(&plain).ok_or_else(|| ParseValueError::new(text, "a Danish payment line"))
    }

    fn find(plain: &str) -> Option<Self> {
        let (before, rest) = plain.split_once('<')?;
        let card = before.rsplit('+').next().and_then(|card| card.get(card.len().checked_sub(2)?..))?;
        let (identification, rest) = rest.split_once('+')?;
        let creditor = rest.split('<').next()?;
        let known = CARDS.iter().any(|(name, _)| *name == card);
        let digits = (identification.is_empty() || all_digits(identification)) && all_digits(creditor);
        (known && digits && (7..=10).contains(&creditor.len())).then(|| Self {
            card: card.to_owned(),
            identification: identification.to_owned(),
            creditor: creditor.to_owned(),
        })
    }

    /// The payment identification as a reference; `None` on cards without one.
    #[must_use]
    pub fn reference(&self) -> Option<PaymentReference> {
        PaymentReference::parse(&self.identification).ok()
    }

    /// The creditor's number.
    #[must_use]
    pub fn creditor(&self) -> &str {
        &self.creditor
    }

    /// `fik_length` and, for cards with an identification, `fik_modulus_10`.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        let length = CARDS.iter().find(|(name, _)| *name == self.card).map_or(0, |(_, length)| *length);
        let mut checks = vec![Check::new("fik_length", self.identification.len() == length)];
        if length > 0 {
            checks.push(Check::new("fik_modulus_10", passes_luhn(&self.identification)));
        }
        checks
    }
}

impl fmt::Display for FikLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("+{}<{}+{}<", self.card, self.identification, self.creditor))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::values::luhn_digit;

    #[test]
    fn a_line_broken_at_spaces_is_one() {
        let line = FikLine::parse("Betal: +71< 000000000000018 +12345678<").unwrap();
        assert_eq!(line.to_string(), "+71<000000000000018+12345678<");
        assert_eq!(line.reference().unwrap().as_str(), "000000000000018");
        assert!(line.checks().iter().all(|check| check.passed));
        assert!(FikLine::parse("+99<1+12345678<").is_err() && FikLine::parse("71 12345").is_err());
        assert_eq!(FikLine::parse("+73<+12345678<").unwrap().reference(), None);
    }

    #[test]
    fn each_card_has_its_length() {
        let digits = "000000000000000018";
        for (card, length) in CARDS {
            for (given, right) in [(length, true), (length + 1, false)] {
                let line = FikLine::parse(&format!("+{card}<{}+12345678<", &digits[digits.len() - given..]))
                    .unwrap();
                assert_eq!(line.checks()[0], Check::new("fik_length", right), "{line}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn print_and_parse_are_inverse(payload in "[0-9]{14}", creditor in "[0-9]{8}", wrong in 1u8..10) {
            let check = luhn_digit(&payload);
            let line = FikLine::parse(&format!("+71<{payload}{check}+{creditor}<")).unwrap();
            prop_assert!(line.checks().iter().all(|check| check.passed));
            prop_assert_eq!(FikLine::parse(&line.to_string()), Ok(line));
            let broken = FikLine::parse(&format!("+71<{payload}{}+{creditor}<", (check + wrong) % 10)).unwrap();
            prop_assert!(!broken.checks()[1].passed);
        }
    }
}
