//! Germany, Austria, Switzerland and Liechtenstein.

use crate::values::check_digits::{is_multiple, passes_modulus_11_10, weighted_sum, with_check_digit};
use crate::values::scan::digits;

/// Germany's VAT number (Bundeszentralamt für Steuern): ISO/IEC 7064 MOD 11,10; the first digit is not 0.
pub(super) fn german_vat(body: &str) -> bool {
    !body.starts_with('0') && passes_modulus_11_10(body)
}

/// Austria's register number (Firmenbuch): up to six digits, padded with zeros on the left, times 6
/// 4 14 15 10 1; the remainder by 17 determines the letter.
pub(super) fn austrian(number: &str) -> bool {
    const LETTERS: &[u8; 17] = b"ABDFGHIKMPSTVWXYZ";
    let digits = format!("{:0>6}", digits(number));
    let remainder = weighted_sum(&digits, &[6, 4, 14, 15, 10, 1]) % 17;
    LETTERS.get(remainder as usize) == number.as_bytes().last()
}

/// Austria's VAT number: every second of seven digits is doubled; the sum of the digits plus 4 is
/// completed to a multiple of ten.
pub(super) fn austrian_vat(body: &str) -> bool {
    let Some((payload, check)) = body.strip_prefix('U').and_then(with_check_digit) else { return false };
    let sum: u32 = payload
        .chars()
        .filter_map(|letter| letter.to_digit(10))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    (sum + 4 + check).is_multiple_of(10)
}

/// Switzerland's UID (Bundesamt für Statistik, eCH-0097): modulus 11, weights 5 4 3 2 7 6 5 4.
pub(super) fn swiss(number: &str) -> bool {
    is_multiple(number, &[5, 4, 3, 2, 7, 6, 5, 4, 1], 11)
}
