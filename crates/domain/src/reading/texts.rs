//! Finds the start and end of texts of a field that is neither a number nor a name.

use super::evidence::{PageEvidence, Span};
use super::spans::cut_at_gaps;
use crate::detection::SpanClass;
use crate::field::Field;

/// Maximum gap between words of one text, in heights.
const MAX_WORD_GAP: f32 = 1.7;
const MAX_WORDS: usize = 40;

/// The texts in a span: cut at wide gaps, without captions at their ends, extended by weak words
/// next to them and by lines below that the detector assigns to the same field.
pub(super) fn texts_in(page: &PageEvidence, span: &Span, field: Field) -> Vec<Span> {
    let parts = cut_at_gaps(page, span, MAX_WORD_GAP);
    let whole = |part| continued(page, extended(page, without_captions(page, part)?, field), field);
    parts.into_iter().filter_map(|part| Some(whole(part)).flatten()).collect()
}

fn without_captions(page: &PageEvidence, mut span: Span) -> Option<Span> {
    let is_caption = |word: usize| {
        page.best_class(word).is_some_and(|(class, score)| class.is_caption() && score > 0.5)
            || !page.text(word).contains(char::is_alphanumeric) && page.text(word) != "%"
    };
    let start = span.words.iter().position(|word| !is_caption(*word))?;
    let end = span.words.iter().rposition(|word| !is_caption(*word))?;
    span.words = span.words.get(start..=end)?.to_vec();
    Some(span)
}

/// Adds close words on either side that the detector assigns to no other class. A full stop ends a
/// text.
fn extended(page: &PageEvidence, mut span: Span, field: Field) -> Span {
    let class = SpanClass::Value(field);
    let belongs = |word: usize| {
        page.score(word, class) > 0.0 && page.best_class(word).is_none_or(|(best, _)| best == class)
    };
    while let Some((last, next)) = span.words.last().and_then(|last| Some((*last, page.next(*last)?))) {
        let ended = ends_sentence(page.text(last));
        if ended || !belongs(next) || page.gap(last, next) > MAX_WORD_GAP || span.words.len() >= MAX_WORDS {
            break;
        }
        span.words.push(next);
    }
    while let Some((first, left)) =
        span.words.first().and_then(|first| Some((*first, page.previous(*first)?)))
    {
        let ended = ends_sentence(page.text(left)) || page.text(left).ends_with(':');
        if ended || !belongs(left) || page.gap(left, first) > MAX_WORD_GAP || span.words.len() >= MAX_WORDS {
            break;
        }
        span.words.insert(0, left);
    }
    span
}

/// Adds the line below, if the detector assigns it to the same field and it starts below the first
/// word.
fn continued(page: &PageEvidence, mut span: Span, field: Field) -> Option<Span> {
    let mut first = *span.words.first()?;
    while let Some(below) = page.line_below(first, 0.6) {
        let last = *span.words.last()?;
        let next = page
            .spans(SpanClass::Value(field))
            .find(|other| other.words.first() == Some(&below) && other.score > 0.3);
        let Some(next) = next.filter(|_| !ends_sentence(page.text(last))) else { break };
        if span.words.len() + next.words.len() > MAX_WORDS || span.words.contains(&below) {
            break;
        }
        span.words
            .extend(cut_at_gaps(page, next, MAX_WORD_GAP).first().into_iter().flat_map(|part| &part.words));
        first = below;
    }
    Some(span)
}

/// Whether the text ends with a full stop that does not belong to an abbreviation.
fn ends_sentence(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|word| {
        word.chars().filter(|letter| letter.is_alphabetic()).count() > 4 && !word.contains('.')
    })
}

/// A text without the full stop that ends its sentence and without an unpaired bracket.
pub(super) fn without_end(text: &str) -> &str {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let text = if ends_sentence(last) { text.trim_end_matches('.') } else { text };
    let text = if text.contains('(') { text } else { text.trim_end_matches(')') };
    if text.contains(')') { text } else { text.trim_start_matches('(') }
}
