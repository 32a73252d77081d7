//! Any text as a value of every kind, in a document of any country: what is read prints in a form that reads
//! back as itself, and no country's check digits trip over it.
//!
//! The first two bytes are the document's country, or none; the rest is the text.
#![no_main]

use fieldmark_domain::field::FieldKind;
use fieldmark_domain::values::{CountryCode, FieldValue, Notation};
use libfuzzer_sys::fuzz_target;

/// Amounts and dates have targets of their own.
const KINDS: [FieldKind; 12] = [
    FieldKind::Identifier,
    FieldKind::Currency,
    FieldKind::Name,
    FieldKind::VatId,
    FieldKind::OrgNumber,
    FieldKind::Iban,
    FieldKind::Bic,
    FieldKind::PaymentReference,
    FieldKind::Bankgiro,
    FieldKind::Plusgiro,
    FieldKind::FikLine,
    FieldKind::Account,
];

fuzz_target!(|input: &str| {
    let Some((code, text)) = input.split_at_checked(2) else { return };
    let country = CountryCode::parse(code).ok();
    let notation = Notation { country, ..Notation::default() };
    for kind in KINDS {
        if let Ok(value) = FieldValue::parse(kind, text, &notation) {
            look_at(&value, country);
            let printed = value.to_string();
            assert_eq!(FieldValue::parse(kind, &printed, &notation), Ok(value), "{kind:?} {printed:?}");
        }
        if let Ok(value) = FieldValue::parse_stated(kind, text) {
            look_at(&value, country);
            let printed = value.to_string();
            assert_eq!(FieldValue::parse_stated(kind, &printed), Ok(value), "{kind:?} {printed:?} stated");
        }
    }
});

/// Asks a value everything that can be asked of it.
fn look_at(value: &FieldValue, country: Option<CountryCode>) {
    assert!(!value.to_string().trim().is_empty(), "{value:?}");
    let countries = [CountryCode::SE, CountryCode::NO, CountryCode::DK, CountryCode::FI].map(Some);
    for country in countries.into_iter().chain([country, None]) {
        for check in value.checks(country) {
            assert!(!check.name.is_empty());
        }
    }
    match value {
        FieldValue::VatId(number) => {
            assert!(number.as_str().ends_with(number.body()));
            let _ = (number.country(), number.org_number());
        }
        FieldValue::Iban(number) => assert!(number.country().is_some(), "{number}"),
        FieldValue::FikLine(line) => {
            let _ = line.reference();
        }
        FieldValue::Name(name) => {
            let _ = (name.folded(), name.has_legal_form());
        }
        FieldValue::Bankgiro(number) => {
            let printed = FieldValue::parse(FieldKind::Bankgiro, &number.printed(), &Notation::default());
            assert_eq!(printed.as_ref(), Ok(value));
        }
        FieldValue::Plusgiro(number) => {
            let printed = FieldValue::parse(FieldKind::Plusgiro, &number.printed(), &Notation::default());
            assert_eq!(printed.as_ref(), Ok(value));
        }
        _ => {}
    }
}
