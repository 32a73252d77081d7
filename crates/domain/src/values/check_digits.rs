//! Check digits that several kinds of numbers share.

/// The digit that makes a number pass the Luhn check (ISO/IEC 7812-1, annex B) when appended.
///
/// Characters other than ASCII digits are passed over.
#[must_use]
pub fn luhn_digit(payload: &str) -> u8 {
    ((10 - luhn_sum(payload, true) % 10) % 10) as u8
}

/// Whether the last digit is the Luhn check digit of those before it. Fewer than two digits never pass.
///
/// ```
/// use fieldmark_domain::values::passes_luhn;
/// assert!(passes_luhn("79927398713"));
/// assert!(!passes_luhn("79927398710"));
/// ```
#[must_use]
pub fn passes_luhn(number: &str) -> bool {
    number.bytes().filter(u8::is_ascii_digit).count() >= 2 && luhn_sum(number, false).is_multiple_of(10)
}

/// The sum of digits with every second one from the right doubled; `from_last` doubles the last one too.
fn luhn_sum(number: &str, from_last: bool) -> u32 {
    let digits = number.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    digits
        .enumerate()
        .map(
            |(place, digit)| {
                if (place % 2 == 0) == from_last { digit * 2 / 10 + digit * 2 % 10 } else { digit }
            },
        )
        .sum()
}

/// Whether the last digit is the weighted check digit modulo 11 with weights 2 to 7 from the right,
/// repeating, as Norwegian accounts and references use it. A remainder that would need the digit 10 fails.
pub(super) fn passes_modulus_11(number: &str) -> bool {
    let digits: Vec<u32> =
        number.bytes().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0')).collect();
    let Some((check, payload)) = digits.split_last() else { return false };
    let sum: u32 = payload.iter().rev().zip((2..=7).cycle()).map(|(digit, weight)| digit * weight).sum();
    !payload.is_empty() && (11 - sum % 11) % 11 == *check
}

/// Remainder modulo 97 of a text in which letters stand for 10 to 35 (ISO 7064 MOD 97-10).
/// `None` when a character is neither a digit nor an ASCII letter.
pub(super) fn modulus_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0u32, |remainder, letter| {
        let value = letter.to_digit(36)?;
        Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
    })
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

    #[test]
    fn modulus_11_takes_a_published_account_and_refuses_its_neighbour() {
        // The example account of the Norwegian banks' standard for account numbers.
        assert!(passes_modulus_11("86011117947"));
        assert!(!passes_modulus_11("86011117948"));
        assert!(!passes_modulus_11(""));
    }

    #[test]
    fn modulus_97_reads_letters_as_numbers() {
        assert_eq!(modulus_97("539007547034RF18"), Some(1));
        assert_eq!(modulus_97("12-3"), None);
    }
}
