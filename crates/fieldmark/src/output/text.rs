//! Text of documents on a terminal: what it may hold and how much room it takes.

use fieldmark_domain::hidden::is_hidden;
use unicode_width::UnicodeWidthStr as _;

/// Text of a document without characters that could steer the terminal.
pub fn shown(text: &str) -> String {
    let steers = |character: char| character.is_control() || is_hidden(character);
    text.chars().map(|character| if steers(character) { '\u{fffd}' } else { character }).collect()
}

/// The text filled with blanks to a width of the terminal, where some characters take two columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The text, with its end cut off where it is wider than so many columns.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if kept.width() >= width {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(padded("請求書", 8), "請求書  ");
        assert_eq!(cut("請求書請求書", 7), "請求書…");
        assert_eq!(cut("short", 7), "short");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(shown("a\u{1b}[31mb\nc\u{202e}"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}");
    }
}
