//! When a predicted value counts as the true one, field by field.
//!
//! Rules: dates compare as ISO dates, amounts as absolute decimals, identifiers without blanks and
//! punctuation, names, addresses and texts by similarity after case folding. What is compared are normal forms.

use fieldmark_domain::field::{Field, FieldKind};
use unicode_normalization::UnicodeNormalization as _;

use crate::amount::hundredths;
use crate::similarity::ratio;

/// Names that are at least so alike are the same name.
const SAME_NAME: f64 = 0.9;

/// Whether `value` is the true value of the field of this name.
pub fn same(field: &str, truth: &str, value: &str) -> bool {
    match field.parse::<Field>().map(Field::kind) {
        Ok(FieldKind::Money) => hundredths(truth).is_some_and(|amount| hundredths(value) == Some(amount)),
        Ok(FieldKind::Date) => truth.chars().take(10).eq(value.chars().take(10)),
        Ok(FieldKind::Name | FieldKind::Address | FieldKind::Text) => {
            same_name(&folded_name(truth), &folded_name(value))
        }
        _ => {
            let truth = folded_identifier(truth);
            !truth.is_empty() && truth == folded_identifier(value)
        }
    }
}

/// Whether one text is a part of the other, blanks and punctuation aside: a span that is cut short or goes too far.
pub fn overlap(truth: &str, value: &str) -> bool {
    let bare =
        |text: &str| -> String { folded(text).chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let (truth, value) = (bare(truth), bare(value));
    !truth.is_empty() && !value.is_empty() && (truth.contains(&value) || value.contains(&truth))
}

fn same_name(truth: &str, value: &str) -> bool {
    !truth.is_empty() && !value.is_empty() && (truth == value || ratio(truth, value) >= SAME_NAME)
}

fn folded(text: &str) -> String {
    let compatible: String = text.nfkc().collect();
    caseless::default_case_fold_str(&compatible)
}

fn folded_identifier(text: &str) -> String {
    folded(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

fn folded_name(text: &str) -> String {
    let is_of_a_word = |character: char| character.is_alphanumeric() || character == '_';
    let folded = folded(text);
    let words: Vec<&str> =
        folded.split(|character| !is_of_a_word(character)).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_compare_without_sign_and_trailing_noughts() {
        assert!(same("total_gross", "1250.00", "-1250"));
        assert!(!same("total_gross", "1250.00", "1250.01"));
        assert!(!same("total_gross", "unreadable", "unreadable"));
    }

    #[test]
    fn dates_compare_by_their_day() {
        assert!(same("due_date", "2023-05-31", "2023-05-31T00:00:00Z"));
        assert!(!same("due_date", "2023-05-31", "2023-05-30"));
    }

    #[test]
    fn identifiers_compare_by_their_letters_and_digits() {
        assert!(same("invoice_number", "RE-2023/1187", "re 20231187"));
        assert!(same("supplier_iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"));
        assert!(same("order_number", "Straße１", "STRASSE1"));
        assert!(!same("invoice_number", "—", "—"));
    }

    #[test]
    fn names_compare_by_similarity() {
        assert!(same("supplier_name", "Muster GmbH & Co. KG", "MUSTER GmbH & Co KG"));
        assert!(same("supplier_name", "Nordisk Kontorsvaror AB", "Nordisk Kontorsvarar AB"));
        assert!(!same("supplier_name", "Nordisk AB", "Sydisk Handel AB"));
        assert!(!same("supplier_name", "…", "…"));
    }

    #[test]
    fn fields_of_one_kind_compare_alike() {
        assert!(same("rounding", "0.40", "-0.4"));
        assert!(same("service_end", "2024-01-31", "2024-01-31"));
        assert!(same("supplier_address", "Storgatan 1, 123 45 Ort", "STORGATAN 1 12345 ORT"));
        assert!(!same("supplier_address", "Storgatan 1, 123 45 Ort", "Lillgatan 9"));
        assert!(!same("a_field_unknown", "1.00", "-1.0"));
    }

    #[test]
    fn what_is_cut_short_overlaps() {
        assert!(overlap("Tallåker Elservice Ekonomisk förening", "Elservice Ekonomisk"));
        assert!(overlap("SE45 5000", "SE455000 0000"));
        assert!(!overlap("Tallåker", "Elservice"));
        assert!(!overlap("", "Elservice"));
    }
}
