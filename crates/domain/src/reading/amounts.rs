//! Separates single amounts in runs of words: `1 250,00 250,00 1 500,00` are three amounts.

use super::evidence::{PageEvidence, Span};
use super::spans::cut_at_gaps;
use crate::detection::SpanClass;
use crate::field::FieldKind;
use crate::values::{CurrencyMark, read_money};

/// Maximum gap between groups of one amount, in heights.
const MAX_GROUP_GAP: f32 = 0.75;

/// The amounts in a span, each completed by groups of digits that the detector missed.
pub(super) fn amounts_in(page: &PageEvidence, span: &Span) -> Vec<Span> {
    let parts = cut_at_gaps(page, span, 3.0);
    let amounts = parts.iter().flat_map(|part| split(page, part));
    amounts
        .filter_map(|amount| completed(page, amount))
        .flat_map(|amount| with_rivals(page, amount))
        .collect()
}

/// An amount, and its alternatives if the words are ambiguous: with a group a little further to the
/// left, or without a first group that may be a separate number. Sums decide between them.
fn with_rivals(page: &PageEvidence, amount: Span) -> Vec<Span> {
    let rivals =
        [with_far_groups(page, &amount), without_first_group(page, &amount), with_hundredths(page, &amount)];
    let is_amount = |span: &Span| !read_money(&page.joined(&span.words)).is_empty();
    let rivals: Vec<Span> = rivals.into_iter().flatten().filter(is_amount).collect();
    std::iter::once(amount).chain(rivals).collect()
}

/// Maximum gap between groups of one amount in a column of figures, in heights.
const MAX_COLUMN_GAP: f32 = 2.5;
/// Factor on the score of an amount whose words are ambiguous.
const AMBIGUITY_FACTOR: f32 = 0.5;

fn with_far_groups(page: &PageEvidence, amount: &Span) -> Option<Span> {
    let mut words = amount.words.clone();
    while let Some((first, left)) = words.first().and_then(|first| Some((*first, page.previous(*first)?))) {
        let is_group = begins_with_group(page.text(first)) && is_first_group(page.text(left));
        let gap = page.gap(left, first);
        let reach = if is_anothers(page, left) { MAX_GROUP_GAP } else { MAX_COLUMN_GAP };
        if !is_group || gap > reach || words.len() > 4 {
            break;
        }
        words.insert(0, left);
    }
    (words.len() > amount.words.len()).then_some(Span {
        words,
        page: amount.page,
        score: AMBIGUITY_FACTOR * amount.score,
    })
}

/// Payment slips print hundredths in a separate box: `8570 | 68`.
fn with_hundredths(page: &PageEvidence, amount: &Span) -> Option<Span> {
    let last = *amount.words.last()?;
    let next = page.next(last).filter(|next| page.gap(last, *next) <= MAX_COLUMN_GAP)?;
    let is_whole = !page.joined(&amount.words).contains([',', '.', ':']);
    let is_pair = page.text(next).len() == 2 && page.text(next).bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && is_pair && !is_anothers(page, next)).then(|| Span {
        words: amount.words.iter().copied().chain([next]).collect(),
        page: amount.page,
        score: AMBIGUITY_FACTOR * amount.score,
    })
}

/// A group that the detector does not count as part of the amount may be a rate or a quantity next
/// to it.
fn without_first_group(page: &PageEvidence, amount: &Span) -> Option<Span> {
    let (first, rest) = amount.words.split_first()?;
    let next = rest.first()?;
    let open = page.best_class(*first).is_none_or(|(class, _)| !is_money(class))
        && is_first_group(page.text(*first))
        && begins_with_group(page.text(*next));
    open.then(|| Span { words: rest.to_vec(), page: amount.page, score: AMBIGUITY_FACTOR * amount.score })
}

fn is_anothers(page: &PageEvidence, word: usize) -> bool {
    page.best_class(word).is_some_and(|(class, score)| score > 0.5 && !is_money(class))
}

/// Whether a class is a class of amounts.
pub(super) const fn is_money(class: SpanClass) -> bool {
    match class {
        SpanClass::Value(field) => matches!(field.kind(), FieldKind::Money),
        SpanClass::LineAmount
        | SpanClass::RateTax
        | SpanClass::RateNet
        | SpanClass::PriorBalance
        | SpanClass::OtherAmount => true,
        _ => false,
    }
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

/// Whether a word continues an unfinished amount: a group of three digits after a group of at most
/// three, or a mark without digits.
fn continues(page: &PageEvidence, last: usize, word: usize) -> bool {
    let (before, after) = (page.text(last), page.text(word));
    if !has_digit(after) {
        return true;
    }
    page.gap(last, word) <= MAX_GROUP_GAP && ends_with_group(before) && begins_with_group(after)
}

/// Whether the text ends with a group of one to three digits.
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

/// Adds the groups to the left and right that belong to the amount, and a minus before it.
fn completed(page: &PageEvidence, mut span: Span) -> Option<Span> {
    while let Some((first, left)) =
        span.words.first().and_then(|first| Some((*first, page.previous(*first)?)))
    {
        let is_group = begins_with_group(page.text(first)) && is_first_group(page.text(left));
        let is_group = is_group && !is_anothers(page, left);
        let is_minus = matches!(page.text(left), "-" | "−" | "–" | "(") && has_digit(page.text(first));
        if page.gap(left, first) > MAX_GROUP_GAP || !(is_group || is_minus) || span.words.len() > 6 {
            break;
        }
        span.words.insert(0, left);
    }
    while let Some((last, right)) = span.words.last().and_then(|last| Some((*last, page.next(*last)?))) {
        let is_group = ends_with_group(page.text(last)) && begins_with_group(page.text(right));
        if page.gap(last, right) > MAX_GROUP_GAP || !is_group || span.words.len() > 6 {
            break;
        }
        span.words.push(right);
    }
    (!read_money(&page.joined(&span.words)).is_empty()).then_some(span)
}

/// One to three digits with at most a sign or a currency before them.
fn is_first_group(text: &str) -> bool {
    let digits = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let before = text.strip_suffix(digits).unwrap_or_default().trim_matches(['-', '−', '–', '(', '+']);
    (1..=3).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (before.is_empty() || CurrencyMark::of(before).is_some())
}
