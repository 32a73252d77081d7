//! Joins numbers that are broken at a hyphen at the end of a line: "INV-2024-" at the end of one
//! line, "8387" at the start of the next.

use super::evidence::{PageEvidence, Span};
use crate::values::read_dates;

/// The span with the part of its number in the line above or below; unchanged if nothing was
/// broken.
pub(super) fn joined_over_lines(page: &PageEvidence, span: &Span) -> Span {
    let mut words = span.words.clone();
    if let Some(next) = words.last().and_then(|last| continuation(page, *last)) {
        words.push(next);
    }
    if let Some(before) = words.first().and_then(|first| beginning(page, *first)) {
        words.insert(0, before);
    }
    let whole: String = words.iter().map(|word| page.text(*word)).collect();
    // A date also breaks at its hyphens, but is not an identifier.
    if read_dates(&whole).is_empty() { Span { words, ..span.clone() } } else { span.clone() }
}

/// The text of a number's words; without a space where a line end broke it at its hyphen.
pub(super) fn text_of(page: &PageEvidence, words: &[usize]) -> String {
    let line = |word: Option<&usize>| word.map(|word| page.placed(*word).line);
    let text = page.joined(words);
    if line(words.first()) == line(words.last()) { text } else { text.replace("- ", "-") }
}

/// The first word of the block's next line, if this line ends with a hyphen.
fn continuation(page: &PageEvidence, last: usize) -> Option<usize> {
    let is_open = is_cut(page.text(last)) && ends_line(page, last);
    let below = is_open.then(|| beside_in_block(page, last, 1)).flatten()?;
    has_digit(page.text(below)).then_some(below)
}

/// The last word of the block's line above, if it ends with a hyphen and this word starts its line.
fn beginning(page: &PageEvidence, first: usize) -> Option<usize> {
    let begins = page.previous(first).is_none_or(|left| page.gap(left, first) > COLUMN_GAP);
    let above = begins.then(|| beside_in_block(page, first, -1)).flatten()?;
    (is_cut(page.text(above)) && ends_line(page, above)).then_some(above)
}

/// A gap of this many heights separates columns.
const COLUMN_GAP: f32 = 2.0;

fn ends_line(page: &PageEvidence, word: usize) -> bool {
    page.next(word).is_none_or(|right| page.gap(word, right) > COLUMN_GAP)
}

/// A number or a prefix of one with an open hyphen.
fn is_cut(text: &str) -> bool {
    let body = text.trim_end_matches(['-', '\u{2010}']);
    body.len() < text.len()
        && body.chars().count() >= 2
        && body
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter.is_uppercase() || "-/.".contains(letter))
}

fn has_digit(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
}

/// The first word of the next line of a word's block, or the last word of the previous one.
fn beside_in_block(page: &PageEvidence, word: usize, step: i64) -> Option<usize> {
    let here = page.placed(word);
    let block = page.block(word)?;
    let reach = 2.2 * here.height();
    let in_line = block.words.iter().copied().filter(|other| {
        let away = (page.placed(*other).middle() - here.middle()) * step as f32;
        (0.5 * here.height()..reach).contains(&away)
    });
    let nearest = in_line
        .clone()
        .map(|other| page.placed(other).line)
        .reduce(|one, other| if step > 0 { one.min(other) } else { one.max(other) })?;
    let line = in_line.filter(|other| page.placed(*other).line == nearest);
    line.reduce(|best, other| {
        let is_further_left = page.placed(other).left < page.placed(best).left;
        if is_further_left == (step > 0) { other } else { best }
    })
}
