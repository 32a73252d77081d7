//! When a predicted value counts as the true one, field by field.
//!
//! Rules: dates compare as ISO dates, amounts as absolute decimals, identifiers without blanks and
//! punctuation, names by similarity after case folding. What is compared are normal forms.

use unicode_normalization::UnicodeNormalization as _;

use super::amount::hundredths;
use super::similarity::ratio;

/// Names that are at least so alike are the same name.
const SAME_NAME: f64 = 0.9;

/// Whether `value` is the true value of the field of this name.
pub fn same(field: &str, truth: &str, value: &str) -> bool {
    match field {
        "total_net" | "total_tax" | "total_gross" | "amount_due" => {
            hundredths(truth).is_some_and(|amount| hundredths(value) == Some(amount))
        }
        "invoice_date" | "due_date" | "delivery_date" => truth.chars().take(10).eq(value.chars().take(10)),
        "supplier_name" | "customer_name" => same_name(&folded_name(truth), &folded_name(value)),
        _ => {
            let truth = folded_identifier(truth);
            !truth.is_empty() && truth == folded_identifier(value)
        }
    }
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
}
