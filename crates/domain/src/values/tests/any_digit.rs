//! Schemes whose arithmetic detects any single changed digit, for any number and any position.

use proptest::prelude::*;

use crate::check::Check;
use crate::values::{CountryCode, OrgNumber, VatId};

/// The result of the check with this name; `None` if it was not made.
fn said(checks: &[Check], name: &str) -> Option<bool> {
    checks.iter().find(|check| check.name == name).map(|check| check.passed)
}

fn with_digit(text: &str, place: usize, digit: u32) -> String {
    text.char_indices()
        .map(|(at, letter)| if at == place { char::from_digit(digit, 10).unwrap() } else { letter })
        .collect()
}

/// Whether the check digit of an organisation's number, in its country, is right.
fn is_organisation(country: &str, number: &str) -> bool {
    let number = OrgNumber::parse(number).unwrap();
    said(&number.checks(CountryCode::parse(country).ok()), "org_number_check_digit") == Some(true)
}

/// Whether the check digit of a VAT number is right.
fn is_vat_id(number: &str) -> bool {
    said(&VatId::parse(number, None).unwrap().checks(), "vat_id_check_digit") == Some(true)
}

/// The numbers that start with a payload and pass: with `width` more digits.
fn completed(payload: &str, width: usize, passes: &dyn Fn(&str) -> bool) -> Vec<String> {
    let all = (0..10u32.pow(u32::try_from(width).unwrap())).map(|check| format!("{payload}{check:0width$}"));
    all.filter(|number| passes(number)).collect()
}

/// Whether no other digit at one position of the payload's right number passes too. A remainder
/// that requires a digit that does not exist makes no number.
fn notices(
    payload: &str,
    width: usize,
    place: usize,
    shift: u32,
    passes: &dyn Fn(&str) -> bool,
) -> Result<(), TestCaseError> {
    for right in completed(payload, width, passes) {
        let letters = right.find(|letter: char| letter.is_ascii_digit()).unwrap_or_default();
        let place = letters + place % (right.len() - letters);
        let digit = right[place..=place].parse::<u32>().unwrap();
        prop_assert!(!passes(&with_digit(&right, place, (digit + shift) % 10)), "{right} at {place}");
    }
    Ok(())
}

/// Countries, the letters before a number, the number of digits before its check digits, and the
/// number of check digits.
const ORGANISATIONS: &[(&str, &str, usize, usize)] = &[
    ("SE", "", 9, 1),
    ("NO", "", 8, 1),
    ("DK", "", 7, 1),
    ("FI", "", 7, 1),
    ("FI", "0037", 7, 1),
    ("CH", "CHE", 8, 1),
    ("BE", "0", 7, 2),
    ("FR", "", 8, 1),
    ("ES", "B", 7, 1),
    ("IT", "", 10, 1),
    ("PL", "", 9, 1),
    ("HU", "", 7, 1),
    ("HR", "", 10, 1),
    ("LV", "4", 9, 1),
];

/// The same, for rules that write one digit for two remainders: a changed check digit is detected,
/// other changed digits not always.
const LOSSY: &[(&str, usize)] = &[
    ("PT", 8),
    ("PL", 8),
    ("CZ", 7),
    ("SK", 7),
    ("RO", 7),
    ("BG", 8),
    ("GR", 8),
    ("SI", 6),
    ("EE", 7),
    ("LT", 8),
];

/// Prefixes, the number of digits before the check digits, and the number of check digits.
const VAT_IDS: &[(&str, usize, usize)] = &[
    ("ATU", 7, 1),
    ("BE0", 7, 2),
    ("CHE", 8, 1),
    ("DE", 8, 1),
    ("DK", 7, 1),
    ("EE", 8, 1),
    ("FI", 7, 1),
    ("HR", 10, 1),
    ("HU", 7, 1),
    ("IT", 10, 1),
    ("LU", 6, 2),
    ("LV4", 9, 1),
    ("NO", 8, 1),
    ("PL", 9, 1),
    ("SK10", 7, 1),
];

/// VAT numbers whose rules write one digit for two remainders.
const LOSSY_VAT_IDS: &[(&str, usize)] =
    &[("EL", 8), ("PT", 8), ("RO", 7), ("SI", 7), ("CZ", 7), ("BG", 8), ("LT", 8)];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_changed_digit_of_an_organisations_number_is_noticed(
        scheme in 0..ORGANISATIONS.len(), digits in "[1-9][0-9]{9}", place in 0usize..11, shift in 1u32..10
    ) {
        let (country, letters, length, width) = ORGANISATIONS[scheme];
        let payload = format!("{letters}{}", &digits[..length]);
        notices(&payload, width, place, shift, &|number| is_organisation(country, number))?;
    }

    #[test]
    fn any_changed_digit_before_a_letter_is_noticed(
        digits in "[1-9][0-9]{7}", place in 0usize..6, shift in 1u32..10
    ) {
        // Austria's register, Spain's citizens.
        for (country, letters, length) in [("AT", "FN ", 6), ("ES", "", 8)] {
            let payload = format!("{letters}{}", &digits[..length]);
            let right: Vec<String> = ('a'..='z')
                .map(|letter| format!("{payload}{letter}"))
                .filter(|number| is_organisation(country, number))
                .collect();
            prop_assert_eq!(right.len(), 1);
            let place = letters.len() + place;
            let digit = right[0][place..=place].parse::<u32>().unwrap();
            prop_assert!(!is_organisation(country, &with_digit(&right[0], place, (digit + shift) % 10)));
        }
    }

    #[test]
    fn any_changed_digit_of_a_vat_number_is_noticed(
        scheme in 0..VAT_IDS.len(), digits in "[1-9][0-9]{9}", place in 0usize..11, shift in 1u32..10
    ) {
        let (prefix, length, width) = VAT_IDS[scheme];
        notices(&format!("{prefix}{}", &digits[..length]), width, place, shift, &is_vat_id)?;
    }

    #[test]
    fn a_changed_check_digit_is_noticed_everywhere(
        scheme in 0..LOSSY.len(), vat in 0..LOSSY_VAT_IDS.len(), digits in "[1-9][0-9]{9}"
    ) {
        let (country, length) = LOSSY[scheme];
        prop_assert!(completed(&digits[..length], 1, &|number| is_organisation(country, number)).len() <= 1);
        let (prefix, length) = LOSSY_VAT_IDS[vat];
        let payload = format!("{prefix}{}", &digits[..length]);
        prop_assert!(completed(&payload, 1, &is_vat_id).len() <= 1);
    }

    #[test]
    fn numbers_of_organisations_read_back(
        text in "\\PC{0,30}|[A-Z]{0,3}[ -]?[0-9]{3,12}[a-zA-Z]?|(FN|HRB|ES|CHE-|Sala )[A-Z]?[0-9 .-]{5,12}[a-z]?"
    ) {
        if let Ok(number) = OrgNumber::parse(&text) {
            prop_assert_eq!(OrgNumber::parse(number.as_str()), Ok(number));
        }
    }
}
