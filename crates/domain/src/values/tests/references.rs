//! Examples of references from the banks' rules, or calculated by hand from these. Each passes;
//! with another last digit it fails.

use proptest::prelude::*;

use crate::check::Check;
use crate::values::{CountryCode, PaymentReference, luhn_digit};

fn checks(text: &str, country: &str) -> Vec<Check> {
    PaymentReference::parse(text).unwrap().checks(CountryCode::parse(country).ok())
}

/// Country (`-` for none), reference, and the name of its check.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("-", "RF18 5390 0754 7034", "reference_iso_11649"),
    ("DE", "RF471234567890", "reference_iso_11649"),
    // Its national part is 1234561.
    ("FI", "RF34 1234 561", "reference_iso_11649"),
    ("SE", "1234 5678 97", "ocr_luhn"),
    ("NO", "1234567897", "kid_check_digit"),
    ("NO", "12345678911", "kid_check_digit"),
    ("DK", "+71<123456789012347", "fik_modulus_10"),
    ("FI", "1234 561", "reference_7_3_1"),
    ("EE", "1234561", "reference_7_3_1"),
    ("BE", "+++090/9337/55493+++", "reference_modulus_97"),
    ("CH", "21 00000 00003 13947 14300 09017", "reference_recursive_modulus_10"),
    ("-", "210000000003139471430009017", "reference_recursive_modulus_10"),
    ("SI", "SI12 1236", "reference_si_model"),
];

#[test]
fn references_pass_and_their_neighbours_fail() {
    for (country, reference, name) in EXAMPLES {
        assert!(checks(reference, country).iter().all(|check| check.passed), "{country} {reference}");
        let plain = PaymentReference::parse(reference).unwrap().to_string();
        let (head, last) = plain.split_at(plain.len() - 1);
        let neighbour = format!("{head}{}", (last.parse::<u32>().unwrap() + 1) % 10);
        assert_eq!(checks(&neighbour, country).first(), Some(&Check::new(name, false)), "{neighbour}");
    }
}

#[test]
fn the_country_or_the_shape_determines_the_system() {
    for (country, reference) in [
        ("-", "1234567897"),
        ("PL", "1234567897"),
        ("DE", "2024-117"),
        ("DK", "12345"),
        ("BE", "12345"),
        ("SE", "AB 12"),
    ] {
        assert_eq!(checks(reference, country), [], "{country} {reference}");
    }
    assert_eq!(checks("+++000/0000/00097+++", "BE"), [Check::new("reference_modulus_97", true)]);
    assert_eq!(checks("+++000/0000/00000+++", "BE"), [Check::new("reference_modulus_97", false)]);
    assert_eq!(checks("RF34 1234 561", "FI").last(), Some(&Check::new("reference_7_3_1", true)));
}

#[test]
fn a_norwegian_remainder_of_ten_is_a_hyphen() {
    // 6·2 = 12, whose remainder 1 requires the check digit 10.
    assert_eq!(checks("6-", "NO"), [Check::new("kid_check_digit", true)]);
    assert_eq!(checks("7-", "NO"), [Check::new("kid_check_digit", false)]);
    assert_eq!(checks("6-", "SE"), []);
}

fn changed(reference: &str, place: usize, shift: u8) -> String {
    let mut bytes = reference.as_bytes().to_vec();
    let place = place % bytes.len();
    bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_ocr_number_with_length_digit_passes(payload in "[0-9]{3,20}") {
        let with_length = format!("{payload}{}", (payload.len() + 2) % 10);
        let ocr = format!("{with_length}{}", luhn_digit(&with_length));
        let passed = [Check::new("ocr_luhn", true), Check::new("ocr_length_digit", true)];
        prop_assert_eq!(checks(&ocr, "SE"), passed);
    }

    #[test]
    fn any_changed_digit_is_noticed(payload in "[0-9]{26}", place in 0usize..27, shift in 1u8..10, system in 0usize..5) {
        let (country, length) = [("FI", 12), ("EE", 7), ("DK", 14), ("CH", 26), ("BE", 10)][system];
        let passes = |text: &str| checks(text, country).first().is_some_and(|check| check.passed);
        let last = if country == "BE" { 0..=97 } else { 0..=9 };
        let width = if country == "BE" { 2 } else { 1 };
        let right = last.map(|check| format!("{}{check:0width$}", &payload[..length])).find(|text| passes(text)).unwrap();
        prop_assert!(!passes(&changed(&right, place, shift)), "{right}");
    }
}
