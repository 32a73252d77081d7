//! Schemes whose arithmetic notices any one changed digit: whatever the number, and wherever the change.

use proptest::prelude::*;

use crate::check::Check;
use crate::values::{CountryCode, OrgNumber};

/// Whether a check of that name was made and what it said.
fn said(checks: &[Check], name: &str) -> Option<bool> {
    checks.iter().find(|check| check.name == name).map(|check| check.passed)
}

fn with_digit(text: &str, place: usize, digit: u32) -> String {
    text.char_indices()
        .map(|(at, letter)| if at == place { char::from_digit(digit, 10).unwrap() } else { letter })
        .collect()
}

/// The number whose last digit (its `check`-th character) makes it pass, and whether another digit in one place does too.
fn holds(
    payload: &str,
    place: usize,
    shift: u32,
    passes: &dyn Fn(&str) -> bool,
) -> Result<(), TestCaseError> {
    let Some(right) = (0..10).map(|check| format!("{payload}{check}")).find(|number| passes(number)) else {
        // The remainder asks for a digit that does not exist: no such number is given.
        return Ok(());
    };
    let place = place % right.len();
    let digit = right[place..=place].parse::<u32>().unwrap();
    prop_assert!(!passes(&with_digit(&right, place, (digit + shift) % 10)), "{right} at {place}");
    Ok(())
}

/// Countries and the digits before the check digit, where the modulus is prime or every weight is odd.
const ORGANISATIONS: &[(&str, usize)] =
    &[("SE", 9), ("NO", 8), ("DK", 7), ("FI", 7), ("FR", 8), ("IT", 10), ("PL", 9), ("HU", 7), ("HR", 10)];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_changed_digit_of_an_organisations_number_is_noticed(
        scheme in 0..ORGANISATIONS.len(), digits in "[1-9][0-9]{9}", place in 0usize..10, shift in 1u32..10
    ) {
        let (country, length) = ORGANISATIONS[scheme];
        let passes = |number: &str| {
            let number = OrgNumber::parse(number).unwrap();
            said(&number.checks(CountryCode::parse(country).ok()), "org_number_check_digit") == Some(true)
        };
        holds(&digits[..length], place, shift, &passes)?;
    }
}
