//! Values that the detector missed: a caption with a high score, and a value of its kind to its
//! right or below it.

use super::captions::twin_of;
use super::evidence::{PageEvidence, Span};
use super::locale::DocumentLocale;
use super::mentions::{Mention, parsed};
use crate::detection::SpanClass;
use crate::field::{Field, FieldKind};

/// Minimum score of a caption that is used without a detected value.
const MIN_CAPTION_SCORE: f32 = 0.6;
/// A value with at least this score for another field is not used.
const MAX_OTHER_SCORE: f32 = 0.7;

/// The values that a field's captions point to, with a modest score.
pub(super) fn values_by_caption(
    pages: &[PageEvidence],
    locale: &DocumentLocale,
    field: Field,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for page in pages {
        for caption in page.spans(SpanClass::Caption(field)).filter(|span| span.score >= MIN_CAPTION_SCORE) {
            let found =
                to_the_right(page, caption, field, locale).or_else(|| below(page, caption, field, locale));
            mentions.extend(found.map(|mut mention| {
                mention.caption = page.place(&caption.words);
                mention.checks = mention.value.checks(locale.country);
                let doubt = if mention.checks.iter().any(|check| !check.passed) { 0.5 } else { 1.0 };
                mention.score = 0.45 * caption.score * doubt;
                mention.reasons = vec!["only its caption speaks for it".to_owned()];
                mention
            }));
        }
    }
    mentions
}

/// The possible numbers of words of a value of a kind, the most likely first.
const fn word_counts(kind: FieldKind) -> &'static [usize] {
    match kind {
        FieldKind::Iban => &[1, 8, 7, 6, 5, 4],
        FieldKind::Date => &[3, 2, 1],
        FieldKind::Money => &[1, 2, 3],
        FieldKind::FikLine => &[1, 2, 3, 4],
        FieldKind::Text => &[8, 7, 6, 5, 4, 3, 2, 1],
        FieldKind::Email => &[1],
        FieldKind::Name | FieldKind::Address => &[],
        _ => &[1, 2],
    }
}

fn to_the_right(
    page: &PageEvidence,
    caption: &Span,
    field: Field,
    locale: &DocumentLocale,
) -> Option<Mention> {
    let &last = caption.words.last()?;
    let first = page.next(last).filter(|first| page.gap(last, *first) < 16.0)?;
    value_at(page, first, caption, field, locale)
}

fn below(page: &PageEvidence, caption: &Span, field: Field, locale: &DocumentLocale) -> Option<Mention> {
    let (&first, &last) = (caption.words.first()?, caption.words.last()?);
    let (start, end) = (page.placed(first), page.placed(last));
    let height = start.height();
    let candidate = page.layout.reading_order().find(|word| {
        let place = page.placed(*word);
        let distance = place.top - start.top;
        (0.5 * height..2.7 * height).contains(&distance)
            && place.left < end.right
            && place.right > start.left - 2.0 * height
            && place.left > start.left - 4.0 * height
    })?;
    value_at(page, candidate, caption, field, locale)
}

fn value_at(
    page: &PageEvidence,
    first: usize,
    caption: &Span,
    field: Field,
    locale: &DocumentLocale,
) -> Option<Mention> {
    let run: Vec<usize> = std::iter::once(first).chain(page.after(first)).take(8).collect();
    word_counts(field.kind()).iter().find_map(|count| {
        let words = run.get(..*count)?.to_vec();
        if words.iter().any(|word| is_taken(page, *word, field)) || has_wide_gap(page, &words) {
            return None;
        }
        let span = Span { page: caption.page, words, score: caption.score };
        parsed(page, &span, field, &locale.notation).map(|(mention, _)| mention).filter(|mention| {
            mention.raw.contains(|letter: char| letter.is_ascii_digit()) || field.kind() == FieldKind::Bic
        })
    })
}

/// Whether a word is a caption or certainly belongs to another field; a field with the same kind of
/// numbers does not count against its caption.
fn is_taken(page: &PageEvidence, word: usize, field: Field) -> bool {
    let may_be_own = |class| {
        class == SpanClass::Value(field) || twin_of(field).is_some_and(|twin| class == SpanClass::Value(twin))
    };
    page.best_class(word).is_some_and(|(class, score)| {
        (class.is_caption() && score > 0.5) || (!may_be_own(class) && score > MAX_OTHER_SCORE)
    })
}

fn has_wide_gap(page: &PageEvidence, words: &[usize]) -> bool {
    words.iter().zip(words.iter().skip(1)).any(|(left, right)| page.gap(*left, *right) > 2.0)
}
