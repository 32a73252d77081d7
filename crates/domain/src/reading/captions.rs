//! Captions: the printed words that name a value next to or below them.

use super::evidence::{PageEvidence, Span};
use crate::detection::SpanClass;
use crate::field::Field;
use crate::geometry::PageBox;

/// A caption near a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeenCaption {
    pub class: SpanClass,
    pub score: f32,
    pub place: Option<PageBox>,
}

/// The field whose numbers have the same form, including the check digit, so that only the caption
/// distinguishes them.
pub(super) const fn twin_of(field: Field) -> Option<Field> {
    match field {
        Field::Bankgiro => Some(Field::Plusgiro),
        Field::Plusgiro => Some(Field::Bankgiro),
        _ => None,
    }
}

/// Maximum distance of a caption to the left, in heights.
const MAX_DISTANCE_LEFT: f32 = 30.0;
/// Maximum distance of a caption above, in heights.
const MAX_DISTANCE_ABOVE: f32 = 2.8;

/// The captions that may name a value: the nearest one to its left in the line, and the ones
/// directly above.
pub(super) fn captions_of(page: &PageEvidence, value: &[usize]) -> Vec<SeenCaption> {
    let (Some(&first), Some(place)) = (value.first(), page.place(value)) else { return Vec::new() };
    let mut seen = Vec::new();
    seen.extend(beside(page, first));
    seen.extend(above(page, value, place));
    seen
}

/// The first caption to the left; another value in between means that the caption belongs to that
/// value.
fn beside(page: &PageEvidence, first: usize) -> Option<SeenCaption> {
    let start = page.placed(first);
    for word in page.before(first) {
        if start.left - page.placed(word).right > MAX_DISTANCE_LEFT * start.height() {
            return None;
        }
        match page.best_class(word) {
            Some((class, score)) if class.is_caption() => {
                return Some(SeenCaption { class, score, place: page.place(&whole(page, word, class)) });
            }
            Some((_, score)) if score > 0.6 => return None,
            _ => {}
        }
    }
    None
}

fn above(page: &PageEvidence, value: &[usize], place: PageBox) -> Option<SeenCaption> {
    let &first = value.first()?;
    let (top, height) = (page.placed(first).top, page.placed(first).height());
    let near = |span: &Span| {
        let caption = page.place(&span.words)?;
        let &word = span.words.first()?;
        let distance = top - page.placed(word).bottom;
        let shares = place.bounds.horizontal_overlap(&caption.bounds) > 0.0;
        (shares && (-0.3 * height..=MAX_DISTANCE_ABOVE * height).contains(&distance))
            .then_some((distance, caption))
    };
    page.all_spans()
        .filter(|(class, span)| class.is_caption() && span.score > 0.3)
        .filter_map(|(class, span)| near(span).map(|(distance, place)| (distance, *class, span.score, place)))
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, class, score, place)| SeenCaption { class, score, place: Some(place) })
}

/// The words of the line around this one that belong to the same caption.
fn whole(page: &PageEvidence, word: usize, class: SpanClass) -> Vec<usize> {
    page.spans(class)
        .filter(|span| span.words.contains(&word))
        .max_by(|one, other| one.score.total_cmp(&other.score))
        .map_or_else(|| vec![word], |span| span.words.clone())
}
