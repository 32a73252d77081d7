//! Small text functions that several kinds of values share.

use super::ParseValueError;
use crate::hidden::visible;

/// The ASCII digits of a text, in order.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Letters and digits of a text in upper case, ASCII only.
pub(super) fn alphanumeric(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Whether a text is made of ASCII digits, and is not empty.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Applies a step repeatedly until it removes nothing more. A value's normal form is not changed by
/// such a step.
pub(super) fn settled<'a>(mut text: &'a str, step: impl Fn(&'a str) -> &'a str) -> &'a str {
    loop {
        let rest = step(text);
        if rest.len() == text.len() {
            return text;
        }
        text = rest;
    }
}

/// The text after its printed caption: the text after the last colon, unless the colon belongs to
/// the value (`AB:12`), and without surrounding number signs and brackets.
pub(super) fn without_caption(text: &str) -> &str {
    settled(text, without_one_caption)
}

fn without_one_caption(text: &str) -> &str {
    let text = text.trim();
    let text = match text.rsplit_once(':') {
        Some((caption, value)) if value.chars().any(char::is_alphanumeric) && is_caption(caption, value) => {
            value
        }
        _ => text,
    };
    let text =
        text.trim_matches(|letter: char| letter.is_whitespace() || ".,;:|*•·()[]–—#№\"'".contains(letter));
    without_number_word(text)
}

/// A colon between capitals or digits without a space is part of a number; any other colon ends a
/// caption, unless no digits would be left.
fn is_caption(caption: &str, value: &str) -> bool {
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if has_digit(caption) && !has_digit(value) {
        return false;
    }
    value.starts_with(char::is_whitespace)
        || !value.starts_with(|letter: char| letter.is_ascii_digit())
        || !caption.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
        || caption.chars().count() > 6
}

/// Removes one leading word for "number" ("Nr.", "No", "N°").
fn without_number_word(text: &str) -> &str {
    const WORDS: [&str; 9] = ["nr.", "no.", "n°", "nº", "nr", "no", "nro", "num.", "number"];
    let Some((first, rest)) = text.split_once(char::is_whitespace) else { return text };
    let first = first.to_lowercase();
    if WORDS.contains(&first.as_str()) && rest.contains(|letter: char| letter.is_ascii_digit()) {
        rest.trim_start()
    } else {
        text
    }
}

/// The unchanged text, if it contains at least `least` digits.
pub(super) fn with_digits<'a>(
    text: &'a str,
    least: usize,
    expected: &'static str,
) -> Result<&'a str, ParseValueError> {
    if text.bytes().filter(u8::is_ascii_digit).count() >= least {
        Ok(text)
    } else {
        Err(ParseValueError::new(text, expected))
    }
}

/// Single spaces between words, none around them, and no invisible characters.
pub(super) fn single_spaced(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
