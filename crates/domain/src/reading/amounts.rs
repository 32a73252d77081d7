//! The words of single amounts within runs of words: `1 250,00 250,00 1 500,00` are three.

use super::evidence::{PageEvidence, Span};
use super::spans::cut_at_gaps;
use crate::values::{CurrencyMark, read_money};

/// Groups of one amount stand closer than this, in heights.
const GROUP_GAP: f32 = 0.75;

/// The amounts in a span, each completed by the groups of digits that the detector left out.
pub(super) fn amounts_in(page: &PageEvidence, span: &Span) -> Vec<Span> {
    let parts = cut_at_gaps(page, span, 3.0);
    let amounts = parts.iter().flat_map(|part| split(page, part));
    amounts.filter_map(|amount| completed(page, amount)).collect()
}

/// Cuts after every word that ends an amount.
fn split(page: &PageEvidence, span: &Span) -> Vec<Span> {
    let mut amounts: Vec<Span> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for &word in &span.words {
        let fits =
            open.last().is_none_or(|last| continues(page, *last, word) || !has_digit(page.text(*last)));
        if !fits {
            amounts.push(Span { words: std::mem::take(&mut open), ..span.clone() });
        }
        open.push(word);
    }
    amounts.push(Span { words: open, ..span.clone() });
    amounts.retain(|amount| amount.words.iter().any(|word| has_digit(page.text(*word))));
    amounts
}

fn has_digit(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether a word goes on with the amount that another ended so far: a group of three digits after one
/// of at most three, or a mark without digits.
fn continues(page: &PageEvidence, last: usize, word: usize) -> bool {
    let (before, after) = (page.text(last), page.text(word));
    if !has_digit(after) {
        return true;
    }
    page.gap(last, word) <= GROUP_GAP && ends_with_group(before) && begins_with_group(after)
}

/// One to three digits at the end that are a whole group.
fn ends_with_group(text: &str) -> bool {
    let tail: String = text.chars().rev().take_while(char::is_ascii_digit).collect();
    let before = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (1..=3).contains(&tail.len())
        && !before.ends_with([',', '.', '/', ':'])
        && (before.is_empty() || tail.len() <= 3)
}

/// Exactly three digits, then the end or a decimal mark.
fn begins_with_group(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    digits == 3 && !rest.starts_with(char::is_alphabetic)
}

/// Takes in the groups to the left and right that belong to the amount, and a minus before it.
fn completed(page: &PageEvidence, mut span: Span) -> Option<Span> {
    while let Some((first, left)) =
        span.words.first().and_then(|first| Some((*first, page.previous(*first)?)))
    {
        let is_group = begins_with_group(page.text(first)) && is_first_group(page.text(left));
        let is_minus = matches!(page.text(left), "-" | "−" | "–" | "(") && has_digit(page.text(first));
        if page.gap(left, first) > GROUP_GAP || !(is_group || is_minus) || span.words.len() > 6 {
            break;
        }
        span.words.insert(0, left);
    }
    while let Some((last, right)) = span.words.last().and_then(|last| Some((*last, page.next(*last)?))) {
        let is_group = ends_with_group(page.text(last)) && begins_with_group(page.text(right));
        if page.gap(last, right) > GROUP_GAP || !is_group || span.words.len() > 6 {
            break;
        }
        span.words.push(right);
    }
    (!read_money(&page.joined(&span.words)).is_empty()).then_some(span)
}

/// One to three digits with nothing but a sign or a currency before them.
fn is_first_group(text: &str) -> bool {
    let digits = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let before = text.strip_suffix(digits).unwrap_or_default().trim_matches(['-', '−', '–', '(', '+']);
    (1..=3).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (before.is_empty() || CurrencyMark::of(before).is_some())
}
