//! The choice: one candidate per field, corrected by relations between the fields.

use std::collections::BTreeMap;

use super::candidates::{Candidates, Contender, key};
use super::captions::twin_of;
use super::registers::pair_registers;
use crate::field::{Field, FieldKind};
use crate::label::{Candidate, Source};

/// A field's chosen candidate.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub candidate: Candidate,
    pub source: Source,
    /// Minimum score of a value that others prove; 0 otherwise.
    pub proven: f32,
}

/// The chosen candidates.
pub(super) type Choice = BTreeMap<Field, Chosen>;

impl Chosen {
    pub fn of(contender: &Contender) -> Self {
        Self { candidate: contender.candidate.clone(), source: Source::TextLayer, proven: 0.0 }
    }
}

/// The best candidate of each field, then corrected where two fields contradict each other.
pub(super) fn choose(candidates: &Candidates) -> Choice {
    let mut choice: Choice = candidates
        .iter()
        .filter_map(|(field, contenders)| Some((*field, Chosen::of(best(*field, contenders)?))))
        .collect();
    for (one, other) in EXCLUSIVE {
        separate(&mut choice, candidates, one, other);
    }
    name_the_supplier(&mut choice, candidates);
    order_dates(&mut choice, candidates);
    pair_bank(&mut choice, candidates);
    pair_registers(&mut choice, candidates);
    choice
}

/// Pairs of fields that never have the same value.
const EXCLUSIVE: [(Field, Field); 10] = [
    (Field::SupplierName, Field::CustomerName),
    (Field::SupplierVatId, Field::CustomerVatId),
    (Field::SupplierOrgNumber, Field::CustomerOrgNumber),
    (Field::SupplierAddress, Field::CustomerAddress),
    (Field::SupplierEmail, Field::CustomerEmail),
    (Field::InvoiceNumber, Field::CustomerNumber),
    (Field::InvoiceNumber, Field::OrderNumber),
    (Field::CustomerNumber, Field::OrderNumber),
    (Field::CustomerNumber, Field::SupplierOrgNumber),
    (Field::Bankgiro, Field::Plusgiro),
];

/// The height of a letterhead, as a share of the page.
const LETTERHEAD_HEIGHT: f32 = 0.15;
/// A name with a lower score is rarely a party's.
const MIN_NAME_SCORE: f32 = 0.15;

/// Every invoice names its supplier. If only one party is named, at the top of the first page and
/// without a caption, it is the supplier.
fn name_the_supplier(choice: &mut Choice, candidates: &Candidates) {
    let best = |field: Field| candidates.get(&field).and_then(|contenders| contenders.first());
    let Some(customer) = choice.get(&Field::CustomerName) else { return };
    let own = key(&customer.candidate.value);
    // The same name found for both parties is the name of one party.
    let is_other =
        |name: &Contender| name.candidate.score >= MIN_NAME_SCORE && key(&name.candidate.value) != own;
    if choice.contains_key(&Field::SupplierName)
        || candidates.get(&Field::SupplierName).is_some_and(|names| names.iter().any(is_other))
    {
        return;
    }
    let others = candidates.get(&Field::CustomerName).map_or(0, |contenders| {
        contenders.iter().filter(|contender| contender.candidate.score >= MIN_NAME_SCORE).count()
    });
    let on_top = customer.candidate.place.is_some_and(|place| {
        place.page == 1 && place.bounds.top < LETTERHEAD_HEIGHT && customer.candidate.caption.is_none()
    });
    let has_address =
        best(Field::CustomerAddress).is_some_and(|address| address.candidate.score >= MIN_NAME_SCORE);
    if others == 1
        && on_top
        && !has_address
        && let Some(mut lone) = choice.remove(&Field::CustomerName)
    {
        lone.candidate.score *= 0.6;
        lone.candidate.reasons.push("it is the only party that is named, at the top of the page".to_owned());
        choice.insert(Field::SupplierName, lone);
    }
}

/// Among several accounts of similar score the first printed one; otherwise the one with the
/// highest score.
fn best(field: Field, contenders: &[Contender]) -> Option<&Contender> {
    let first = contenders.first()?;
    if field.kind() != FieldKind::Iban {
        return Some(first);
    }
    let near = contenders.iter().filter(|other| other.candidate.score >= first.candidate.score - 0.12);
    let place = |contender: &&Contender| {
        contender.candidate.place.map_or((u32::MAX, i64::MAX, 0), |place| {
            (place.page, (place.bounds.top * 500.0) as i64, (place.bounds.left * 500.0) as i64)
        })
    };
    near.min_by_key(place)
}

/// If two fields have the same value, the one with the lower score gets its next candidate or none.
/// Of fields that only captions distinguish, it is the one without a caption.
fn separate(choice: &mut Choice, candidates: &Candidates, one: Field, other: Field) {
    let (Some(first), Some(second)) = (choice.get(&one), choice.get(&other)) else { return };
    let taken = key(&first.candidate.value);
    if taken != key(&second.candidate.value) {
        return;
    }
    let loser = match (first.candidate.caption, second.candidate.caption) {
        (Some(_), None) if twin_of(one) == Some(other) => other,
        (None, Some(_)) if twin_of(one) == Some(other) => one,
        _ if first.candidate.score >= second.candidate.score => other,
        _ => one,
    };
    let next = candidates
        .get(&loser)
        .into_iter()
        .flatten()
        .find(|contender| key(&contender.candidate.value) != taken);
    match next {
        Some(contender) => choice.insert(loser, Chosen::of(contender)),
        None => choice.remove(&loser),
    };
}

/// Replaces a due date before the invoice date by the next candidate that is not, if there is one.
fn order_dates(choice: &mut Choice, candidates: &Candidates) {
    let date = |chosen: Option<&Chosen>| chosen.and_then(|chosen| chosen.candidate.value.date());
    let (Some(issued), Some(due)) =
        (date(choice.get(&Field::InvoiceDate)), date(choice.get(&Field::DueDate)))
    else {
        return;
    };
    if due >= issued {
        return;
    }
    let pairs = candidates.get(&Field::InvoiceDate).into_iter().flatten().flat_map(|invoice| {
        candidates.get(&Field::DueDate).into_iter().flatten().map(move |due| (invoice, due))
    });
    let best = pairs
        .filter(|(invoice, due)| due.candidate.value.date() >= invoice.candidate.value.date())
        .map(|(invoice, due)| (invoice.candidate.score * due.candidate.score, invoice, due))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let now = |field| choice.get(&field).map_or(0.0, |chosen| chosen.candidate.score);
    let current = now(Field::InvoiceDate) * now(Field::DueDate);
    if let Some((_, invoice, due)) = best.filter(|(score, ..)| *score > 0.3 * current) {
        choice.insert(Field::InvoiceDate, Chosen::of(invoice));
        choice.insert(Field::DueDate, Chosen::of(due));
    }
}

/// Chooses the BIC that is nearest to the chosen account and has its country.
pub(super) fn pair_bank(choice: &mut Choice, candidates: &Candidates) {
    let Some(iban) = choice.get(&Field::SupplierIban) else { return };
    let place = iban.candidate.place;
    let country = iban.candidate.value.to_string().get(..2).map(str::to_owned);
    let Some(contenders) = candidates.get(&Field::SupplierBic) else { return };
    let rank = |contender: &Contender| {
        let of_country = contender.candidate.value.to_string().get(4..6).map(str::to_owned) == country;
        let near = contender.places.iter().map(|other| nearness(place.as_ref(), other)).fold(0.0, f32::max);
        let rounded = (contender.candidate.score * 4.0).round() / 4.0;
        rounded + 0.8 * near + if of_country { 0.15 } else { 0.0 }
    };
    if let Some(best) = contenders.iter().max_by(|one, other| rank(one).total_cmp(&rank(other))) {
        let mut bank = Chosen::of(best);
        if best.candidate.value.to_string().get(4..6).map(str::to_owned) != country {
            // Many words of eight letters contain a country code in the middle.
            bank.candidate.score *= 0.4;
            bank.candidate.reasons.push("it is of another country than the account".to_owned());
        }
        choice.insert(Field::SupplierBic, bank);
    }
}

/// 1 for adjacent boxes, falling to 0 over about a tenth of the page.
fn nearness(place: Option<&crate::geometry::PageBox>, other: &crate::geometry::PageBox) -> f32 {
    let Some(place) = place.filter(|place| place.page == other.page) else { return 0.0 };
    let down = (place.bounds.top - other.bounds.top).abs();
    let across = (place.bounds.left - other.bounds.left).abs();
    (-(down + 0.12 * across) / 0.05).exp()
}
