//! Compares the values of an e-invoice with the page.

use std::collections::BTreeSet;

use super::printed;
use super::stated::{StatedInvoice, StatedValue};
use crate::detection::SpanClass;
use crate::extraction::DocumentKind;
use crate::field::{Field, FieldKind};
use crate::geometry::PageBox;
use crate::label::{Label, Source};
use crate::reading::candidates::{Candidates, key};
use crate::reading::captions::captions_of;
use crate::reading::evidence::PageEvidence;
use crate::values::{FieldValue, Money, Name, is_legal_form};

/// Minimum confidence of the page's own extraction to count as what the page shows.
const MIN_CONFIDENCE: f32 = 0.5;
/// A candidate with at least this share of the best score counts as equally good.
const MIN_SCORE_SHARE: f32 = 0.5;
/// Number of letters and digits from which on a match is not a coincidence.
const MIN_DISTINCTIVE_LENGTH: usize = 6;

/// The result of comparing a stated value with the pages.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Comparison {
    /// The pages show the value.
    Shown {
        /// Its place.
        place: Option<PageBox>,
        /// The place of its caption.
        caption: Option<PageBox>,
    },
    /// The pages show another value instead.
    Differs {
        /// The other value.
        on_page: String,
        /// The place of the other value.
        place: Option<PageBox>,
    },
    /// The pages show neither the value nor another one.
    NotShown,
}

impl Comparison {
    /// Compares the stated value of a field with the page's own extraction, and if that differs,
    /// with everything that the pages print.
    pub fn of(
        invoice: &StatedInvoice,
        field: Field,
        of_pages: &[Label],
        pages: &[PageEvidence],
        candidates: &Candidates,
    ) -> Self {
        let of_page = of_pages.iter().find(|label| label.field == field);
        let read =
            of_page.filter(|label| label.source != Source::Derived && label.confidence >= MIN_CONFIDENCE);
        let is_stated = |value: &FieldValue| {
            let mut all = invoice.values(field);
            all.any(|stated| mean_the_same(invoice.kind, &stated.value, value))
        };
        if let Some(label) = read.filter(|label| is_stated(&label.value)) {
            return Self::Shown { place: label.place, caption: label.caption };
        }
        // If the page's extraction of this field differs, a print of the stated value counts only
        // if no other field claims it, and if it is either long enough not to be a coincidence or
        // below the field's own caption.
        let is_free = |place: PageBox| read.is_none() || !is_claimed(place, field, of_pages);
        let contenders =
            || candidates.get(&field).into_iter().flatten().map(|contender| &contender.candidate);
        let best = contenders().map(|candidate| candidate.score).fold(0.0, f32::max);
        let worth = read.map_or(0.0, |_| MIN_SCORE_SHARE * best);
        let mut shown = contenders().filter(|one| one.score >= worth && is_stated(&one.value));
        if let Some(candidate) = shown.find(|candidate| candidate.place.is_some_and(is_free)) {
            return Self::Shown { place: candidate.place, caption: candidate.caption };
        }
        let printed = |stated: &StatedValue| {
            let is_distinctive = read.is_none() || is_distinctive(&stated.value, field, of_pages);
            let whatever_sign = invoice.kind == DocumentKind::CreditNote;
            printed::place_of(pages, field.kind(), &stated.value, whatever_sign, &|page, words| {
                page.place(words).is_some_and(is_free) && (is_distinctive || is_captioned(page, words, field))
            })
        };
        match (invoice.values(field).find_map(printed), read) {
            (Some(place), _) => Self::Shown { place: Some(place), caption: None },
            (None, Some(label)) => Self::differs(label),
            (None, None) => Self::NotShown,
        }
    }

    fn differs(label: &Label) -> Self {
        Self::Differs { on_page: label.value.to_string(), place: label.place }
    }
}

/// Whether the page's extraction of another field is at this place.
fn is_claimed(place: PageBox, field: Field, of_pages: &[Label]) -> bool {
    let others = of_pages.iter().filter(|label| label.field != field && label.confidence >= MIN_CONFIDENCE);
    let mut places = others.filter(|label| label.source != Source::Derived).filter_map(|label| label.place);
    places.any(|other| {
        other.page == place.page
            && other.bounds.horizontal_overlap(&place.bounds) > 0.0
            && other.bounds.vertical_overlap(&place.bounds) > 0.0
    })
}

/// Whether a print of the value is evidence by itself. Amounts, dates and values of other fields
/// never are.
fn is_distinctive(value: &FieldValue, field: Field, of_pages: &[Label]) -> bool {
    let others = of_pages.iter().filter(|label| label.field != field && label.field.kind() == field.kind());
    let is_anothers = others
        .filter(|label| label.confidence >= MIN_CONFIDENCE)
        .any(|label| key(&label.value) == key(value));
    let by_itself = !matches!(field.kind(), FieldKind::Money | FieldKind::Date | FieldKind::Currency);
    by_itself && key(value).chars().count() >= MIN_DISTINCTIVE_LENGTH && !is_anothers
}

/// Whether the words are next to or below a caption of the field.
fn is_captioned(page: &PageEvidence, words: &[usize], field: Field) -> bool {
    captions_of(page, words).iter().any(|caption| caption.class == SpanClass::Caption(field))
}

/// Whether two values are prints of one: names with and without their legal form or in another
/// order, amounts of credit notes with any sign, numbers with and without their prefix or branch.
fn mean_the_same(kind: DocumentKind, stated: &FieldValue, shown: &FieldValue) -> bool {
    match (stated, shown) {
        (FieldValue::Money(stated), FieldValue::Money(shown)) if kind == DocumentKind::CreditNote => {
            Money::new(stated.amount().abs()).is_near(Money::new(shown.amount().abs()), 0)
        }
        (FieldValue::Name(one), FieldValue::Name(other)) => {
            key(stated) == key(shown) || is_one_name(one, other)
        }
        (FieldValue::Bic(_), FieldValue::Bic(_)) | (FieldValue::OrgNumber(_), FieldValue::OrgNumber(_)) => {
            one_contains(&key(stated), &key(shown), |longer, part| longer.starts_with(part))
        }
        (FieldValue::VatId(_), FieldValue::VatId(_)) => {
            one_contains(&key(stated), &key(shown), |longer, part| longer.ends_with(part))
        }
        _ => key(stated) == key(shown),
    }
}

/// Whether the texts are equal, or one starts or ends with the other; both must have some length.
fn one_contains(one: &str, other: &str, has: fn(&str, &str) -> bool) -> bool {
    one.len().min(other.len()) >= 8 && (has(one, other) || has(other, one))
}

/// Whether the words of one name are all in the other, and are more than a legal form.
fn is_one_name(one: &Name, other: &Name) -> bool {
    let words = |name: &Name| -> BTreeSet<String> {
        let folded = name.as_str().split_whitespace().map(|word| {
            word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        });
        folded.filter(|word: &String| !word.is_empty()).collect()
    };
    let (one, other) = (words(one), words(other));
    let is_name = |word: &String| word.chars().count() >= 4 && !is_legal_form(word);
    let part_of =
        |part: &BTreeSet<String>, whole: &BTreeSet<String>| part.is_subset(whole) && part.iter().any(is_name);
    part_of(&one, &other) || part_of(&other, &one)
}
