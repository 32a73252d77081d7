//! Numbers that nothing but their shape speaks for: check digits that hold, in a form that nothing else has.
//!
//! They are looked for where the detector found no candidate of a field, and have a modest score.

use super::evidence::{PageEvidence, Span};
use super::locale::DocumentLocale;
use super::mentions::{Mention, parsed};
use crate::field::{Field, FieldKind};
use crate::values::{FieldValue, Iban, OrgNumber, VatId};

/// What a shape alone is worth: enough to be told, not to be relied on.
const SHAPE: f32 = 0.5;
/// Groups of one number stand no further apart than this, in heights.
const GROUP_GAP: f32 = 1.2;

/// The numbers of a field's kind that stand anywhere on the pages.
pub(super) fn values_by_shape(
    pages: &[PageEvidence],
    locale: &DocumentLocale,
    field: Field,
) -> Vec<(usize, Span, Mention)> {
    let Some(most) = most_words(field) else { return Vec::new() };
    let mut found = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut taken: Vec<usize> = Vec::new();
        for first in page.layout.reading_order() {
            let Some(words) = number_at(page, first, most, field) else { continue };
            if words.iter().any(|word| taken.contains(word)) {
                continue;
            }
            taken.extend(&words);
            let span = Span { page: number, words, score: SHAPE };
            let Some((mut mention, span)) = parsed(page, &span, field, &locale.notation) else { continue };
            mention.reasons = vec!["its check digits hold, and nothing else looks like it".to_owned()];
            found.push((number, span, mention));
        }
    }
    found
}

/// How many words such a number may be printed in; `None` for fields whose shape tells nothing.
const fn most_words(field: Field) -> Option<usize> {
    match field.kind() {
        FieldKind::Iban => Some(10),
        FieldKind::VatId => Some(5),
        FieldKind::OrgNumber => Some(1),
        _ => None,
    }
}

/// The shortest run of words from one on that is a number of the kind beyond doubt.
fn number_at(page: &PageEvidence, first: usize, most: usize, field: Field) -> Option<Vec<usize>> {
    let mut words = vec![first];
    loop {
        if is_beyond_doubt(&page.joined(&words), field) {
            return Some(words);
        }
        let (last, next) = words.last().and_then(|last| Some((*last, page.next(*last)?)))?;
        if words.len() >= most || page.gap(last, next) > GROUP_GAP {
            return None;
        }
        words.push(next);
    }
}

fn is_beyond_doubt(text: &str, field: Field) -> bool {
    let text = text.trim_matches([',', '.', ';', '(', ')', '|']);
    match field.kind() {
        FieldKind::Iban => Iban::parse(text).is_ok_and(|iban| iban.is_valid()),
        FieldKind::VatId => {
            text.chars().take(2).all(|letter| letter.is_ascii_uppercase())
                && VatId::parse(text, None).is_ok_and(|id| {
                    let checks = FieldValue::VatId(id.clone()).checks(None);
                    id.country().is_some() && checks.len() > 1 && checks.iter().all(|check| check.passed)
                })
        }
        // Six digits, a hyphen, four digits: what Sweden writes and nobody else.
        _ => OrgNumber::parse(text).is_ok_and(|number| {
            let checks = number.checks(None);
            number.looks_swedish()
                && number.as_str() == text
                && !checks.is_empty()
                && checks.iter().all(|check| check.passed)
        }),
    }
}
