//! Estonia, Latvia and Lithuania.

use super::Scheme;
use crate::values::check_digits::{is_multiple, weighted_sum, with_check_digit};

/// The rule that Estonia's and Lithuania's registers share: modulus 11 with a first row of weights;
/// if the remainder is 10, with a second row; if it is 10 again, the check digit is 0. Some changed
/// digits are not detected.
fn passes_two_rows(number: &str, first: &[u32], second: &[u32]) -> bool {
    let Some((payload, check)) = with_check_digit(number) else { return false };
    let remainder = match weighted_sum(payload, first) % 11 {
        10 => weighted_sum(payload, second) % 11 % 10,
        remainder => remainder,
    };
    remainder == check
}

/// Estonia's register code: weights 1 to 7, then 3 to 9.
pub(super) fn estonian(number: &str) -> bool {
    passes_two_rows(number, &[1, 2, 3, 4, 5, 6, 7], &[3, 4, 5, 6, 7, 8, 9])
}

/// Estonia's VAT number: weights 3 7 1, modulus 10.
pub(super) fn estonian_vat(body: &str) -> bool {
    is_multiple(body, &[3, 7, 1, 3, 7, 1, 3, 7, 1], 10)
}

/// Latvia's number of a legal person, which VAT uses too: the remainder of the weighted sum,
/// including the check digit, by 11 is 3.
fn latvian(number: &str) -> bool {
    weighted_sum(number, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

/// Latvia's numbers. A first digit of 3 or less means a person; since 2017 such numbers have no
/// check digit.
pub(super) const LATVIAN: &[Scheme] = &[
    Scheme::checked("###########", latvian),
    Scheme::shaped("0##########"),
    Scheme::shaped("1##########"),
    Scheme::shaped("2##########"),
    Scheme::shaped("3##########"),
];

/// Lithuania's code of a legal person: weights 1 to 8, then 3 to 9 and 1.
pub(super) fn lithuanian(number: &str) -> bool {
    passes_two_rows(number, &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 1])
}

/// Lithuania's VAT number of a legal person: the code's rule, and the digit before the check digit is 1.
pub(super) fn lithuanian_vat(body: &str) -> bool {
    lithuanian(body) && body.as_bytes().get(7) == Some(&b'1')
}

/// Lithuania's VAT number of a temporarily registered payer: the same rule over eleven digits, the eleventh is 1.
pub(super) fn lithuanian_temporary(body: &str) -> bool {
    passes_two_rows(body, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4])
        && body.as_bytes().get(10) == Some(&b'1')
}
