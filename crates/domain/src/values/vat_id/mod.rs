//! Value-added-tax identification numbers.
//!
//! `schemes` defines the numbers of each country; this file only parses and prints them.

mod printed;
mod register;

use std::fmt;

use super::scan::all_digits;
use super::schemes::{Verdict, longest_vat_id, vat_ids_of, vat_prefix_in, vat_prefix_of, verdict};
use super::{CountryCode, OrgNumber, ParseValueError};
use crate::check::Check;

/// A VAT number: country prefix and body without spaces; without a prefix if none is printed and
/// the country cannot be determined from the text.
///
/// ```
/// use fieldmark_domain::values::{CountryCode, VatId};
///
/// let number = VatId::parse("Momsreg.nr SE 556036-0793 01", None)?;
/// assert_eq!(number.to_string(), "SE556036079301");
/// assert_eq!((number.country(), number.body()), (Some(CountryCode::SE), "556036079301"));
/// assert_eq!(number.org_number().map(|found| found.to_string()), Some("556036-0793".to_owned()));
/// // Where no prefix is printed, the country of the document gives it.
/// assert_eq!(VatId::parse("556036079301", Some(CountryCode::SE))?, number);
/// assert!(VatId::parse("SE 12", None).is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VatId(String);

impl VatId {
    /// Parses a number with or without its prefix; Greece's `GR` becomes `EL`. With `country`, a
    /// body without a prefix gets it if it is unmistakably that country's: Sweden's twelve digits
    /// that end in `01`, and any body whose shape and check digit are right. Norway's `… MVA` needs
    /// no country.
    ///
    /// # Errors
    /// [`ParseValueError`] when there are fewer than seven digits (five after a prefix, three for a
    /// British authority), when the text is longer than a number, or when it is a German tax number
    /// (digits with slashes).
    pub fn parse(text: &str, country: Option<CountryCode>) -> Result<Self, ParseValueError> {
        let plain = printed::characters(text);
        let count = plain.bytes().filter(u8::is_ascii_digit).count();
        let is_german = country.is_some_and(|country| country.as_str() == "DE");
        let is_tax_number = is_german && printed::is_german_tax_number(text);
        if count < min_digits(&plain) || plain.len() > 18 || is_tax_number {
            return Err(ParseValueError::new(text, "a VAT number"));
        }
        Ok(Self(with_prefix(&plain, country)))
    }

    /// The number without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The register's number that the VAT number contains, in its country's notation; `None` in
    /// countries where the two are unrelated.
    ///
    /// Belgium's enterprise number (with its leading zero), Bulgaria's EIK, Switzerland's UID,
    /// Czechia's IČO, Denmark's CVR number, Spain's NIF, Finland's business identity code with its
    /// hyphen, the SIREN after France's key, Croatia's OIB, Latvia's and Norway's number,
    /// Portugal's NIPC, Romania's CUI, and Sweden's number before its `01`.
    #[must_use]
    pub fn org_number(&self) -> Option<OrgNumber> {
        let prefix = vat_prefix_of(&self.0)?;
        OrgNumber::parse(&register::org_number_in(prefix, self.body())?).ok()
    }

    /// The country that issued it; Greece's and Northern Ireland's prefixes are not their ISO
    /// codes.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        match self.0.get(..2)? {
            "EL" => CountryCode::parse("GR").ok(),
            "XI" => CountryCode::parse("GB").ok(),
            prefix => vat_prefix_of(&self.0).and_then(|_| CountryCode::parse(prefix).ok()),
        }
    }

    /// The part after the prefix; the whole number without one.
    #[must_use]
    pub fn body(&self) -> &str {
        vat_prefix_of(&self.0).and_then(|prefix| self.0.strip_prefix(prefix)).unwrap_or(&self.0)
    }

    /// The maximum length of a prefix's numbers, including the prefix.
    #[must_use]
    pub fn length_with(prefix: &str) -> Option<usize> {
        vat_prefix_of(prefix).map(longest_vat_id)
    }

    /// `vat_id_shape` if the prefix has a known shape, and `vat_id_check_digit` if a number of that
    /// shape has one.
    #[must_use]
    pub fn checks(&self) -> Vec<Check> {
        vat_prefix_of(&self.0).map_or_else(Vec::new, |prefix| {
            verdict(vat_ids_of(prefix), self.body()).checks("vat_id_shape", "vat_id_check_digit")
        })
    }
}

/// The minimum number of digits: a prefix replaces two of them, the letters of a British authority
/// (`GBGD001`) more.
fn min_digits(plain: &str) -> usize {
    match vat_prefix_of(plain) {
        Some("GB" | "XI") if matches!(plain.get(2..4), Some("GD" | "HA")) => 3,
        Some(_) => 5,
        None => 7,
    }
}

fn with_prefix(plain: &str, country: Option<CountryCode>) -> String {
    let digits_only = plain.bytes().all(|byte| byte.is_ascii_digit());
    if plain.strip_suffix("MVA").is_some_and(|number| number.len() == 9 && all_digits(number)) {
        return format!("NO{plain}");
    }
    if digits_only && plain.len() == 12 && plain.ends_with("01") && country == Some(CountryCode::SE) {
        return format!("SE{plain}");
    }
    let proven = |prefix: &&str| {
        vat_prefix_of(plain).is_none() && verdict(vat_ids_of(prefix), plain) == Verdict::Passed
    };
    match country.and_then(|country| vat_prefix_in(country.as_str())).filter(proven) {
        Some(prefix) => format!("{prefix}{plain}"),
        None => plain.to_owned(),
    }
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
    fn prints_of_many_countries_come_to_the_normal_form() {
        for (text, number) in [
            ("SE 2021 0054 8901", "SE202100548901"),
            ("DE 123 456 789", "DE123456789"),
            ("ATU12345678", "ATU12345678"),
            ("912 345 678 MVA", "NO912345678MVA"),
            ("NO 912345678 MVA", "NO912345678MVA"),
            ("ESSE01500MVA", "ESSE01500MVA"),
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
        assert!(VatId::parse("VAT 25", None).is_err());
    }

    #[test]
    fn a_tax_number_is_no_vat_number_in_germany() {
        let country = |code| CountryCode::parse(code).ok();
        assert!(VatId::parse("151/815/08156", country("DE")).is_err());
        assert!(VatId::parse("136 695 976", country("DE")).is_ok());
        assert!(VatId::parse("DE 136/695/976", country("DE")).is_ok());
        assert!(VatId::parse("151/815/08156", country("PL")).is_ok());
    }

    #[test]
    fn a_body_that_its_country_proves_gets_the_prefix() {
        let country = |code| CountryCode::parse(code).ok();
        for (text, code, number) in [
            ("U13585627", "AT", "ATU13585627"),
            ("13 58 56 28", "DK", "DK13585628"),
            ("13585629", "DK", "13585629"),
            ("136 695 976", "DE", "DE136695976"),
            ("094259216", "GR", "EL094259216"),
            ("B58378431", "ES", "ESB58378431"),
            ("980 7806 84", "GB", "GB980780684"),
            ("18547290", "RO", "18547290"),
            ("995525828", "NO", "995525828"),
            ("DE136695976", "DK", "DE136695976"),
        ] {
            assert_eq!(VatId::parse(text, country(code)).unwrap().as_str(), number, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_normal_form_reads_back(
            text in "\\PC{0,30}|[A-Z]{0,3}(IE|GR|CHE)[0-9+*]{1,3}[0-9]{5,8}[A-Z+*]{0,2}(HRMWST)?"
        ) {
            if let Ok(number) = VatId::parse(&text, None) {
                prop_assert_eq!(VatId::parse(number.as_str(), None), Ok(number));
            }
        }

        #[test]
        fn the_normal_form_reads_back_in_every_country(
            text in "([A-Z]{0,3}[0-9/]{7,12}[A-Z]{0,3})|[0-9B]{12}|CHE[0-9]{8,9}(HR|HR/|MWST){1,3}", country in 0usize..6
        ) {
            let country = CountryCode::parse(["SE", "DK", "DE", "IT", "ES", "GR"][country]).ok();
            if let Ok(number) = VatId::parse(&text, country) {
                prop_assert_eq!(VatId::parse(number.as_str(), country), Ok(number.clone()));
                prop_assert_eq!(VatId::parse(number.as_str(), None), Ok(number));
            }
        }
    }
}
