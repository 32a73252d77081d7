//! The systems of references: which digits of a reference the banks of a country check.

use crate::check::Check;
use crate::values::CountryCode;
use crate::values::check_digits::{
    modulus_97, passes_7_3_1, passes_luhn, passes_modulus_11, passes_recursive_modulus_10,
};
use crate::values::scan::all_digits;

/// The checks of a reference's own system; empty when neither its shape nor the country determines
/// the system.
pub(super) fn checks(reference: &str, country: Option<CountryCode>) -> Vec<Check> {
    let code = country.as_ref().map_or("", CountryCode::as_str);
    if reference.starts_with("RF") {
        return creditor_reference(reference, code);
    }
    if let Some(passed) = super::slovenian::passes(reference) {
        return vec![Check::new("reference_si_model", passed)];
    }
    let is_kid = code == "NO" && reference.strip_suffix('-').is_some_and(all_digits);
    if !all_digits(reference) && !is_kid {
        return Vec::new();
    }
    match (code, reference.len()) {
        // Only Swiss references have this length.
        (_, 27) => vec![Check::new("reference_recursive_modulus_10", passes_recursive_modulus_10(reference))],
        ("SE", 2..=25) => ocr(reference),
        ("NO", 2..=25) => {
            vec![Check::new("kid_check_digit", passes_luhn(reference) || passes_modulus_11(reference))]
        }
        ("DK", 15 | 16) => vec![Check::new("fik_modulus_10", passes_luhn(reference))],
        ("FI", 4..=20) | ("EE", 2..=20) => vec![Check::new("reference_7_3_1", passes_7_3_1(reference))],
        ("BE", 12) => vec![Check::new("reference_modulus_97", is_structured_communication(reference))],
        _ => Vec::new(),
    }
}

/// Sweden (Bankgirot): a Luhn check digit. The digit before it may be the whole length modulo ten
/// (OCR level 4); because suppliers may also use references without it, that check is only added if
/// it passes.
fn ocr(reference: &str) -> Vec<Check> {
    let mut checks = vec![Check::new("ocr_luhn", passes_luhn(reference))];
    let length_digit = reference.bytes().rev().nth(1).map(|byte| usize::from(byte - b'0'));
    if length_digit == Some(reference.len() % 10) {
        checks.push(Check::new("ocr_length_digit", true));
    }
    checks
}

/// ISO 11649: the four leading characters are moved to the end, and the remainder modulo 97 is 1.
/// In Finland the rest is a reference with its own check digit (Finance Finland).
fn creditor_reference(reference: &str, country: &str) -> Vec<Check> {
    let Some((head, body)) = reference.split_at_checked(4) else {
        return vec![Check::new("reference_iso_11649", false)];
    };
    let passed = (5..=25).contains(&reference.len()) && modulus_97(&format!("{body}{head}")) == Some(1);
    let mut checks = vec![Check::new("reference_iso_11649", passed)];
    let national = body.trim_start_matches('0');
    if country == "FI" && all_digits(national) && (4..=20).contains(&national.len()) {
        checks.push(Check::new("reference_7_3_1", passes_7_3_1(national)));
    }
    checks
}

/// Belgium (Febelfin): the last two of twelve digits are the remainder of the others by 97, and 97
/// instead of 0.
fn is_structured_communication(reference: &str) -> bool {
    let Some((payload, check)) = reference.split_at_checked(10) else { return false };
    let wanted = modulus_97(payload).map(|remainder| if remainder == 0 { 97 } else { remainder });
    wanted.is_some() && check.parse::<u32>().ok() == wanted
}
