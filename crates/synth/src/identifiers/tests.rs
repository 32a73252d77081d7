//! Published numbers pass, drawn numbers pass, and printed forms have the intended normal form.

use super::check_digits::{
    digits_of, iso_check_digits, luhn, modulus_11, modulus_11_10, modulus_97, recursive_modulus_10,
    weighted_sum, weights_7_3_1,
};
use super::*;
use crate::locale::Locale;
use fieldmark_domain::field::FieldKind;
use fieldmark_domain::values::{CountryCode, FieldValue};

fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether a number passes the rule of its country.
fn is_valid(country: &str, normal: &str) -> bool {
    let digits: String = digits_of(normal).filter_map(|digit| char::from_digit(digit, 10)).collect();
    let (payload, last) = digits.split_at(digits.len().saturating_sub(1));
    let last: u32 = last.parse().unwrap_or(99);
    match country {
        "SE" | "FR" => luhn(payload) == last,
        "ES" => luhn(payload) == last && normal.len() == 9,
        "NO" => modulus_11(payload) == Some(last),
        "DK" => weighted_sum(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "FI" => weighted_sum(&digits, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
        "CH" => weighted_sum(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 1]).is_multiple_of(11),
        "BE" => {
            (digits[..8].parse::<u32>().unwrap() + digits[8..].parse::<u32>().unwrap()).is_multiple_of(97)
        }
        "AU" => {
            let first: u32 = digits[..1].parse().unwrap();
            let lessened = format!("{}{}", first - 1, &digits[1..]);
            weighted_sum(&lessened, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]).is_multiple_of(89)
        }
        _ => !normal.is_empty(),
    }
}

#[test]
fn published_numbers_have_these_check_digits() {
    // A bankgiro of the Swedish tax agency, a Finnish example reference, the IBAN registry's British example.
    assert_eq!(luhn("5050105"), 5);
    assert_eq!(weights_7_3_1("123456"), 1);
    assert_eq!(iso_check_digits("GB", "NWBK60161331926819"), "29");
    // The ISO 11649 example RF18 5390 0754 7034, and the German example DE136695976.
    assert_eq!(iso_check_digits("RF", "539007547034"), "18");
    assert_eq!(modulus_11_10("13669597"), 6);
    // The example reference of the Swiss implementation guidelines.
    assert_eq!(recursive_modulus_10("21000000000313947143000901"), 7);
    // The Norwegian example account 8601 11 17947.
    assert_eq!(modulus_11("8601111794"), Some(7));
}

#[test]
fn every_drawn_number_passes_its_own_rule() {
    for index in 0..400 {
        let mut dice = Dice::new(11, index);
        for country in Locale::all().map(Locale::country) {
            let organisation = organisation_number(country, &mut dice);
            assert!(is_valid(country, &organisation.normal), "{country} {organisation:?}");
            if let Some(iban) = iban(country, &mut dice) {
                let (start, body) = iban.normal.split_at(4);
                assert_eq!(modulus_97(&format!("{body}{start}")), 1, "{iban:?}");
                assert!(iban.prints.iter().all(|print| bare(print) == iban.normal));
            }
            if let Some(vat) = vat_number(country, Some(&organisation), &mut dice) {
                assert!(vat.prints.iter().all(|print| vat.normal.contains(&bare(print))), "{vat:?}");
            }
        }
        for giro in [bankgiro(&mut dice), plusgiro(&mut dice)] {
            let (payload, check) = giro.normal.split_at(giro.normal.len() - 1);
            assert_eq!(luhn(payload).to_string(), check);
        }
    }
}

/// The checks of a value in its country that fail.
fn failed(kind: FieldKind, normal: &str, country: &str) -> Vec<String> {
    let value = FieldValue::parse_stated(kind, normal).unwrap();
    let checks = value.checks(CountryCode::parse(country).ok());
    checks.into_iter().filter(|check| !check.passed).map(|check| format!("{normal}: {check:?}")).collect()
}

#[test]
fn drawn_numbers_pass_the_checks_of_the_reader() {
    for index in 0..200 {
        let mut dice = Dice::new(13, index);
        for country in Locale::all().map(Locale::country) {
            let organisation = organisation_number(country, &mut dice);
            let vat = vat_number(country, Some(&organisation), &mut dice);
            let reference = payment_reference(country, "F-1234", &mut dice).identifier;
            let account = domestic_account(country, &mut dice);
            let iban = iban(country, &mut dice);
            for (kind, number) in [
                (FieldKind::OrgNumber, Some(&organisation)),
                (FieldKind::VatId, vat.as_ref()),
                (FieldKind::PaymentReference, Some(&reference)),
                (FieldKind::Account, Some(&account)),
                (FieldKind::Iban, iban.as_ref()),
            ] {
                let failed = number.map(|number| failed(kind, &number.normal, country)).unwrap_or_default();
                assert!(failed.is_empty(), "{country} {kind:?} {failed:?}");
            }
        }
    }
}

#[test]
fn references_pass_their_banks_rules() {
    for index in 0..400 {
        let mut dice = Dice::new(12, index);
        let last = |text: &str| text[text.len() - 1..].parse::<u32>().unwrap();
        let payload = |text: &str| text[..text.len() - 1].to_owned();
        let swedish = payment_reference("SE", "F-1234", &mut dice).identifier.normal;
        assert_eq!(luhn(&payload(&swedish)), last(&swedish));
        let norwegian = payment_reference("NO", "77123", &mut dice).identifier.normal;
        let checks = [Some(luhn(&payload(&norwegian))), modulus_11(&payload(&norwegian))];
        assert!(checks.contains(&Some(last(&norwegian))));
        let finnish = payment_reference("FI", "2024-100", &mut dice).identifier.normal;
        assert!(finnish.starts_with("RF") || weights_7_3_1(&payload(&finnish)) == last(&finnish));
        let swiss = payment_reference("CH", "1", &mut dice).identifier.normal;
        assert_eq!((swiss.len(), recursive_modulus_10(&payload(&swiss))), (27, last(&swiss)));
        let (line, reference) = danish_payment_line(&mut dice);
        assert!(line.normal.contains(&reference.identifier.normal));
        assert_eq!(luhn(&payload(&reference.identifier.normal)), last(&reference.identifier.normal));
    }
}

#[test]
fn groups_are_counted_from_their_side() {
    assert_eq!(grouped("12345", 2, " "), "12 34 5");
    assert_eq!(grouped_from_right("12345", 2, " "), "1 23 45");
    assert_eq!(grouped_by("5560360793", &[6], "-"), "556036-0793");
}

#[test]
fn a_finnish_barcode_has_54_digits() {
    let due = jiff::civil::date(2024, 6, 30);
    assert_eq!(virtual_barcode("FI2112345600000785", 12_345, "1232", due).len(), 54);
}
