//! Weighted sums: the sum of each digit times the weight of its position, and its remainder by a
//! modulus.
//!
//! If the whole sum must be a multiple of 11, or of 10 with weights that are coprime to 10, any
//! single changed digit is detected. Rules that write one digit for two remainders (0 for 10) miss
//! some.

use super::digit_values;

/// The sum of the digits times their weights from the left; digits after the last weight are
/// ignored.
pub(in crate::values) fn weighted_sum(number: &str, weights: &[u32]) -> u32 {
    digit_values(number).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Whether the weighted sum of exactly as many digits as weights is a multiple of the modulus.
pub(in crate::values) fn is_multiple(number: &str, weights: &[u32], modulus: u32) -> bool {
    digit_values(number).count() >= weights.len() && weighted_sum(number, weights).is_multiple_of(modulus)
}

/// The number without its last digit, and that digit.
pub(in crate::values) fn with_check_digit(number: &str) -> Option<(&str, u32)> {
    let (payload, last) = number.split_at_checked(number.len().checked_sub(1)?)?;
    Some((payload, last.chars().next()?.to_digit(10)?))
}

/// Whether the last character is the weighted check digit modulo 11 with weights 2 to 7 from the
/// right, repeating, as in Norwegian accounts and payment references (KID). The check digit 10 is
/// written `-`.
pub(in crate::values) fn passes_modulus_11(number: &str) -> bool {
    let (payload, check) = match number.strip_suffix('-') {
        Some(payload) => (payload, 10),
        None => match with_check_digit(number) {
            Some(parts) => parts,
            None => return false,
        },
    };
    let sum: u32 =
        digit_values(payload).rev().zip((2..=7).cycle()).map(|(digit, weight)| digit * weight).sum();
    !payload.is_empty() && (11 - sum % 11) % 11 == check
}

/// Whether the last digit completes the sum to a multiple of ten, with weights 7, 3, 1 from the
/// right: the references of Finnish and Estonian banks. It detects any single changed digit.
pub(in crate::values) fn passes_7_3_1(number: &str) -> bool {
    let Some((payload, check)) = with_check_digit(number) else { return false };
    let weights = [7, 3, 1].into_iter().cycle();
    let sum: u32 = digit_values(payload).rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    !payload.is_empty() && (10 - sum % 10) % 10 == check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modulus_11_takes_a_published_account_and_refuses_its_neighbour() {
        // The example account of the Norwegian banks' standard for account numbers.
        assert!(passes_modulus_11("86011117947"));
        assert!(!passes_modulus_11("86011117948"));
        assert!(!passes_modulus_11("") && !passes_modulus_11("-") && !passes_modulus_11("7"));
    }

    #[test]
    fn a_remainder_of_ten_is_a_hyphen() {
        // 1·2 + 0·3 + 5·4 = 22, and 6·2 = 12, whose remainder 1 requires the check digit 10.
        assert!(passes_modulus_11("6-") && !passes_modulus_11("60") && !passes_modulus_11("5010-"));
        assert!(passes_modulus_11("5010"));
    }

    #[test]
    fn the_digits_must_be_as_many_as_the_weights() {
        assert!(is_multiple("913", &[1, 1, 1], 13) && !is_multiple("94", &[1, 1, 1], 13));
        assert_eq!(with_check_digit("127"), Some(("12", 7)));
        assert_eq!(with_check_digit("12A"), None);
    }
}
