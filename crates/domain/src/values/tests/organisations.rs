//! Organisation numbers as printed by registers, companies and descriptions of the rules. Each
//! passes; with another check digit it fails.

use crate::check::Check;
use crate::values::{CountryCode, OrgNumber};

fn checks(text: &str, country: &str) -> Vec<Check> {
    OrgNumber::parse(text).unwrap().checks(CountryCode::parse(country).ok())
}

/// Country (`-` for none), number, and the position of its check digit from the right.
const PUBLISHED: &[(&str, &str, usize)] = &[
    // Ericsson, Volvo, and the register itself, with the `16` of an organisation.
    ("SE", "556016-0680", 0),
    ("SE", "556012-5790", 0),
    ("SE", "16202100-5489", 0),
    ("NO", "923 609 016", 0),
    ("NO", "923 609 016 MVA", 4),
    ("DK", "13585628", 0),
    ("-", "CVR 47458714", 0),
    ("FI", "0112038-9", 0),
    // Electronic addresses that are based on it, with a unit and without.
    ("FI", "003701120389", 0),
    ("FI", "0037 0112038-9 12345", 6),
    ("FI", "FI00370112038901", 2),
    // Íslandsbanki.
    ("IS", "491008-0160", 1),
    ("AT", "FN 56247t", 0),
    ("-", "FN 93363z", 0),
    ("-", "CHE-107.787.577", 0),
    ("CH", "CHE-100.155.212", 0),
    ("BE", "0202.239.951", 0),
    ("BE", "202.239.951", 0),
    // The last two are La Poste's: one passes Luhn, the digits of the other sum to a multiple of five.
    ("FR", "552 032 534", 0),
    ("-", "SIREN 552032534", 0),
    ("FR", "356 000 000 00048", 0),
    ("FR", "356 000 000 49837", 0),
    // Companies, a citizen, a foreigner, a public body.
    ("ES", "A28015865", 0),
    ("ES", "B-58378431", 0),
    ("ES", "12345678Z", 0),
    ("ES", "X1234567L", 0),
    ("ES", "Q2826000H", 0),
    ("PT", "501 964 843", 0),
    ("IT", "00743110157", 0),
    ("IT", "RSSMRA85T10A562S", 0),
    ("PL", "856-734-62-15", 0),
    // A REGON.
    ("PL", "610188201", 0),
    ("CZ", "00177041", 0),
    ("CZ", "IČO 25123891", 0),
    // Slovak Telekom.
    ("SK", "35 763 469", 0),
    ("HU", "10625790-4-44", 5),
    ("HU", "12892312", 0),
    ("RO", "RO 18547290", 0),
    ("RO", "1590082", 0),
    // Kaufland.
    ("BG", "ЕИК 131129282", 0),
    ("GR", "094259216", 0),
    ("HR", "33392005961", 0),
    ("SI", "5043611000", 3),
    ("SI", "5025796", 0),
    ("EE", "10421629", 0),
    ("EE", "10060701", 0),
    // Latvenergo.
    ("LV", "40003032949", 0),
    ("LT", "121215587", 0),
];

#[test]
fn published_numbers_pass_and_their_neighbours_fail() {
    for (country, number, place) in PUBLISHED {
        let passed = [Check::new("org_number_shape", true), Check::new("org_number_check_digit", true)];
        assert_eq!(checks(number, country), passed, "{country} {number}");
        let mut letters: Vec<char> = number.chars().collect();
        let at = letters.len() - 1 - place;
        letters[at] = match letters[at] {
            '9' => '0',
            'Z' | 'z' => 'a',
            letter => char::from_u32(letter as u32 + 1).unwrap(),
        };
        let neighbour: String = letters.into_iter().collect();
        assert_eq!(
            checks(&neighbour, country).last(),
            Some(&Check::new("org_number_check_digit", false)),
            "{neighbour}"
        );
    }
}

#[test]
fn registers_without_check_digits_have_a_shape() {
    for (country, number) in [
        ("DE", "HRB 6684"),
        ("-", "HRB 12345 B"),
        ("-", "GnR 412"),
        ("DE", "VR 731"),
        ("NL", "33014286"),
        ("LU", "B 82454"),
        ("GB", "00102498"),
        ("GB", "SC095237"),
        ("IE", "104547"),
        ("MT", "C 2833"),
        ("-", "HE 165"),
        ("LI", "FL-0002.000.123-4"),
        ("-", "KRS 0000028860"),
        ("HR", "080000604"),
        ("GR", "ΓΕΜΗ 000347601000"),
        ("DK", "1003388394"),
        // Persons of Iceland: the register's example, its neighbour, and the first and the last day of a month.
        ("IS", "120160-3389"),
        ("IS", "120160-3379"),
        ("IS", "010180-1239"),
        ("IS", "310180-1239"),
    ] {
        assert_eq!(checks(number, country), [Check::new("org_number_shape", true)], "{country} {number}");
    }
}

#[test]
fn a_number_of_an_unknown_scheme_fails_nothing() {
    for (country, number) in [
        ("DE", "4711"),
        ("IT", "MI-1234567"),
        ("SE", "AB 12345"),
        ("FR", "12345"),
        ("US", "12-3456789"),
        ("-", "12345678"),
        ("GB", "123"),
        ("RO", "J40/302/1997"),
        // The location number of GS1's examples.
        ("SE", "0614141000012"),
        ("FI", "061 4141 00001 2"),
        // No day of a month, none to which 40 is added, and a number for use in systems only.
        ("IS", "000180-1239"),
        ("IS", "320180-1239"),
        ("IS", "810180-1239"),
    ] {
        assert_eq!(checks(number, country), [], "{country} {number}");
    }
    for (country, number) in [
        ("SE", "556016-068"),
        ("NO", "1234567"),
        ("DK", "1234567"),
        ("FI", "123456789"),
        ("SE", "0614141000013"),
        ("DK", "06141410000128"),
        ("FI", "00370112038"),
        ("FI", "003701120389123456"),
        ("FI", "003801120389"),
    ] {
        assert_eq!(checks(number, country), [Check::new("org_number_shape", false)], "{country} {number}");
    }
}
