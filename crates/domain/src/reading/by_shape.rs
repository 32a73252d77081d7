//! Numbers that nothing but their shape speaks for: check digits that hold, in a form that nothing else has.
//!
//! They are looked for where the detector found no candidate of a field, and have a modest score.

use super::evidence::{PageEvidence, Span};
use super::locale::DocumentLocale;
use super::mentions::{Mention, parsed};
use crate::detection::BlockRole;
use crate::field::{Field, FieldKind};
use crate::values::{Bic, FieldValue, Iban, OrgNumber, VatId};

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
            if field.kind() == FieldKind::Bic && !is_named_bic(page, first) {
                continue;
            }
            if words.iter().any(|word| taken.contains(word)) {
                continue;
            }
            taken.extend(&words);
            if !is_of_party(page, &words, field) {
                continue;
            }
            let span = Span { page: number, words, score: SHAPE };
            let Some((mut mention, span)) = parsed(page, &span, field, &locale.notation) else { continue };
            mention.reasons = vec!["its check digits hold, and nothing else looks like it".to_owned()];
            found.push((number, span, mention));
        }
    }
    found
}

/// Whether a number stands where one of the field's party may: the customer's in the customer's block alone, the
/// supplier's in nobody else's.
fn is_of_party(page: &PageEvidence, words: &[usize], field: Field) -> bool {
    let role = page.role(words).map(|(role, _)| role);
    match field {
        Field::CustomerVatId | Field::CustomerOrgNumber => role == Some(BlockRole::Customer),
        _ => !matches!(
            role,
            Some(BlockRole::Customer | BlockRole::Delivery | BlockRole::BillTo | BlockRole::Agent)
        ),
    }
}

/// How many words such a number may be printed in; `None` for fields whose shape tells nothing.
const fn most_words(field: Field) -> Option<usize> {
    match field.kind() {
        FieldKind::Iban => Some(10),
        FieldKind::VatId => Some(5),
        FieldKind::OrgNumber | FieldKind::Bic => Some(1),
        _ => None,
    }
}

/// Whether the word before says what it is, in the standard's own letters: words of any language have a BIC's shape.
fn is_named_bic(page: &PageEvidence, word: usize) -> bool {
    let before = page.previous(word).filter(|left| page.gap(*left, word) <= 2.0);
    before.is_some_and(|left| {
        let name = page.text(left).trim_matches(|letter: char| !letter.is_alphanumeric()).to_uppercase();
        matches!(name.as_str(), "BIC" | "SWIFT" | "BIC/SWIFT" | "SWIFT/BIC" | "BIC-CODE" | "BIC-KOD")
    })
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
        FieldKind::Bic => Bic::parse(text).is_ok_and(|bic| bic.checks().iter().all(|check| check.passed)),
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
