//! Check digits: the arithmetic that several kinds of numbers share.
//!
//! Knows nothing of the kinds of numbers; `schemes` and the values' own files say which rule a
//! number follows.

mod iso_7064;
mod luhn;
mod recursive;
mod weighted;

pub(super) use iso_7064::{modulus_97, passes_modulus_11_10};
pub use luhn::{luhn_digit, passes_luhn};
pub(super) use recursive::passes_recursive_modulus_10;
pub(super) use weighted::{is_multiple, passes_7_3_1, passes_modulus_11, weighted_sum, with_check_digit};

/// The values of the ASCII digits of a text; other characters are ignored.
fn digit_values(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.bytes().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'))
}
