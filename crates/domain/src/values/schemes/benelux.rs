//! Belgium, the Netherlands and Luxembourg.

use crate::values::check_digits::{is_multiple, modulus_97};

/// Belgium's enterprise number (Royal Decree of 24 June 2003): the last two of ten digits are 97
/// minus the remainder of the first eight by 97. Numbers of nine digits lack their leading zero.
pub(super) fn belgian(number: &str) -> bool {
    let Some((payload, check)) = number.len().checked_sub(2).and_then(|at| number.split_at_checked(at))
    else {
        return false;
    };
    modulus_97(payload).zip(check.parse().ok()).is_some_and(|(remainder, check)| 97 - remainder == check)
}

/// The Netherlands' eleven-test (RSIN, BSN): weights 9 to 2, and the last digit is subtracted.
pub(super) fn dutch_eleven_test(number: &str) -> bool {
    is_multiple(number, &[9, 8, 7, 6, 5, 4, 3, 2, 10], 11)
}

/// The Netherlands' VAT number: the eleven-test of its nine digits, or, for sole traders since
/// 2020, ISO/IEC 7064 MOD 97-10 over the whole number with its prefix (Belastingdienst).
pub(super) fn dutch_vat(body: &str) -> bool {
    body.get(..9).is_some_and(dutch_eleven_test) || modulus_97(&format!("NL{body}")) == Some(1)
}

/// Luxembourg's VAT number: the last two of eight digits are the remainder of the first six by 89.
pub(super) fn luxembourgish_vat(body: &str) -> bool {
    let parts = body
        .split_at_checked(6)
        .and_then(|(payload, check)| Some((payload.parse::<u32>().ok()?, check.parse::<u32>().ok()?)));
    parts.is_some_and(|(payload, check)| payload % 89 == check)
}
