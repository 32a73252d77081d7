//! Text strings of a PDF (ISO 32000-1, 7.9.2.2). Does not know where in the file they are.

use lopdf::{Object, decode_text_string};

/// Maximum number of characters of a text string; the rest is cut.
pub const MAX_TEXT: usize = 1000;

/// A text string without surrounding white space; `None` when it is empty.
pub fn text(object: &Object) -> Option<String> {
    let text: String = decode_text_string(object).ok()?.chars().take(MAX_TEXT).collect();
    let text = text.trim_matches(|character: char| character.is_whitespace() || character.is_control());
    (!text.is_empty()).then(|| text.to_owned())
}
