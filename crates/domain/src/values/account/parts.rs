//! Accounts that are printed as two numbers, each with its caption: the bank's or branch's, then the account's own.

use crate::values::scan::digits;

/// The captions of a branch's number, by their beginnings, and its possible lengths: Denmark's
/// registration number, Sweden's clearing number, Britain's and Ireland's sort code.
const BRANCHES: [(&str, &[usize]); 3] = [("reg", &[4]), ("clearing", &[4, 5]), ("sort", &[6])];

/// The captions of an account's own number, by their beginnings.
const ACCOUNTS: [&str; 4] = ["konto", "kto", "acc", "a/c"];

/// The digits of both numbers, of a text like `Reg. 4955 Konto 12345678`; `None` for other texts.
pub(super) fn joined(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let (_, lengths) = BRANCHES.iter().find(|(caption, _)| lower.starts_with(caption))?;
    let (first, caption, rest) = split_at_caption(&lower)?;
    let (branch, own) = (digits(first), digits(rest));
    let is_account = ACCOUNTS.iter().any(|word| caption.starts_with(word));
    (is_account && lengths.contains(&branch.len()) && (1..=10).contains(&own.len())).then(|| branch + &own)
}

/// The text before the second caption, the caption, and the number after it, which contains no
/// further letters.
fn split_at_caption(text: &str) -> Option<(&str, &str, &str)> {
    let first_digit = text.find(|letter: char| letter.is_ascii_digit())?;
    let caption = first_digit + text.get(first_digit..)?.find(char::is_alphabetic)?;
    let (before, rest) = text.split_at_checked(caption)?;
    let number = rest.find(|letter: char| letter.is_ascii_digit())?;
    let (caption, number) = rest.split_at_checked(number)?;
    (!number.contains(char::is_alphabetic)).then_some((before, caption, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_are_joined() {
        for (text, account) in [
            ("Reg. 4955 Konto 12345678", Some("495512345678")),
            ("Reg.nr.: 4955 Kontonr.: 0012345678", Some("49550012345678")),
            ("Reg.nr. 4955 / kontonummer 12 34 56 78", Some("495512345678")),
            ("Clearing 8327-9 Konto 123 456 789", Some("83279123456789")),
            ("Sort code: 20-00-00 Account no: 55779911", Some("20000055779911")),
            ("Reg. 495 Konto 12345678", None),
            ("Konto 12345678", None),
            ("Reg. 4955", None),
            ("Reg. 4955 Konto 12345678 IBAN", None),
            ("Reg. 4955 Telefon 12345678", None),
        ] {
            assert_eq!(joined(text).as_deref(), account, "{text}");
        }
    }
}
