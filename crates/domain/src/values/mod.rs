//! Values of fields: one type per kind, parsed on construction, printed in its normal form.
//!
//! A type's `parse` accepts the shape of its kind in any printed form. Check digits are checked
//! separately: a misprinted number is still the document's value, so a value with wrong check
//! digits is kept, and [`FieldValue::checks`] reports it. Nothing here knows pages or other values.

mod account;
mod address;
mod bankgiro;
mod bic;
mod check_digits;
mod country;
mod currency;
mod date;
mod email;
mod fik_line;
mod iban;
mod identifier;
mod money;
mod name;
mod notation;
mod org_number;
mod payment_reference;
mod plusgiro;
mod scan;
mod schemes;
mod stated;
mod text;
mod vat_id;

#[cfg(test)]
mod tests;

pub use account::Account;
pub use address::Address;
pub use bankgiro::Bankgiro;
pub use bic::Bic;
pub use check_digits::{luhn_digit, passes_luhn};
pub use country::CountryCode;
pub(crate) use currency::currency_of as currency_of_country;
pub use currency::{Currency, CurrencyMark};
pub use date::{Date, DateOrder, DateReading, read_dates};
pub use email::Email;
pub use fik_line::FikLine;
pub use iban::Iban;
pub use identifier::Identifier;
pub use money::{DecimalMark, Money, MoneyReading, read_money};
pub use name::{Name, is_legal_form};
pub use notation::Notation;
pub use org_number::OrgNumber;
pub use payment_reference::PaymentReference;
pub use plusgiro::Plusgiro;
pub(crate) use stated::stated_decimal;
pub use text::Text;
pub use vat_id::VatId;

use std::fmt;

use crate::check::Check;
use crate::field::FieldKind;
use crate::hidden::visible;
use crate::spreadsheet;

/// Text that is not a value of the requested kind.
///
/// ```
/// use fieldmark_domain::values::Bankgiro;
///
/// let error = Bankgiro::parse("12\u{200b}3").unwrap_err();
/// assert_eq!(error.to_string(), "`123` is not a bankgiro number");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct ParseValueError {
    /// The text.
    pub text: String,
    /// The expected kind, as text for people.
    pub expected: &'static str,
}

impl ParseValueError {
    pub(crate) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: visible(text).into_owned(), expected }
    }
}

/// A field's value. Its `Display` is the normal form in which it is stored, compared and sent.
///
/// ```
/// use fieldmark_domain::field::Field;
/// use fieldmark_domain::values::{FieldValue, Notation};
///
/// let value = FieldValue::parse(Field::TotalGross.kind(), "1 250,00 kr", &Notation::default())?;
/// assert_eq!(value.to_string(), "1250.00");
/// assert!(value.money().is_some() && value.date().is_none());
/// let number = FieldValue::parse(Field::Bankgiro.kind(), "5050-1056", &Notation::default())?;
/// assert!(number.checks(None).iter().any(|check| check.name == "bankgiro_luhn" && !check.passed));
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// Any number or code, as printed.
    Identifier(Identifier),
    /// A calendar date; ISO 8601.
    Date(Date),
    /// An amount; a decimal with two to four places.
    Money(Money),
    /// A currency; its ISO 4217 code.
    Currency(Currency),
    /// A party's name, as printed.
    Name(Name),
    /// A value-added-tax number; country prefix and body without spaces.
    VatId(VatId),
    /// A register's number, as its country writes it.
    OrgNumber(OrgNumber),
    /// An IBAN without spaces.
    Iban(Iban),
    /// A BIC in upper case.
    Bic(Bic),
    /// A reference without spaces.
    PaymentReference(PaymentReference),
    /// Seven or eight digits.
    Bankgiro(Bankgiro),
    /// Two to eight digits.
    Plusgiro(Plusgiro),
    /// A Danish payment line without spaces.
    FikLine(FikLine),
    /// A national account number; only digits if it consists of digits.
    Account(Account),
    /// An e-mail address; its domain in lower case.
    Email(Email),
    /// A postal address; its lines joined by commas.
    Address(Address),
    /// Words as printed, with single spaces.
    Text(Text),
}

/// Maximum length of a text in bytes: a longer one is not a value of any kind, so parsers need not
/// be fast on it.
const MAX_TEXT_BYTES: usize = 2000;

impl FieldValue {
    /// Parses text as a value of a kind. If the text alone is ambiguous (`1.234`, `03/04/2024`),
    /// the notation decides; if the notation is unknown, the most common interpretation is used.
    /// Invisible characters ([`crate::hidden`]) are removed.
    ///
    /// # Errors
    /// [`ParseValueError`] when the text does not have the shape of the kind.
    pub fn parse(kind: FieldKind, text: &str, notation: &Notation) -> Result<Self, ParseValueError> {
        if text.len() > MAX_TEXT_BYTES {
            let beginning: String = text.chars().take(40).collect();
            return Err(ParseValueError::new(&beginning, "a value: the text is too long"));
        }
        let text = &*visible(text);
        Ok(match kind {
            FieldKind::Identifier => Self::Identifier(Identifier::parse(text)?),
            FieldKind::Date => Self::Date(notation.date(text)?),
            FieldKind::Money => Self::Money(notation.money(text)?),
            FieldKind::Currency => Self::Currency(currency::parse(text, notation.country)?),
            FieldKind::Name => Self::Name(Name::parse(text)?),
            FieldKind::VatId => Self::VatId(VatId::parse(text, notation.country)?),
            FieldKind::OrgNumber => Self::OrgNumber(OrgNumber::parse(text)?),
            FieldKind::Iban => Self::Iban(Iban::parse(text)?),
            FieldKind::Bic => Self::Bic(Bic::parse(text)?),
            FieldKind::PaymentReference => Self::PaymentReference(PaymentReference::parse(text)?),
            FieldKind::Bankgiro => Self::Bankgiro(Bankgiro::parse(text)?),
            FieldKind::Plusgiro => Self::Plusgiro(Plusgiro::parse(text)?),
            FieldKind::FikLine => Self::FikLine(FikLine::parse(text)?),
            FieldKind::Account => Self::Account(Account::parse(text)?),
            FieldKind::Email => Self::Email(Email::parse(text)?),
            FieldKind::Address => Self::Address(Address::parse(text)?),
            FieldKind::Text => Self::Text(Text::parse(text)?),
        })
    }

    /// The checks of the value by itself: lengths and check digits, and `not_a_formula` if it
    /// fails. `country` is the document's, for numbers that do not name their own.
    #[must_use]
    pub fn checks(&self, country: Option<CountryCode>) -> Vec<Check> {
        let mut checks = self.checks_of_kind(country);
        let text = self.to_string();
        checks.extend(match self {
            Self::Name(_) | Self::Identifier(_) => spreadsheet::check_name(&text),
            _ => spreadsheet::check(&text),
        });
        checks
    }

    fn checks_of_kind(&self, country: Option<CountryCode>) -> Vec<Check> {
        match self {
            Self::Iban(iban) => iban.checks(),
            Self::Bankgiro(number) => vec![number.check()],
            Self::Plusgiro(number) => vec![number.check()],
            Self::OrgNumber(number) => number.checks(country),
            Self::VatId(number) => number.checks(),
            Self::PaymentReference(reference) => reference.checks(country),
            Self::FikLine(line) => line.checks(),
            Self::Account(account) => account.checks(country),
            Self::Bic(bic) => bic.checks(),
            Self::Identifier(_)
            | Self::Date(_)
            | Self::Money(_)
            | Self::Currency(_)
            | Self::Name(_)
            | Self::Email(_)
            | Self::Address(_)
            | Self::Text(_) => Vec::new(),
        }
    }

    /// The amount, if it is one.
    #[must_use]
    pub const fn money(&self) -> Option<Money> {
        if let Self::Money(money) = self { Some(*money) } else { None }
    }

    /// The date, if it is one.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identifier(value) => value.fmt(formatter),
            Self::Date(value) => formatter.pad(&value.to_string()),
            Self::Money(value) => value.fmt(formatter),
            Self::Currency(value) => formatter.pad(value.code()),
            Self::Name(value) => value.fmt(formatter),
            Self::VatId(value) => value.fmt(formatter),
            Self::OrgNumber(value) => value.fmt(formatter),
            Self::Iban(value) => value.fmt(formatter),
            Self::Bic(value) => value.fmt(formatter),
            Self::PaymentReference(value) => value.fmt(formatter),
            Self::Bankgiro(value) => value.fmt(formatter),
            Self::Plusgiro(value) => value.fmt(formatter),
            Self::FikLine(value) => value.fmt(formatter),
            Self::Account(value) => value.fmt(formatter),
            Self::Email(value) => value.fmt(formatter),
            Self::Address(value) => value.fmt(formatter),
            Self::Text(value) => value.fmt(formatter),
        }
    }
}
