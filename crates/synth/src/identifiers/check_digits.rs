//! Check digits, by the rules of the issuers.

/// The digits of a text; other characters are ignored.
pub(super) fn digits_of(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.chars().filter_map(|character| character.to_digit(10))
}

/// The products of digits and weights, added up.
pub(super) fn weighted_sum(text: &str, weights: &[u32]) -> u32 {
    digits_of(text).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The digit that makes `payload` plus the digit pass the Luhn formula (ISO/IEC 7812-1, annex B).
pub(super) fn luhn(payload: &str) -> u32 {
    let sum: u32 = digits_of(payload)
        .rev()
        .enumerate()
        .map(|(index, digit)| match digit * (2 - index as u32 % 2) {
            product @ 10.. => product - 9,
            product => product,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The check digit by weights 2 to 7 from the right and modulus 11; `None` if it would be 10.
pub(super) fn modulus_11(payload: &str) -> Option<u32> {
    let sum: u32 =
        digits_of(payload).rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle()).map(|(d, w)| d * w).sum();
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => Some(digit),
    }
}

/// The check digit of ISO 7064 MOD 11,10, used by German VAT numbers.
pub(super) fn modulus_11_10(payload: &str) -> u32 {
    let product = digits_of(payload).fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}

/// The remainder by 97 of a text of digits and letters, letters counting from A = 10 (ISO 7064).
pub(super) fn modulus_97(text: &str) -> u32 {
    text.chars().filter_map(|character| character.to_digit(36)).fold(0, |remainder, value| {
        if value > 9 { (remainder * 100 + value) % 97 } else { (remainder * 10 + value) % 97 }
    })
}

/// The two check digits of ISO 13616 and ISO 11649, which follow the first two letters.
pub(super) fn iso_check_digits(letters: &str, body: &str) -> String {
    format!("{:02}", 98 - modulus_97(&format!("{body}{letters}00")))
}

/// The check digit of Finnish references: weights 7, 3, 1 from the right, completing the sum to a
/// multiple of ten.
pub(super) fn weights_7_3_1(payload: &str) -> u32 {
    let sum: u32 = digits_of(payload).rev().zip([7, 3, 1].into_iter().cycle()).map(|(d, w)| d * w).sum();
    (10 - sum % 10) % 10
}

/// The check digit of Swiss references: modulus 10, recursive.
pub(super) fn recursive_modulus_10(payload: &str) -> u32 {
    const CARRIES: [u32; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let carry = digits_of(payload).fold(0, |carry, digit| {
        CARRIES.iter().copied().nth(((carry + digit) % 10) as usize).unwrap_or_default()
    });
    (10 - carry) % 10
}
