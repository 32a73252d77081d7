//! International bank account numbers (ISO 13616).

use std::fmt;

use super::scan::{all_digits, alphanumeric};
use super::{CountryCode, ParseValueError};
use crate::check::Check;

/// An IBAN without spaces: a country code, two check digits and the number of characters that the
/// country prescribes. Its check digits may be wrong, and one from a machine-readable invoice may
/// have another length; [`Iban::checks`] reports both.
///
/// ```
/// use fieldmark_domain::values::{CountryCode, Iban};
///
/// let iban = Iban::parse("IBAN: SE45 5000 0000 0583 9825 7466")?;
/// assert_eq!(iban.to_string(), "SE4550000000058398257466");
/// assert_eq!((iban.country(), iban.is_valid()), (Some(CountryCode::SE), true));
/// // A misprint is kept, and its check fails.
/// assert!(!Iban::parse("SE46 5000 0000 0583 9825 7466")?.is_valid());
/// assert!(Iban::parse("SE45 5000").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Iban(String);

/// Lengths of the countries in the SWIFT registry of IBAN formats, release 99.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 \
EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 \
LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 \
SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

impl Iban {
    /// Finds an IBAN in a text: spaces and dots in it, and words around it, are ignored. Characters
    /// after the country's length are cut off.
    ///
    /// # Errors
    /// [`ParseValueError`] when no IBAN starts in the text, or it is too short for its country.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let plain = alphanumeric(text);
        // The last letters of a caption may look like a country code ("IBAN DE…", "…konto SE…"): a
        // number with right check digits takes precedence over the first one that only fits.
        let fitting: Vec<&str> = (0..plain.len()).filter_map(|start| fit(plain.get(start..)?)).collect();
        fitting
            .iter()
            .find(|candidate| passes(candidate))
            .or_else(|| fitting.first())
            .map(|found| Self((*found).to_owned()))
            .ok_or_else(|| ParseValueError::new(text, "an IBAN"))
    }

    /// Accepts an IBAN as a machine-readable invoice states it: 5 to 34 letters and digits,
    /// starting with a country code and two check digits, of any length.
    ///
    /// # Errors
    /// [`ParseValueError`] when it is too short or too long, or contains other characters.
    pub fn stated(text: &str) -> Result<Self, ParseValueError> {
        let plain = alphanumeric(text);
        let country = plain.get(..2).is_some_and(|code| CountryCode::parse(code).is_ok())
            && plain.get(2..4).is_some_and(all_digits);
        let fits = (5..=34).contains(&plain.len());
        let marks = text.chars().all(|letter| letter.is_ascii_alphanumeric() || " .-".contains(letter));
        if country && fits && marks { Ok(Self(plain)) } else { Err(ParseValueError::new(text, "an IBAN")) }
    }

    /// The length of a country's IBANs; `None` for a country without IBANs.
    #[must_use]
    pub fn length_in(country: &str) -> Option<usize> {
        LENGTHS.split(' ').find_map(|entry| entry.strip_prefix(country)?.parse().ok())
    }

    /// The IBAN without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country of the account.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        self.0.get(..2).and_then(|code| CountryCode::parse(code).ok())
    }

    /// Whether length, structure and check digits are right.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        passes(&self.0)
    }

    /// `iban_mod_97`: the check digits and the country's structure.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        vec![Check::new("iban_mod_97", self.is_valid())]
    }
}

fn fit(text: &str) -> Option<&str> {
    let length = Iban::length_in(text.get(..2)?)?;
    let check = text.get(2..4)?;
    check.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.get(..length)).flatten()
}

fn passes(text: &str) -> bool {
    text.parse::<iban::Iban>().is_ok()
}

impl fmt::Display for Iban {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The registry's examples.
    const EXAMPLES: [&str; 8] = [
        "SE45 5000 0000 0583 9825 7466",
        "DE89 3704 0044 0532 0130 00",
        "NO93 8601 1117 947",
        "DK50 0040 0440 1162 43",
        "FI21 1234 5600 0007 85",
        "GB29 NWBK 6016 1331 9268 19",
        "FR14 2004 1010 0505 0001 3M02 606",
        "NL91 ABNA 0417 1643 00",
    ];

    #[test]
    fn published_examples_pass_in_any_print() {
        for example in EXAMPLES {
            let plain = example.replace(' ', "");
            for text in [
                example.to_owned(),
                plain.clone(),
                format!("IBAN: {example}"),
                format!("IBAN{plain} BIC"),
                plain.to_lowercase(),
            ] {
                let iban = Iban::parse(&text).unwrap();
                assert_eq!(iban.as_str(), plain, "{text}");
                assert!(iban.is_valid());
            }
        }
    }

    #[test]
    fn a_wrong_number_is_kept_and_said() {
        let iban = Iban::parse("DE89370400440532013000").unwrap();
        assert_eq!(iban.checks(), [Check::new("iban_mod_97", true)]);
        assert!(!Iban::parse("DE88370400440532013000").unwrap().is_valid());
        assert!(Iban::parse("DE12 3456").is_err() && Iban::parse("ZZ12345678901234567890").is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_one_changed_digit_is_noticed(example in 0usize..4, place in 4usize..15, shift in 1u8..10) {
            let mut bytes = EXAMPLES[example].replace(' ', "").into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            prop_assert!(!Iban::parse(&String::from_utf8(bytes).unwrap()).unwrap().is_valid());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            if let Ok(iban) = Iban::parse(&text) {
                prop_assert_eq!(Iban::parse(iban.as_str()), Ok(iban));
            }
        }
    }
}
