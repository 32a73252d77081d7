//! Characters that are in a text and cannot be seen: controls, marks that turn the direction of writing, characters
//! without width. They make a text read otherwise than it looks (CVE-2021-42574), so that no name and no value keeps
//! them.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::check::Check;

/// The check's name.
pub(crate) const NO_HIDDEN_CHARACTERS: &str = "no_hidden_characters";

/// The most characters that the check's detail names.
const MAX_NAMED: usize = 5;

/// A hint where a word may be cut at the end of a line: it says nothing about the word.
const SOFT_HYPHEN: char = '\u{ad}';

/// Whether a character cannot be seen. White space is not hidden, line ends and tabs included.
///
/// ```
/// use fieldmark_domain::hidden::is_hidden;
/// assert!(is_hidden('\u{202e}') && is_hidden('\u{200b}') && is_hidden('\0'));
/// assert!(!is_hidden('a') && !is_hidden('\n') && !is_hidden('\u{a0}'));
/// ```
#[must_use]
pub const fn is_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => false,
        // Controls (C0, DEL, C1).
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Marks of direction: alone, embeddings and overrides, isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Without width: soft hyphen, joiners, spaces, operators, the byte order mark.
        SOFT_HYPHEN | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' => true,
        '\u{206a}'..='\u{206f}' | '\u{feff}' => true,
        // Notes between lines, tags.
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// A text as it looks: without hidden characters.
///
/// ```
/// use fieldmark_domain::hidden::visible;
/// assert_eq!(visible("in\u{202e}voice\u{200b}"), "invoice");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_hidden) {
        Cow::Owned(text.chars().filter(|character| !is_hidden(*character)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// `no_hidden_characters`, failed, for a text that had some. Soft hyphens say nothing, nor do the spaces without width
/// that copied texts begin and end with.
pub(crate) fn check(text: &str) -> Option<Check> {
    let inner =
        text.trim_matches(|edge: char| edge.is_whitespace() || "\u{200b}\u{2060}\u{feff}".contains(edge));
    let mut named: Vec<char> = Vec::new();
    for character in inner.chars().filter(|character| is_hidden(*character) && *character != SOFT_HYPHEN) {
        if !named.contains(&character) && named.len() < MAX_NAMED {
            named.push(character);
        }
    }
    (!named.is_empty()).then(|| Check::new(NO_HIDDEN_CHARACTERS, false).because(detail(&named)))
}

fn detail(named: &[char]) -> String {
    let mut detail = "left out:".to_owned();
    for character in named {
        // Writing to a text does not fail.
        let _ = write!(detail, " U+{:04X}", u32::from(*character));
    }
    detail
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_misleads_is_named_and_what_says_nothing_is_not() {
        let detail = |text: &str| check(text).and_then(|check| check.detail);
        assert_eq!(detail("Acme\u{202e}BA\u{202c} AB").as_deref(), Some("left out: U+202E U+202C"));
        assert_eq!(detail("4\u{200b}711").as_deref(), Some("left out: U+200B"));
        assert_eq!(detail("\u{202e}4711").as_deref(), Some("left out: U+202E"));
        for harmless in ["Acme AB", "Fak\u{ad}tura", " \u{feff}Acme AB\u{200b}\n", "two\tlines\n", ""] {
            assert_eq!(detail(harmless), None, "{harmless:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_nothing_else_is_lost(text in any::<String>()) {
            let seen = visible(&text);
            prop_assert!(!seen.contains(is_hidden));
            prop_assert_eq!(visible(&seen), seen.clone());
            let kept: String = text.chars().filter(|character| !is_hidden(*character)).collect();
            prop_assert_eq!(seen, kept);
        }
    }
}
