//! Whether a page shows what the e-invoice states.

use std::collections::BTreeSet;

use super::printed;
use super::stated::{StatedInvoice, StatedValue};
use crate::field::Field;
use crate::geometry::PageBox;
use crate::label::{Label, Source};
use crate::reading::candidates::{Candidates, key};
use crate::reading::evidence::PageEvidence;
use crate::values::{FieldValue, Money, Name};

/// From this confidence on the page's own reading is taken for what it shows.
const BELIEVED: f32 = 0.5;
/// From this confidence on it is believed although the stated value stands somewhere else on the page.
const SURE: f32 = 0.9;

/// What the pages say of a stated value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Comparison {
    /// They show it.
    Shown {
        /// Where.
        place: Option<PageBox>,
        /// The words that name it there.
        caption: Option<PageBox>,
    },
    /// They show another value in its stead.
    Differs {
        /// The other value.
        on_page: String,
        /// Where that stands.
        place: Option<PageBox>,
    },
    /// They show neither it nor another one.
    NotShown,
}

impl Comparison {
    /// Compares what is stated for a field with the pages' own reading of it, and where that differs with
    /// everything that they print.
    pub fn of(
        invoice: &StatedInvoice,
        field: Field,
        of_page: Option<&Label>,
        pages: &[PageEvidence],
        candidates: &Candidates,
    ) -> Self {
        let read = of_page.filter(|label| label.source != Source::Derived && label.confidence >= BELIEVED);
        let is_stated = |value: &FieldValue| {
            let mut all = invoice.values(field);
            all.any(|stated| mean_the_same(&stated.value, value))
        };
        if let Some(label) = read.filter(|label| is_stated(&label.value)) {
            return Self::Shown { place: label.place, caption: label.caption };
        }
        let contenders = candidates.get(&field).into_iter().flatten();
        let mut shown = contenders.filter(|contender| is_stated(&contender.candidate.value));
        if let Some(label) = read.filter(|label| label.confidence >= SURE) {
            return Self::differs(label);
        }
        if let Some(contender) = shown.next() {
            let candidate = &contender.candidate;
            return Self::Shown { place: candidate.place, caption: candidate.caption };
        }
        let printed = |stated: &StatedValue| printed::place_of(pages, field.kind(), &stated.value);
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

/// Whether two values are prints of one: names with and without their legal form or in another order, amounts
/// whatever their sign, numbers with and without their prefix or branch.
fn mean_the_same(stated: &FieldValue, shown: &FieldValue) -> bool {
    match (stated, shown) {
        (FieldValue::Money(stated), FieldValue::Money(shown)) => {
            Money::new(stated.amount().abs()).is_near(Money::new(shown.amount().abs()), 0)
        }
        (FieldValue::Name(stated), FieldValue::Name(shown)) => is_one_name(stated, shown),
        (FieldValue::Bic(_), FieldValue::Bic(_)) | (FieldValue::OrgNumber(_), FieldValue::OrgNumber(_)) => {
            one_goes_on(&key(stated), &key(shown), |longer, part| longer.starts_with(part))
        }
        (FieldValue::VatId(_), FieldValue::VatId(_)) => {
            one_goes_on(&key(stated), &key(shown), |longer, part| longer.ends_with(part))
        }
        _ => key(stated) == key(shown),
    }
}

/// Whether one of two texts is the other, or has it at its beginning or end; both of some length.
fn one_goes_on(one: &str, other: &str, has: fn(&str, &str) -> bool) -> bool {
    one.len().min(other.len()) >= 8 && (has(one, other) || has(other, one))
}

/// Whether the words of one name are all in the other.
fn is_one_name(one: &Name, other: &Name) -> bool {
    let words = |name: &Name| -> BTreeSet<String> {
        let folded = name.as_str().split_whitespace().map(|word| {
            word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        });
        folded.filter(|word: &String| !word.is_empty()).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
}
