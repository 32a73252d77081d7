//! Romania, Bulgaria, Greece, Croatia and Slovenia. Except for Croatia's, their rules write two
//! remainders as one digit, so that some changed digits are not detected.

use crate::values::check_digits::{is_multiple, passes_modulus_11_10, weighted_sum, with_check_digit};

/// Romania's CUI, which VAT uses too: padded with zeros on the left to ten digits; weights 7 5 3 2
/// 1 7 5 3 2, the sum times ten, and the remainder by 11 (0 for 10) is the last digit.
pub(super) fn romanian(number: &str) -> bool {
    with_check_digit(&format!("{number:0>10}")).is_some_and(|(payload, check)| {
        weighted_sum(payload, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == check
    }) && !number.starts_with('0')
}

/// Bulgaria's EIK (BULSTAT Register Act): weights 1 to 8; if the remainder by 11 is 10, weights 3
/// to 10; if it is 10 again, the check digit is 0.
pub(super) fn bulgarian(number: &str) -> bool {
    with_check_digit(number).is_some_and(|(payload, check)| {
        by_two_rows(payload, &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 10]) == check
    })
}

/// The EIK of a branch: nine digits of the enterprise, and four with the weights 2 7 3 5, or 4 9 5
/// 7.
pub(super) fn bulgarian_branch(number: &str) -> bool {
    let tail = number.get(8..).and_then(with_check_digit);
    number.get(..9).is_some_and(bulgarian)
        && tail.is_some_and(|(payload, check)| by_two_rows(payload, &[2, 7, 3, 5], &[4, 9, 5, 7]) == check)
}

fn by_two_rows(payload: &str, first: &[u32], second: &[u32]) -> u32 {
    match weighted_sum(payload, first) % 11 {
        10 => weighted_sum(payload, second) % 11 % 10,
        remainder => remainder,
    }
}

/// Bulgaria's VAT numbers of ten digits: a citizen's, a foreigner's, or another's; passing one rule
/// is enough.
pub(super) fn bulgarian_person_vat(body: &str) -> bool {
    let Some((payload, check)) = with_check_digit(body) else { return false };
    let citizen = weighted_sum(payload, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    let foreigner = weighted_sum(payload, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
    citizen == check || foreigner == check || is_multiple(body, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// Greece's ΑΦΜ: weights 256 to 2, and the remainder by 11 (0 for 10) is the last digit.
pub(super) fn greek(number: &str) -> bool {
    with_check_digit(number).is_some_and(|(payload, check)| {
        weighted_sum(payload, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == check
    })
}

/// Croatia's OIB: ISO/IEC 7064 MOD 11,10.
pub(super) fn croatian(number: &str) -> bool {
    passes_modulus_11_10(number)
}

/// Slovenia's register number (AJPES): weights 7 to 2 on six digits, the seventh completes the sum
/// to a multiple of 11 (0 for 10 and 11); three more digits identify a unit.
pub(super) fn slovenian(number: &str) -> bool {
    let Some((payload, check)) = number.get(..7).and_then(with_check_digit) else { return false };
    let wanted = 11 - weighted_sum(payload, &[7, 6, 5, 4, 3, 2]) % 11;
    check == if wanted > 9 { 0 } else { wanted }
}

/// Slovenia's VAT number: weights 8 to 2, the eighth digit completes the sum to a multiple of 11;
/// 10 is written 0, 11 is not assigned.
pub(super) fn slovenian_vat(body: &str) -> bool {
    let Some((payload, check)) = with_check_digit(body) else { return false };
    let wanted = 11 - weighted_sum(payload, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    !body.starts_with('0') && wanted < 11 && wanted % 10 == check
}
