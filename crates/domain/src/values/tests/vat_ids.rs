//! VAT numbers as printed by companies and descriptions of the rules. Each passes; with another
//! check digit it fails.

use crate::check::Check;
use crate::values::{CountryCode, VatId};

fn passed(text: &str) -> Vec<bool> {
    VatId::parse(text, None).unwrap().checks().iter().map(|check| check.passed).collect()
}

/// Number, and the position of its check digit from the right.
const PUBLISHED: &[(&str, usize)] = &[
    ("ATU13585627", 0),
    ("BE0202239951", 0),
    ("BE0403170701", 0),
    // The same number in its form before 2005.
    ("BE403170701", 0),
    ("BG131129282", 0),
    ("CHE107787577IVA", 3),
    ("CHE100155212MWST", 4),
    ("CHE107787577VAT", 3),
    ("CHE-107.787.577 HR/MWST", 8),
    ("CY10259033P", 0),
    ("CZ25123891", 0),
    ("DE136695976", 0),
    ("DK13585628", 0),
    ("EE100931558", 0),
    ("EL094259216", 0),
    ("GR094259216", 0),
    ("ESB58378431", 0),
    ("ESA28015865", 0),
    ("ESQ2826000H", 0),
    // A company that is not resident, whose control character is a letter.
    ("ESA0011012B", 0),
    ("FI20774740", 0),
    ("FR40303265045", 9),
    ("FR83404833048", 9),
    // A key with a letter.
    ("FRK7399859412", 0),
    ("GB980780684", 0),
    ("GB980780684001", 3),
    ("XI980780684", 0),
    ("HR33392005961", 0),
    ("HU12892312", 0),
    ("IE6433435F", 0),
    ("IE6433435OA", 1),
    ("IE8D79739I", 0),
    ("IE8+79739I", 0),
    ("IE8*79739I", 0),
    ("IT00743110157", 0),
    ("LT119511515", 0),
    ("LT100001919017", 0),
    ("LU15027442", 0),
    ("LV40003521600", 0),
    ("MT11679112", 0),
    ("NL004495445B01", 3),
    // A sole trader's number in the form since 2020: it fails the eleven-test and passes MOD 97-10.
    ("NL000099998B57", 0),
    ("NO995525828MVA", 3),
    ("PL8567346215", 0),
    ("PT501964843", 0),
    ("RO18547290", 0),
    ("SE556016068001", 2),
    ("SE202100548901", 2),
    ("SI50223054", 0),
    ("SK2022749619", 0),
];

#[test]
fn published_numbers_pass_and_their_neighbours_fail() {
    for (number, place) in PUBLISHED {
        assert_eq!(passed(number), [true, true], "{number}");
        let mut letters: Vec<char> = number.chars().collect();
        let at = letters.len() - 1 - place;
        letters[at] = match letters[at] {
            '9' => '0',
            letter => char::from_u32(letter as u32 + 1).unwrap(),
        };
        let neighbour: String = letters.into_iter().collect();
        assert_eq!(passed(&neighbour), [true, false], "{neighbour}");
    }
}

#[test]
fn shapes_are_those_of_the_country() {
    for number in [
        "ATX13585627",
        "BE2202239951",
        "BE003170701",
        "GR09425921",
        "GR094259216B",
        "SM1234567",
        "SM123456",
        "DE12345678",
        "DK135856281",
        "ES583784311",
        "FR4030326504",
        "GB98078068",
        "IE64334350",
        "LT1195115155",
        "NL004495445C01",
        "SE5560160680",
        "NO995525828AB",
        "CHE10778757",
        "CHE107787577HR",
    ] {
        assert_eq!(passed(number), [false], "{number}");
    }
    // The last is a Latvian person's.
    for number in ["IS12345", "IS123456", "EU372000041", "LV01018012345", "SM12345"] {
        assert_eq!(passed(number), [true], "{number}");
    }
    assert_eq!(passed("12345678"), [] as [bool; 0]);
}

#[test]
fn authorities_and_persons_have_schemes_of_their_own() {
    for (number, right) in [
        ("GBGD001", true),
        ("GBGD500", false),
        ("GBHA500", true),
        ("GBHA499", false),
        // Birth numbers: of ten digits by 11, of nine without a check digit.
        ("CZ7103192745", true),
        ("CZ7103192746", false),
        ("CZ395601439", true),
        ("CZ999601439", false),
        ("BG7523169263", true),
        ("BG7523169264", false),
        ("ESX1234567L", true),
        ("ESX1234567M", false),
        ("ES12345678Z", true),
        // A public body's control character can only be a letter.
        ("ESQ28260008", false),
        // K, L and M before a person's seven digits are ignored.
        ("ESK1234567L", true),
        ("ESK1234567M", false),
        ("SE202100548900", false),
    ] {
        assert_eq!(
            VatId::parse(number, None).unwrap().checks().last(),
            Some(&Check::new("vat_id_check_digit", right)),
            "{number}"
        );
    }
}

#[test]
fn the_country_is_the_prefixs() {
    for (number, country) in [
        ("NO912345678MVA", Some("NO")),
        ("EL094259216", Some("GR")),
        ("GR094259216", Some("GR")),
        ("SM12345", Some("SM")),
        ("XI980780684", Some("GB")),
        ("CHE107787577", Some("CH")),
        ("EU372000041", None),
        ("98078068400", None),
    ] {
        let found = VatId::parse(number, None).unwrap().country();
        assert_eq!(found, country.and_then(|code| CountryCode::parse(code).ok()), "{number}");
    }
}
