//! Poland, Czechia, Slovakia and Hungary.

use crate::values::check_digits::{is_multiple, weighted_sum, with_check_digit};

/// Poland's tax number (NIP): weights 6 5 7 2 3 4 5 6 7, and the remainder by 11 is the last digit.
pub(super) fn polish_nip(number: &str) -> bool {
    is_multiple(number, &[6, 5, 7, 2, 3, 4, 5, 6, 7, 10], 11)
}

/// Poland's statistical number (REGON) of an enterprise: weights 8 9 2 3 4 5 6 7; a remainder of 10
/// is written 0.
pub(super) fn polish_regon(number: &str) -> bool {
    with_check_digit(number)
        .is_some_and(|(payload, check)| weighted_sum(payload, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == check)
}

/// The REGON of a local unit: the enterprise's number, four more digits, and a check digit over
/// all.
pub(super) fn polish_regon_of_unit(number: &str) -> bool {
    let whole = with_check_digit(number).is_some_and(|(payload, check)| {
        weighted_sum(payload, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == check
    });
    whole && number.get(..9).is_some_and(polish_regon)
}

/// Czechia's and Slovakia's IČO: weights 8 to 2, the last digit completes the sum to a multiple of
/// 11; 10 is written 0 and 11 is written 1, so that some changed digits are not detected.
pub(super) fn czech(number: &str) -> bool {
    with_check_digit(number).is_some_and(|(payload, check)| {
        (11 - weighted_sum(payload, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == check
    })
}

/// Czechia's VAT number of eight digits: an IČO that does not start with 9.
pub(super) fn czech_company_vat(body: &str) -> bool {
    !body.starts_with('9') && czech(body)
}

/// Czechia's VAT number of nine digits: the birth number of a person born before 1954, without a
/// check digit; or a 6, seven digits with the weights 8 to 2, and the check digit from the European
/// Commission's table.
pub(super) fn czech_short_vat(body: &str) -> bool {
    const CHECKS: [u32; 11] = [8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 8];
    let Some((payload, check)) = body.strip_prefix('6').and_then(with_check_digit) else {
        return is_birth_date(body);
    };
    let missing = 11 - weighted_sum(payload, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    CHECKS.get(missing as usize - 1) == Some(&check) || is_birth_date(body)
}

/// Czechia's VAT number of ten digits, a birth number: a multiple of 11; until 1985 also numbers
/// whose first nine digits have the remainder 10 and whose last digit is 0.
pub(super) fn czech_person_vat(body: &str) -> bool {
    let remainder = body.parse::<u64>().map(|number| number % 11);
    let is_old = with_check_digit(body).is_some_and(|(payload, check)| {
        check == 0 && payload.parse::<u64>().is_ok_and(|number| number % 11 == 10)
    });
    is_birth_date(body) && (remainder == Ok(0) || is_old)
}

/// Birth numbers start with year, month and day; 50 is added to women's months, and 20 to either
/// where the numbers of a day are used up.
fn is_birth_date(number: &str) -> bool {
    let two =
        |at: usize| number.get(at..at + 2).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or_default();
    matches!(two(2), 1..=12 | 21..=32 | 51..=62 | 71..=82) && (1..=31).contains(&two(4))
}

/// Slovakia's VAT number: a multiple of 11, the first digit not 0 and the third digit one of 2, 3,
/// 4, 7, 8, 9.
pub(super) fn slovak_vat(body: &str) -> bool {
    let third = body.as_bytes().get(2);
    body.parse::<u64>().is_ok_and(|number| number.is_multiple_of(11))
        && !body.starts_with('0')
        && third.is_some_and(|digit| b"234789".contains(digit))
}

/// Hungary's tax number: weights 9 7 3 1, modulus 10, over its first eight digits.
pub(super) fn hungarian(number: &str) -> bool {
    is_multiple(number, &[9, 7, 3, 1, 9, 7, 3, 1], 10)
}
