//! ISO 3166-1 country codes, as far as the numbers on documents need them.

use std::fmt;
use std::str::FromStr;

use super::ParseValueError;

/// An assigned ISO 3166-1 alpha-2 code, for instance `SE`. (`XK`, which banks use for Kosovo, is
/// accepted too.)
///
/// ```
/// use fieldmark_domain::values::CountryCode;
///
/// assert_eq!(CountryCode::parse("se")?, CountryCode::SE);
/// assert_eq!(CountryCode::SE.to_string(), "SE");
/// assert!(CountryCode::parse("UK").is_err());
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

const ASSIGNED: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES \
ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO \
IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR \
PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK \
TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

impl CountryCode {
    /// Sweden.
    pub const SE: Self = Self(*b"SE");
    /// Norway.
    pub const NO: Self = Self(*b"NO");
    /// Denmark.
    pub const DK: Self = Self(*b"DK");
    /// Finland.
    pub const FI: Self = Self(*b"FI");
    /// The United States of America.
    pub const US: Self = Self(*b"US");

    /// Parses two letters in any case.
    ///
    /// # Errors
    /// [`ParseValueError`] when the code is not assigned.
    pub fn parse(text: &str) -> Result<Self, ParseValueError> {
        let upper = text.to_ascii_uppercase();
        match upper.as_bytes() {
            &[first, second] if ASSIGNED.split(' ').any(|code| code == upper) => Ok(Self([first, second])),
            _ => Err(ParseValueError::new(text, "a country code of ISO 3166-1")),
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl FromStr for CountryCode {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_assigned_codes_are_countries() {
        assert_eq!(CountryCode::parse("se"), Ok(CountryCode::SE));
        assert!(
            CountryCode::parse("ZZ").is_err()
                && CountryCode::parse("S ").is_err()
                && CountryCode::parse("").is_err()
        );
    }
}
