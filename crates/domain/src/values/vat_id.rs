//! Value-added-tax identification numbers.

use std::fmt;

use super::check_digits::passes_luhn;
use super::scan::{all_digits, alphanumeric, without_caption};
use super::{CountryCode, OrgNumber, ParseValueError};
use crate::check::Check;

/// A VAT number: country prefix and body without spaces; without a prefix where none is printed and
/// the text does not tell the country.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VatId(String);

/// Prefix, least and greatest length of the body, and whether letters may stand in it.
/// From Council Directive 2006/112/EC as the VIES service applies it, and the national rules of the others.
const SHAPES: &[(&str, usize, usize, bool)] = &[
    ("AT", 9, 9, true),
    ("BE", 10, 10, false),
    ("BG", 9, 10, false),
    ("CHE", 9, 13, true),
    ("CY", 9, 9, true),
    ("CZ", 8, 10, false),
    ("DE", 9, 9, false),
    ("DK", 8, 8, false),
    ("EE", 9, 9, false),
    ("EL", 9, 9, false),
    ("ES", 9, 9, true),
    ("EU", 9, 9, false),
    ("FI", 8, 8, false),
    ("FR", 11, 11, true),
    ("GB", 9, 12, true),
    ("HR", 11, 11, false),
    ("HU", 8, 8, false),
    ("IE", 8, 9, true),
    ("IS", 5, 6, false),
    ("IT", 11, 11, false),
    ("LT", 9, 12, false),
    ("LU", 8, 8, false),
    ("LV", 11, 11, false),
    ("MT", 8, 8, false),
    ("NL", 12, 12, true),
    ("NO", 9, 12, true),
    ("PL", 10, 10, false),
    ("PT", 9, 9, false),
    ("RO", 2, 10, false),
    ("SE", 12, 12, false),
    ("SI", 8, 8, false),
    ("SK", 10, 10, false),
    ("XI", 9, 12, true),
];

impl VatId {
    /// Reads a number with or without its prefix. `country` gives the prefix to a body that is
    /// unmistakably that country's (Norway's `… MVA`, Sweden's twelve digits).
    ///
    /// # Errors
    /// [`ParseValueError`] when there are fewer than seven digits (five after a prefix that allows it),
    /// or more text than a number has.
    pub fn parse(text: &str, country: Option<CountryCode>) -> Result<Self, ParseValueError> {
        let plain = alphanumeric(without_caption(text));
        let plain = without_caption_letters(&plain);
        let count = plain.bytes().filter(u8::is_ascii_digit).count();
        let least = if shape_of(plain).is_some() { 5 } else { 7 };
        if count < least || plain.len() > 18 {
            return Err(ParseValueError::new(text, "a VAT number"));
        }
        Ok(Self(with_prefix(plain, country)))
    }

    /// The number without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The register's number that the VAT number is made of, as its country writes it: Sweden's twelve digits
    /// are the organisation number and `01`, Norway's the organisation number, Denmark's the CVR, Finland's the
    /// Y-tunnus without its hyphen, France's two key digits and the SIREN, Spain's the NIF, Belgium's the
    /// enterprise number. `None` in countries where the two are unrelated.
    #[must_use]
    pub fn org_number(&self) -> Option<OrgNumber> {
        let (country, body) = self.0.split_at_checked(2)?;
        let hyphened = |head: &str, tail: &str| Some(format!("{head}-{tail}"));
        let digits = |length: usize| body.get(..length).filter(|head| all_digits(head)).map(str::to_owned);
        let number = match (country, body.len()) {
            ("SE", 12) => hyphened(body.get(..6)?, body.get(6..10)?),
            ("NO", 9..=12) => digits(9),
            ("DK", 8) => digits(8),
            ("FI", 8) => hyphened(body.get(..7)?, body.get(7..)?),
            ("FR", 11) => body.get(2..).filter(|siren| all_digits(siren)).map(str::to_owned),
            ("ES", 9) => Some(body.to_owned()),
            ("BE", 10) => digits(10),
            _ => None,
        };
        OrgNumber::parse(&number?).ok()
    }

    /// The country that gave it; Greece's and Northern Ireland's prefixes are not their ISO codes.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        match self.0.get(..2)? {
            "EL" => CountryCode::parse("GR").ok(),
            "XI" => CountryCode::parse("GB").ok(),
            prefix => shape_of(&self.0).and_then(|_| CountryCode::parse(prefix).ok()),
        }
    }

    /// The part after the prefix; all of it without one.
    #[must_use]
    pub fn body(&self) -> &str {
        shape_of(&self.0).and_then(|(prefix, ..)| self.0.strip_prefix(prefix)).unwrap_or(&self.0)
    }

    /// The greatest length that a prefix's numbers have, prefix included.
    #[must_use]
    pub fn length_with(prefix: &str) -> Option<usize> {
        shape_of(prefix).map(|(prefix, _, most, _)| prefix.len() + most)
    }

    /// `vat_id_shape` where a prefix says what to expect, and `vat_id_luhn` for Sweden.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        let Some((prefix, least, most, letters)) = shape_of(&self.0) else { return Vec::new() };
        let body = self.body();
        let fits = (least..=most).contains(&body.len())
            && (letters || body.bytes().all(|byte| byte.is_ascii_digit()));
        let mut checks = vec![Check::new("vat_id_shape", fits)];
        if prefix == "SE" && fits {
            checks.push(Check::new("vat_id_luhn", body.get(..10).is_some_and(passes_luhn)));
        }
        checks
    }
}

fn shape_of(text: &str) -> Option<(&'static str, usize, usize, bool)> {
    SHAPES.iter().copied().find(|(prefix, ..)| text.starts_with(prefix))
}

/// Letters of a caption that stuck to the number: what stands before a known prefix or the first digit.
fn without_caption_letters(plain: &str) -> &str {
    let first_digit = plain.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    if first_digit <= 4 {
        return plain;
    }
    // An Austrian "U", a Swiss "CHE", a Spanish or Irish letter may stand before the first digit.
    (2..=3)
        .rev()
        .filter_map(|length| plain.get(first_digit.checked_sub(length)?..))
        .find(|rest| shape_of(rest).is_some())
        .or_else(|| plain.get(first_digit..))
        .unwrap_or(plain)
}

fn with_prefix(plain: &str, country: Option<CountryCode>) -> String {
    let digits_only = plain.bytes().all(|byte| byte.is_ascii_digit());
    if plain.strip_suffix("MVA").is_some_and(|number| number.len() == 9 && all_digits(number)) {
        return format!("NO{plain}");
    }
    if digits_only && plain.len() == 12 && plain.ends_with("01") && country == Some(CountryCode::SE) {
        return format!("SE{plain}");
    }
    if plain.starts_with('U') && plain.len() == 9 && country.is_some_and(|country| country.as_str() == "AT") {
        return format!("AT{plain}");
    }
    plain.to_owned()
}

impl fmt::Display for VatId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn some_countries_make_the_vat_number_of_the_registers() {
        for (vat, number) in [
            ("SE202100548901", Some("202100-5489")),
            ("NO912345678MVA", Some("912345678")),
            ("DK12345674", Some("12345674")),
            ("FI12345671", Some("1234567-1")),
            ("FR83404833048", Some("404833048")),
            ("ESB12345674", Some("B12345674")),
            ("DE123456789", None),
            ("IT12345670785", None),
        ] {
            let found = VatId::parse(vat, None).unwrap().org_number();
            assert_eq!(found.map(|number| number.to_string()).as_deref(), number, "{vat}");
        }
    }

    #[test]
    fn prints_of_many_countries_come_to_the_normal_form() {
        for (text, number) in [
            ("SE 2021 0054 8901", "SE202100548901"),
            ("DE 123 456 789", "DE123456789"),
            ("ATU12345678", "ATU12345678"),
            ("912 345 678 MVA", "NO912345678MVA"),
            ("NO 912345678 MVA", "NO912345678MVA"),
            ("CHE-123.456.789 MWST", "CHE123456789MWST"),
            ("NL123456789B01", "NL123456789B01"),
            ("BE 0123.456.789", "BE0123456789"),
            ("FR 12 345678901", "FR12345678901"),
            ("VAT: GB123456789", "GB123456789"),
            ("USt-IdNr.:DE123456789", "DE123456789"),
            ("987654321", "987654321"),
            ("ESB12345678", "ESB12345678"),
            ("VATDE123456789", "DE123456789"),
        ] {
            assert_eq!(VatId::parse(text, None).unwrap().as_str(), number, "{text}");
        }
        assert_eq!(VatId::parse("202100548901", Some(CountryCode::SE)).unwrap().as_str(), "SE202100548901");
        assert_eq!(VatId::parse("ESSE01500MVA", None).unwrap().as_str(), "ESSE01500MVA", "not Norway's");
        assert!(VatId::parse("VAT 25", None).is_err());
    }

    #[test]
    fn shape_and_check_digit_are_said() {
        let passed = |text: &str| {
            VatId::parse(text, None).unwrap().checks().iter().map(|check| check.passed).collect::<Vec<_>>()
        };
        assert_eq!(passed("SE202100548901"), [true, true]);
        assert_eq!(passed("SE202100548801"), [true, false]);
        assert_eq!(passed("DE12345678"), [false]);
        assert_eq!(passed("CHE123456789MWST"), [true]);
        assert_eq!(passed("12345678"), [] as [bool; 0]);
        assert_eq!(VatId::parse("NO912345678MVA", None).unwrap().country(), Some(CountryCode::NO));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_normal_form_reads_back(text in "\\PC{0,30}") {
            if let Ok(number) = VatId::parse(&text, None) {
                prop_assert_eq!(VatId::parse(number.as_str(), None), Ok(number));
            }
        }
    }
}
