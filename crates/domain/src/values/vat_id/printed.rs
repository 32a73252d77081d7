//! The characters of a VAT number in its printed form: removes captions, marks and spaces, and
//! unifies alternative forms. It does not know the document's country.

use crate::values::scan::{all_digits, alphanumeric, without_caption};
use crate::values::schemes::{Verdict, vat_ids_of, vat_prefix_of, verdict};

/// The number's capitals and digits, including a printed prefix.
pub(super) fn characters(text: &str) -> String {
    let text = without_caption(text);
    irish_with_a_sign(text).unwrap_or_else(|| one_form(without_caption_letters(&alphanumeric(text))))
}

/// Whether a text is a German tax number (Steuernummer, `151/815/08156`), which is not a VAT
/// number: after its caption it has only digits, spaces and slashes.
pub(super) fn is_german_tax_number(text: &str) -> bool {
    let number = text.trim_start_matches(|letter: char| !letter.is_ascii_digit()).trim_end();
    let has_prefix = vat_prefix_of(&characters(text)).is_some();
    let is_of_it = |letter: char| letter.is_ascii_digit() || letter == '/' || letter.is_whitespace();
    !has_prefix && number.contains('/') && number.chars().all(is_of_it)
}

/// An Irish number of the older form whose second character is `+` or `*`, which is part of the
/// number.
fn irish_with_a_sign(text: &str) -> Option<String> {
    let belongs = |letter: &char| letter.is_ascii_alphanumeric() || "+*".contains(*letter);
    let signed: String = text.chars().filter(belongs).map(|letter| letter.to_ascii_uppercase()).collect();
    let (caption, number) = signed.split_at_checked(signed.len().checked_sub("IE#+#####@".len())?)?;
    let body = number.strip_prefix("IE").filter(|body| body.contains(['+', '*']))?;
    let is_number = caption.bytes().all(|byte| byte.is_ascii_uppercase())
        && verdict(vat_ids_of("IE"), body) != Verdict::Unknown;
    is_number.then(|| number.to_owned())
}

/// The number without letters of a caption directly before it: without the text before a known
/// prefix or the first digit.
fn without_caption_letters(plain: &str) -> &str {
    let first_digit = plain.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    if first_digit <= 4 {
        return plain;
    }
    // An Austrian "U", a Swiss "CHE", a Spanish or Irish letter may precede the first digit.
    (2..=3)
        .rev()
        .filter_map(|length| plain.get(first_digit.checked_sub(length)?..))
        .find(|rest| vat_prefix_of(rest).is_some())
        .or_else(|| plain.get(first_digit..))
        .unwrap_or(plain)
}

/// Greece's prefix is `EL`, although many print the country code; Switzerland's `HR/MWST` means
/// that the number is also in the commercial register (HR).
fn one_form(plain: &str) -> String {
    let greek = plain.strip_prefix("GR").filter(|body| all_digits(body));
    let registered =
        plain.strip_suffix("HRMWST").filter(|number| number.strip_prefix("CHE").is_some_and(all_digits));
    match (greek, registered) {
        (Some(body), _) => format!("EL{body}"),
        (_, Some(number)) => format!("{number}MWST"),
        (None, None) => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_in_several_forms_has_one() {
        for (text, number) in [
            ("GR 094259216", "EL094259216"),
            ("VAT No GR094259216", "EL094259216"),
            ("GR 094259216 B", "GR094259216B"),
            ("CHE-107.787.577 HR/MWST", "CHE107787577MWST"),
            ("CHE-107.787.577 VAT", "CHE107787577VAT"),
            ("CHEHRMWST", "CHEHRMWST"),
            ("IE 8+79739 I", "IE8+79739I"),
            ("VAT Reg. IE8*79739I", "IE8*79739I"),
            ("IE 6433435F +", "IE6433435F"),
            ("+353 1 6433435", "35316433435"),
        ] {
            assert_eq!(characters(text), number, "{text}");
        }
    }

    #[test]
    fn a_tax_number_has_slashes_and_no_prefix() {
        for text in ["151/815/08156", "Steuernummer 151/815/08156", "St.-Nr.: 93815 / 08152 "] {
            assert!(is_german_tax_number(text), "{text}");
        }
        for text in ["151 815 08156", "DE 136/695/976", "151/815/08156 A", "15181508156", "/", ""] {
            assert!(!is_german_tax_number(text), "{text}");
        }
    }
}
