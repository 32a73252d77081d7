//! The United Kingdom, Ireland, Malta and Cyprus.

use crate::values::check_digits::weighted_sum;

/// The United Kingdom's VAT number (HMRC): weights 8 to 2, and the last two digits complete the sum
/// to a multiple of 97; for numbers issued since 2010 the sum plus 55. Three more digits identify a
/// branch.
pub(super) fn british_vat(body: &str) -> bool {
    let (Some(payload), Some(check)) = (body.get(..7), body.get(7..9)) else { return false };
    let sum = weighted_sum(payload, &[8, 7, 6, 5, 4, 3, 2]) + check.parse::<u32>().unwrap_or_default();
    sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)
}

/// Government departments have `GD000` to `GD499`, health authorities `HA500` to `HA999`.
pub(super) fn british_authority(body: &str) -> bool {
    let number = body.get(2..).and_then(|number| number.parse::<u32>().ok());
    number.is_some_and(|number| body.starts_with("GD") == (number < 500))
}

/// Ireland's VAT number: weights 8 to 2; a second letter after the check letter counts nine times
/// its position in the alphabet (0 for W). The remainder by 23 determines the letter.
pub(super) fn irish_vat(body: &str) -> bool {
    let (Some(payload), Some(check)) = (body.get(..7), body.get(7..8)) else { return false };
    let second =
        body.as_bytes().get(8).map_or(0, |letter| if *letter == b'W' { 0 } else { u32::from(letter - b'@') });
    irish_letter(payload, second) == check.chars().next()
}

/// The older form, whose second character is a letter, `+` or `*`: the digits after it, then the
/// first one, are counted.
pub(super) fn irish_vat_of_old(body: &str) -> bool {
    let (Some(first), Some(rest), Some(check)) = (body.get(..1), body.get(2..7), body.get(7..)) else {
        return false;
    };
    irish_letter(&format!("0{rest}{first}"), 0) == check.chars().next()
}

fn irish_letter(digits: &str, second: u32) -> Option<char> {
    let sum = weighted_sum(digits, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    "WABCDEFGHIJKLMNOPQRSTUV".chars().nth((sum % 23) as usize)
}

/// Malta's VAT number: weights 3 4 6 7 8 9, and the last two of eight digits are 37 minus the
/// remainder by 37.
pub(super) fn maltese_vat(body: &str) -> bool {
    let sum = weighted_sum(body, &[3, 4, 6, 7, 8, 9]);
    body.get(6..).and_then(|check| check.parse().ok()) == Some(37 - sum % 37)
}

/// Cyprus' VAT number: digits at odd positions by a table, the others unchanged, and the remainder
/// by 26 determines the letter. No number starts with 12.
pub(super) fn cypriot_vat(body: &str) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let Some((digits, check)) = body.split_at_checked(8) else { return false };
    let values = digits.chars().filter_map(|letter| letter.to_digit(10)).enumerate().map(|(place, digit)| {
        if place % 2 == 0 { ODD.get(digit as usize).copied().unwrap_or_default() } else { digit }
    });
    let letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().nth((values.sum::<u32>() % 26) as usize);
    !digits.starts_with("12") && letter == check.chars().next()
}
