//! The two systems of ISO/IEC 7064 that numbers of enterprises and payments use. Both detect any
//! single changed digit.

use super::digit_values;

/// Remainder modulo 97 of a text in which letters represent 10 to 35 (ISO/IEC 7064 MOD 97-10).
/// `None` when a character is neither a digit nor an ASCII letter.
pub(in crate::values) fn modulus_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0u32, |remainder, letter| {
        let value = letter.to_digit(36)?;
        Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
    })
}

/// Whether the last digit is the check digit of ISO/IEC 7064 MOD 11,10. Fewer than two digits never pass.
pub(in crate::values) fn passes_modulus_11_10(number: &str) -> bool {
    let mut digits = digit_values(number);
    let Some(check) = digits.next_back() else { return false };
    let mut payload = digits.peekable();
    if payload.peek().is_none() {
        return false;
    }
    let product = payload.fold(10, |product, digit| match (product + digit) % 10 {
        0 => 20 % 11,
        sum => sum * 2 % 11,
    });
    (product + check) % 10 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modulus_97_reads_letters_as_numbers() {
        assert_eq!(modulus_97("539007547034RF18"), Some(1));
        assert_eq!(modulus_97("12-3"), None);
    }

    #[test]
    fn modulus_11_10_takes_published_numbers_and_no_other_check_digit() {
        // A German VAT number and a Croatian OIB.
        for (payload, check) in [("13669597", 6), ("3339200596", 1)] {
            for digit in 0..10 {
                assert_eq!(
                    passes_modulus_11_10(&format!("{payload}{digit}")),
                    digit == check,
                    "{payload}{digit}"
                );
            }
        }
        assert!(!passes_modulus_11_10("1") && !passes_modulus_11_10(""));
    }
}
