//! The Luhn formula, modulus 10 "double-add-double" (ISO/IEC 7812-1, annex B). It detects any
//! single changed digit.

use super::digit_values;

/// The digit that makes a number pass the Luhn check (ISO/IEC 7812-1, annex B) when appended.
///
/// Characters other than ASCII digits are ignored.
///
/// ```
/// use fieldmark_domain::values::{luhn_digit, passes_luhn};
///
/// assert_eq!(luhn_digit("7992739871"), 3);
/// assert!(passes_luhn("79927398713"));
/// ```
#[must_use]
pub fn luhn_digit(payload: &str) -> u8 {
    ((10 - luhn_sum(payload, true) % 10) % 10) as u8
}

/// Whether the last digit is the Luhn check digit of the digits before it. Fewer than two digits
/// never pass.
///
/// ```
/// use fieldmark_domain::values::passes_luhn;
/// assert!(passes_luhn("79927398713"));
/// assert!(!passes_luhn("79927398710"));
/// ```
#[must_use]
pub fn passes_luhn(number: &str) -> bool {
    digit_values(number).count() >= 2 && luhn_sum(number, false).is_multiple_of(10)
}

/// The sum of digits with every second one from the right doubled; `from_last` doubles the last one too.
fn luhn_sum(number: &str, from_last: bool) -> u32 {
    digit_values(number)
        .rev()
        .enumerate()
        .map(
            |(place, digit)| {
                if (place % 2 == 0) == from_last { digit * 2 / 10 + digit * 2 % 10 } else { digit }
            },
        )
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_appended_digit_passes_and_any_other_fails(payload in "[0-9]{1,20}", wrong in 1u8..10) {
            let check = luhn_digit(&payload);
            let (right, changed) = (format!("{payload}{check}"), format!("{payload}{}", (check + wrong) % 10));
            prop_assert!(passes_luhn(&right));
            prop_assert!(!passes_luhn(&changed));
        }

        #[test]
        fn any_one_changed_digit_is_noticed(payload in "[0-9]{3,20}", place in 0usize..3, shift in 1u8..10) {
            let right = format!("{payload}{}", luhn_digit(&payload));
            let mut bytes = right.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            prop_assert!(!passes_luhn(&String::from_utf8(bytes).unwrap()));
        }
    }
}
