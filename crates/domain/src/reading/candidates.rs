//! Candidates: the mentions of a field, equal values merged, the best first.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::caption_values::values_by_caption;
use super::evidence::PageEvidence;
use super::locale::DocumentLocale;
use super::mentions::{Mention, mentions_by_shape, mentions_of};
use super::names::is_unfinished;
use crate::field::{Field, FieldKind};
use crate::geometry::PageBox;
use crate::label::Candidate;
use crate::values::FieldValue;

/// A candidate and all its mentions' places.
#[derive(Debug, Clone)]
pub(super) struct Contender {
    pub candidate: Candidate,
    pub places: Vec<PageBox>,
}

/// The candidates of every field.
pub(super) type Candidates = BTreeMap<Field, Vec<Contender>>;

/// If no mention scores higher than this, also search by caption and by shape.
const SEARCH_BELOW_SCORE: f32 = 0.3;

/// Collects the candidates of all fields except the currency, which is decided for the whole
/// document.
pub(super) fn gather(pages: &[PageEvidence], locale: &DocumentLocale) -> Candidates {
    let fields = Field::ALL.iter().filter(|field| field.kind() != FieldKind::Currency);
    fields
        .map(|field| {
            let mut mentions = mentions_of(pages, locale, *field);
            if mentions.iter().all(|mention| mention.score < SEARCH_BELOW_SCORE) {
                mentions.extend(values_by_caption(pages, locale, *field));
                mentions.extend(mentions_by_shape(pages, locale, *field));
            }
            (*field, merged(mentions))
        })
        .collect()
}

/// The normal form by which two prints of a value are equal.
pub(super) fn key(value: &FieldValue) -> String {
    match value {
        FieldValue::Name(name) => name.folded(),
        FieldValue::Money(_) | FieldValue::Date(_) | FieldValue::FikLine(_) => value.to_string(),
        other => {
            other.to_string().chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
        }
    }
}

/// The weight of further mentions relative to the first: they often have the same cause.
const REPEATED_WEIGHT: f32 = 0.7;

/// Merges the mentions of one value: their doubts are multiplied.
fn merged(mut mentions: Vec<Mention>) -> Vec<Contender> {
    mentions.sort_by(|one, other| other.score.total_cmp(&one.score));
    let mut contenders: Vec<(String, Contender)> = Vec::new();
    for mention in mentions {
        let key = key(&mention.value);
        match contenders.iter_mut().find(|(of, _)| *of == key) {
            Some((_, contender)) => repeat(contender, &mention),
            None => contenders.push((key, contender(mention))),
        }
    }
    let contenders = contenders.into_iter().map(|(_, contender)| contender).collect();
    let mut contenders = without_cut_amounts(without_broken_names(contenders));
    contenders.sort_by(|one, other| other.candidate.score.total_cmp(&one.candidate.score));
    contenders
}

/// Drops amounts whose first group of digits was cut off ("Total8" | "570,68") if the whole amount
/// is also found; the whole amount gets at least their score.
fn without_cut_amounts(contenders: Vec<Contender>) -> Vec<Contender> {
    let amount = |contender: &Contender| contender.candidate.value.money().map(|money| money.amount().abs());
    let is_end_of = |part: Decimal, whole: Decimal| {
        let group = Decimal::from(1000);
        part < group
            && whole > group
            && part >= Decimal::ONE_HUNDRED
            && (whole - part) % group == Decimal::ZERO
    };
    // Alternatives of the same words are left to the sums.
    let stand_apart = |one: &Contender, other: &Contender| {
        !one.places.is_empty()
            && one.places.iter().all(|place| !other.places.iter().any(|other| overlap(place, other)))
    };
    let wholes: Vec<Option<usize>> = contenders
        .iter()
        .map(|part| {
            contenders.iter().position(|whole| {
                whole.candidate.score >= MIN_AMOUNT_SCORE
                    && amount(part).zip(amount(whole)).is_some_and(|(part, whole)| is_end_of(part, whole))
                    && stand_apart(part, whole)
            })
        })
        .collect();
    let mut kept: Vec<Option<Contender>> = contenders.into_iter().map(Some).collect();
    for (index, whole) in wholes.into_iter().enumerate() {
        let Some(whole) = whole else { continue };
        let score = kept.get_mut(index).and_then(Option::take).map_or(0.0, |part| part.candidate.score);
        if let Some(Some(whole)) = kept.get_mut(whole) {
            whole.candidate.score = whole.candidate.score.max(score);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Minimum score of a candidate that counts as an amount of its field.
const MIN_AMOUNT_SCORE: f32 = 0.4;

/// Drops a name that was broken in the middle ("Gärten & Höfe in" | "Neustadt GmbH") if the whole
/// name is printed or was joined; the whole name gets at least its parts' score.
fn without_broken_names(contenders: Vec<Contender>) -> Vec<Contender> {
    let words = |contender: &Contender| -> Vec<String> {
        match &contender.candidate.value {
            FieldValue::Name(name) => name.as_str().split(' ').map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    };
    let all: Vec<Vec<String>> = contenders.iter().map(words).collect();
    let whole_of = |part: &[String]| {
        all.iter()
            .position(|whole| whole.len() > part.len() && !part.is_empty() && is_broken_out_of(part, whole))
    };
    let mut kept: Vec<Option<Contender>> = contenders.into_iter().map(Some).collect();
    for (index, part) in all.iter().enumerate() {
        let Some(whole) = whole_of(part) else { continue };
        let score = kept.get_mut(index).and_then(Option::take).map_or(0.0, |part| part.candidate.score);
        if let Some(Some(whole)) = kept.get_mut(whole) {
            whole.candidate.score = whole.candidate.score.max(score);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Whether a name starts or ends with this part, cut at a place where no name is cut.
fn is_broken_out_of(part: &[String], whole: &[String]) -> bool {
    let ends_open = part.last().is_some_and(|last| is_unfinished(last));
    let before = whole.len().checked_sub(part.len() + 1).and_then(|before| whole.get(before));
    (whole.starts_with(part) && ends_open)
        || (whole.ends_with(part) && before.is_some_and(|before| is_unfinished(before)))
}

fn repeat(contender: &mut Contender, mention: &Mention) {
    // Overlapping spans of the same words are one mention, not two.
    if mention.place.is_some_and(|place| contender.places.iter().any(|other| overlap(&place, other))) {
        return;
    }
    let candidate = &mut contender.candidate;
    candidate.score = 1.0 - (1.0 - candidate.score) * (1.0 - REPEATED_WEIGHT * mention.score);
    candidate.caption = candidate.caption.or(mention.caption);
    if contender.places.len() == 1 {
        candidate.reasons.push("it is printed more than once".to_owned());
    }
    contender.places.extend(mention.place);
}

fn overlap(one: &PageBox, other: &PageBox) -> bool {
    one.page == other.page
        && one.bounds.horizontal_overlap(&other.bounds) > 0.0
        && one.bounds.vertical_overlap(&other.bounds) > 0.0
}

fn contender(mention: Mention) -> Contender {
    let places = mention.place.into_iter().collect();
    let candidate = Candidate {
        value: mention.value,
        raw: mention.raw,
        score: mention.score,
        place: mention.place,
        caption: mention.caption,
        checks: mention.checks,
        reasons: mention.reasons,
    };
    Contender { candidate, places }
}
