//! The register of a number: determined by the number's own letters, a word before it, or the
//! document's country.

use super::CountryCode;
use crate::values::scan::alphanumeric;

/// Words before a number that are not part of it, with their country; `None` if several countries
/// use the word.
const CAPTIONS: [(&str, Option<&str>); 22] = [
    ("CVR", Some("DK")),
    ("SIREN", Some("FR")),
    ("SIRET", Some("FR")),
    ("KVK", Some("NL")),
    ("NIP", Some("PL")),
    ("REGON", Some("PL")),
    ("KRS", Some("PL")),
    ("NIPC", Some("PT")),
    ("EIK", Some("BG")),
    ("ЕИК", Some("BG")),
    ("БУЛСТАТ", Some("BG")),
    ("OIB", Some("HR")),
    ("MBS", Some("HR")),
    ("ΓΕΜΗ", Some("GR")),
    ("ΑΦΜ", Some("GR")),
    ("CRO", Some("IE")),
    ("CUI", Some("RO")),
    ("IČO", None),
    ("ICO", None),
    ("CIF", None),
    ("NIF", None),
    ("RCS", None),
];

/// Letters that occur only in the numbers of one country's register.
const LETTERS: [(&str, &str); 7] =
    [("HRA", "DE"), ("HRB", "DE"), ("GNR", "DE"), ("FN", "AT"), ("CHE", "CH"), ("FL", "LI"), ("HE", "CY")];

/// A number in its register's form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Registered {
    /// The register's country.
    pub country: CountryCode,
    /// Its capitals and digits, without captions and separators.
    pub number: String,
}

/// The register of a number; `None` when it is unknown, or when the number contains letters that no
/// register here uses.
pub(super) fn registered(printed: &str, country: Option<CountryCode>) -> Option<Registered> {
    let word_end = printed.find(|letter: char| !letter.is_alphabetic()).unwrap_or(printed.len());
    let (word, rest) = printed.split_at_checked(word_end)?;
    let word = word.to_uppercase();
    let of = |country, text: &str| {
        let is_plain = text.chars().all(|letter| letter.is_ascii() || !letter.is_alphabetic());
        is_plain.then(|| Registered { country, number: alphanumeric(text) })
    };
    if let Some((_, known)) = CAPTIONS.iter().find(|(caption, _)| *caption == word) {
        return of(known.and_then(|code| CountryCode::parse(code).ok()).or(country)?, rest);
    }
    if let Some((_, known)) = LETTERS.iter().find(|(letters, _)| *letters == word) {
        return of(CountryCode::parse(known).ok()?, printed);
    }
    let country = country?;
    of(country, if word == country.as_str() { rest } else { printed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_captions_determine_the_register() {
        let country = |code| CountryCode::parse(code).unwrap();
        for (printed, document, register, number) in [
            ("HRB 4711", Some("AT"), "DE", "HRB4711"),
            ("FN 56247t", None, "AT", "FN56247T"),
            ("CHE-107.787.577", Some("SE"), "CH", "CHE107787577"),
            ("CVR 13585628", None, "DK", "13585628"),
            ("CVR-nr 13585628", Some("DK"), "DK", "NR13585628"),
            ("IČO 25123891", Some("SK"), "SK", "25123891"),
            ("ΓΕΜΗ 000347601000", None, "GR", "000347601000"),
            ("DK 13585628", Some("DK"), "DK", "13585628"),
            ("FI-1234567", Some("IT"), "IT", "FI1234567"),
        ] {
            let expected = Registered { country: country(register), number: number.to_owned() };
            assert_eq!(registered(printed, document.map(country)), Some(expected), "{printed}");
        }
        assert_eq!(registered("25123891", None), None);
        assert_eq!(registered("ООД 123456", Some(country("BG"))), None);
    }
}
