//! Values as machine-readable invoices state them: without surrounding text, and in one notation.

use rust_decimal::Decimal;

use super::{Bic, Currency, Date, FieldValue, Iban, Identifier, Money, Name, Notation, ParseValueError};
use crate::field::FieldKind;
use crate::hidden::visible;

/// Amounts, quantities and rates of invoices are smaller: sums of such numbers cannot overflow.
const BOUND: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

impl FieldValue {
    /// Parses text that a machine-readable invoice states for a field of this kind: amounts as
    /// decimal numbers of XML Schema (`-1234.50`), dates as `2024-03-14` (with or without an
    /// offset) or `20240314`, currencies as ISO 4217 codes, everything else unchanged, with single
    /// spaces. Invisible characters ([`crate::hidden`]) are removed.
    ///
    /// # Errors
    /// [`ParseValueError`] when the text does not have the shape of the kind.
    ///
    /// ```
    /// use fieldmark_domain::field::FieldKind;
    /// use fieldmark_domain::values::FieldValue;
    ///
    /// let stated = |kind, text| FieldValue::parse_stated(kind, text).map(|value| value.to_string());
    /// assert_eq!(stated(FieldKind::Date, "20240314")?, "2024-03-14");
    /// assert_eq!(stated(FieldKind::Money, "-1234.5")?, "-1234.50");
    /// assert!(stated(FieldKind::Money, "1.234,50").is_err());
    /// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
    /// ```
    pub fn parse_stated(kind: FieldKind, text: &str) -> Result<Self, ParseValueError> {
        let text = &*visible(text);
        Ok(match kind {
            FieldKind::Identifier => Self::Identifier(Identifier::stated(text)?),
            FieldKind::Date => Self::Date(date(text)?),
            FieldKind::Money => Self::Money(money(text)?),
            FieldKind::Currency => Self::Currency(currency(text)?),
            FieldKind::Name => Self::Name(Name::stated(text)?),
            FieldKind::Iban => Self::Iban(Iban::stated(text)?),
            FieldKind::Bic => Self::Bic(Bic::stated(text)?),
            kind => Self::parse(kind, text, &Notation::default())?,
        })
    }
}

/// A decimal number of XML Schema (`xs:decimal`), below 10^15 in size, without trailing zeros.
///
/// # Errors
/// [`ParseValueError`] when the text is not such a number, or is larger.
pub(crate) fn stated_decimal(text: &str) -> Result<Decimal, ParseValueError> {
    let error = || ParseValueError::new(text, "a decimal number");
    let plain = text.trim();
    let is_decimal = plain.chars().all(|letter| letter.is_ascii_digit() || "+-.".contains(letter));
    let number: Decimal = plain
        .strip_prefix('+')
        .unwrap_or(plain)
        .parse()
        .map_err(|_| error())
        .and_then(|number| if is_decimal { Ok(number) } else { Err(error()) })?;
    if number.abs() < BOUND { Ok(number.normalize()) } else { Err(error()) }
}

/// An amount: below the bound even after rounding.
fn money(text: &str) -> Result<Money, ParseValueError> {
    let money = Money::new(stated_decimal(text)?);
    if money.amount().abs() < BOUND {
        Ok(money)
    } else {
        Err(ParseValueError::new(text, "an amount of money"))
    }
}

/// `2024-03-14`, `2024-03-14Z`, `2024-03-14+01:00` and `20240314` (UN/ECE 2379, format 102).
fn date(text: &str) -> Result<Date, ParseValueError> {
    let error = || ParseValueError::new(text, "a date");
    let plain = text.trim();
    let is_compact = plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month, day) = if is_compact {
        (plain.get(..4), plain.get(4..6), plain.get(6..8))
    } else if plain.get(4..5) == Some("-") && plain.get(7..8) == Some("-") {
        (plain.get(..4), plain.get(5..7), plain.get(8..10))
    } else {
        return Err(error());
    };
    let rest = plain.get(if is_compact { 8 } else { 10 }..).unwrap_or_default();
    // An offset from UTC, or a time of day, does not change the day.
    if !rest.chars().all(|letter| letter.is_ascii_digit() || "TZ:.+-".contains(letter)) || rest.len() > 30 {
        return Err(error());
    }
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<i16>().ok()).ok_or_else(error);
    let small = |part| number(part).and_then(|number| i8::try_from(number).map_err(|_| error()));
    Date::new(number(year)?, small(month)?, small(day)?).map_err(|_| error())
}

fn currency(text: &str) -> Result<Currency, ParseValueError> {
    Currency::from_code(text.trim()).ok_or_else(|| ParseValueError::new(text, "a currency code of ISO 4217"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(kind: FieldKind, text: &str) -> Option<String> {
        FieldValue::parse_stated(kind, text).ok().map(|value| value.to_string())
    }

    #[test]
    fn amounts_are_decimal_numbers_of_xml_schema() {
        for (text, amount) in [
            ("1234.5", Some("1234.50")),
            (" -0.01 ", Some("-0.01")),
            ("+7", Some("7.00")),
            ("12.34567", Some("12.3457")),
            ("1,234.50", None),
            ("1_000", None),
            ("1e3", None),
            ("", None),
            ("999999999999999", Some("999999999999999.00")),
            ("1000000000000000", None),
            ("999999999999999.99999", None),
        ] {
            assert_eq!(stated(FieldKind::Money, text).as_deref(), amount, "{text}");
        }
    }

    #[test]
    fn dates_are_iso_or_compact() {
        for (text, date) in [
            ("2024-02-29", Some("2024-02-29")),
            ("20240229", Some("2024-02-29")),
            ("2024-03-14+01:00", Some("2024-03-14")),
            ("2024-03-14Z", Some("2024-03-14")),
            ("2024-03-14T00:00:00", Some("2024-03-14")),
            ("2024-03-14 and more", None),
            ("2023-02-29", None),
            ("14.03.2024", None),
            ("202403", None),
            ("2024-é-14", None),
        ] {
            assert_eq!(stated(FieldKind::Date, text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn identifiers_and_names_stay_as_they_are() {
        assert_eq!(stated(FieldKind::Identifier, " No: 7\n b ").as_deref(), Some("No: 7 b"));
        assert_eq!(stated(FieldKind::Name, "*Stern* & Co.").as_deref(), Some("*Stern* & Co."));
        assert_eq!(stated(FieldKind::Currency, "SEK").as_deref(), Some("SEK"));
        assert_eq!(stated(FieldKind::Currency, "kr"), None);
        assert_eq!(stated(FieldKind::Iban, "BE 41 7360 0661 9710").as_deref(), Some("BE41736006619710"));
    }

    #[test]
    fn misshapen_accounts_are_kept_and_said_to_be() {
        for (kind, text, kept) in [
            (FieldKind::Iban, "DE12 1234 4321 9876 00", "DE1212344321987600"),
            (FieldKind::Bic, "COBADEFXXX", "COBADEFXXX"),
            (FieldKind::Bic, "bank_1", "BANK_1"),
        ] {
            let value = FieldValue::parse_stated(kind, text).unwrap();
            assert_eq!(value.to_string(), kept);
            assert!(value.checks(None).iter().any(|check| !check.passed), "{text}");
        }
        assert!(FieldValue::parse_stated(FieldKind::Bic, "KREDBEBB").unwrap().checks(None).is_empty());
        assert_eq!(stated(FieldKind::Iban, "pay to the usual account"), None);
    }
}
