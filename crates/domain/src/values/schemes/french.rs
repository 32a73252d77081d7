//! France and Monaco.

use crate::values::check_digits::{modulus_97, passes_luhn};

/// The SIREN of La Poste, which has more establishments than there are numbers that pass Luhn.
const LA_POSTE: &str = "356000000";

/// France's SIREN (Insee): Luhn.
pub(super) fn siren(number: &str) -> bool {
    passes_luhn(number)
}

/// France's SIRET, a SIREN and five digits (Insee): Luhn over all fourteen and over the SIREN; for
/// La Poste the sum of the digits is a multiple of 5.
pub(super) fn siret(number: &str) -> bool {
    if number.starts_with(LA_POSTE) && !passes_luhn(number) {
        let sum: u32 = number.chars().filter_map(|letter| letter.to_digit(10)).sum();
        return sum.is_multiple_of(5);
    }
    passes_luhn(number) && number.get(..9).is_some_and(passes_luhn)
}

/// France's VAT number, a key and a SIREN. A key of digits is 12 plus three times the SIREN (modulo
/// 97). In a key with letters (the European Commission's algorithm), both characters are numbers in
/// an alphabet without I and O.
pub(super) fn french_vat(body: &str) -> bool {
    let Some((key, siren)) = body.split_at_checked(2) else { return false };
    match key.parse::<u32>() {
        Ok(key) => modulus_97(siren).is_some_and(|remainder| (12 + 3 * remainder) % 97 == key),
        Err(_) => passes_with_letters(key, siren).unwrap_or_default(),
    }
}

fn passes_with_letters(key: &str, siren: &str) -> Option<bool> {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut values = key.chars().map(|letter| ALPHABET.find(letter).map(|at| at as u64));
    let (first, second) = (values.next()??, values.next()??);
    let sum = if first < 10 { first * 24 + second - 10 } else { (first * 34 + second).checked_sub(100)? };
    let siren: u64 = siren.parse().ok()?;
    Some(sum % 11 == (siren + sum / 11 + 1) % 11)
}
