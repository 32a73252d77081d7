//! Spain and Portugal.

use crate::values::check_digits::{luhn_digit, weighted_sum, with_check_digit};

/// Spain's number of a person (Real Decreto 1065/2007): the remainder of eight digits by 23
/// determines the letter. A foreigner's X, Y or Z represents 0, 1 or 2 as the first digit; K, L and
/// M are ignored.
pub(super) fn spanish_person(number: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let mut letters = number.chars();
    let (Some(first), Some(check)) = (letters.next(), letters.next_back()) else { return false };
    let rest = letters.as_str();
    let digits = match first {
        'X' | 'K' | 'L' | 'M' => rest.to_owned(),
        'Y' => format!("1{rest}"),
        'Z' => format!("2{rest}"),
        _ => format!("{first}{rest}"),
    };
    digits.parse::<usize>().ok().and_then(|number| LETTERS.get(number % 23))
        == u8::try_from(check).ok().as_ref()
}

/// Spain's number of a legal person (Orden EHA/451/2008): Luhn over seven digits. The control
/// character is the letter of that digit (J for 0, A to I) for public and foreign bodies (N, P, Q,
/// R, S, W), and the digit or the letter for the others: a company's is the digit, or the letter if
/// the company is not resident.
pub(super) fn spanish_company(number: &str) -> bool {
    let (Some(kind), Some(payload), Some(control)) = (number.get(..1), number.get(1..8), number.get(8..))
    else {
        return false;
    };
    let digit = luhn_digit(payload);
    let letter = "JABCDEFGHI".get(usize::from(digit)..=usize::from(digit));
    let (is_digit, is_letter) = (control == digit.to_string(), Some(control) == letter);
    match kind {
        "N" | "P" | "Q" | "R" | "S" | "W" => is_letter,
        "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "J" | "U" | "V" => is_digit || is_letter,
        _ => false,
    }
}

/// Portugal's number of a legal person (NIPC), which VAT uses too: modulus 11, weights 9 to 2; 10
/// and 11 are written 0, so that some changed digits are not detected.
pub(super) fn portuguese(number: &str) -> bool {
    let Some((payload, check)) = with_check_digit(number) else { return false };
    let wanted = 11 - weighted_sum(payload, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    !number.starts_with('0') && check == if wanted > 9 { 0 } else { wanted }
}
