//! Numbers that are found only by their shape: valid check digits in a form that nothing else has.
//!
//! They are searched if the detector found no candidate of a field, and have a modest score.

use super::evidence::{PageEvidence, Span};
use super::locale::DocumentLocale;
use super::mentions::{Mention, parsed};
use crate::detection::BlockRole;
use crate::field::{Field, FieldKind};
use crate::values::{Bic, FieldValue, Iban, OrgNumber, VatId};

/// The score of a number found by its shape: enough to be reported, not enough to be accepted.
const SHAPE_SCORE: f32 = 0.5;
/// Maximum gap between groups of one number, in heights.
const MAX_GROUP_GAP: f32 = 1.2;

/// The numbers of a field's kind anywhere on the pages.
pub(super) fn values_by_shape(
    pages: &[PageEvidence],
    locale: &DocumentLocale,
    field: Field,
) -> Vec<(usize, Span, Mention)> {
    let Some(most) = max_words(field) else { return Vec::new() };
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
            let span = Span { page: number, words, score: SHAPE_SCORE };
            let Some((mut mention, span)) = parsed(page, &span, field, &locale.notation) else { continue };
            mention.reasons = vec!["its check digits hold, and nothing else looks like it".to_owned()];
            found.push((number, span, mention));
        }
    }
    found
}

/// Whether a number may belong to the field's party at its place: the customer's only in the
/// customer's block, the supplier's in any block except another party's.
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

/// Maximum number of words of such a number; `None` for fields without a distinctive shape.
const fn max_words(field: Field) -> Option<usize> {
    match field.kind() {
        FieldKind::Iban => Some(10),
        FieldKind::VatId => Some(5),
        FieldKind::OrgNumber | FieldKind::Bic => Some(1),
        _ => None,
    }
}

/// Whether the word before is the standard's own name ("BIC", "SWIFT"): words of any language have
/// a BIC's shape.
fn is_named_bic(page: &PageEvidence, word: usize) -> bool {
    let before = page.previous(word).filter(|left| page.gap(*left, word) <= 2.0);
    before.is_some_and(|left| {
        let name = page.text(left).trim_matches(|letter: char| !letter.is_alphanumeric()).to_uppercase();
        matches!(name.as_str(), "BIC" | "SWIFT" | "BIC/SWIFT" | "SWIFT/BIC" | "BIC-CODE" | "BIC-KOD")
    })
}

/// The shortest run of words from this one on that is certainly a number of the kind.
fn number_at(page: &PageEvidence, first: usize, most: usize, field: Field) -> Option<Vec<usize>> {
    let mut words = vec![first];
    loop {
        if is_beyond_doubt(&page.joined(&words), field) {
            return Some(words);
        }
        let (last, next) = words.last().and_then(|last| Some((*last, page.next(*last)?)))?;
        if words.len() >= most || page.gap(last, next) > MAX_GROUP_GAP {
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
        // Six digits, a hyphen, four digits: only Sweden writes numbers this way.
        _ => OrgNumber::parse(text).is_ok_and(|number| {
            let checks = number.checks(None);
            number.looks_swedish()
                && number.as_str() == text
                && !checks.is_empty()
                && checks.iter().all(|check| check.passed)
        }),
    }
}
