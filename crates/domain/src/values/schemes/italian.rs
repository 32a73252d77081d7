//! Italy.

use crate::values::check_digits::passes_luhn;

/// Italy's VAT number and the tax code of a company (DPR 633/1972, DM 23 December 1976): Luhn over eleven digits.
pub(super) fn italian(number: &str) -> bool {
    passes_luhn(number)
}

/// Values of the digits 0 to 9 at odd positions, and of the letters A to J, which have the same
/// values; K to Z follow.
const ODD: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// The tax code of a person, and so of a sole trader (DM 23 December 1976): the remainder by 26 of
/// the values of fifteen characters determines the letter.
pub(super) fn italian_person(number: &str) -> bool {
    let Some((payload, check)) = number.split_at_checked(15) else { return false };
    let values = payload.chars().enumerate().map(|(place, letter)| {
        let value =
            letter.to_digit(10).or_else(|| letter.to_digit(36).map(|value| value - 10)).unwrap_or_default();
        if place % 2 == 0 { ODD.get(value as usize).copied().unwrap_or_default() } else { value }
    });
    char::from_digit(values.sum::<u32>() % 26 + 10, 36).map(|letter| letter.to_ascii_uppercase())
        == check.chars().next()
}
