//! Numbers of one party that agree: in most countries a company's VAT number contains its
//! register's number, so that two such candidates prove each other.

use super::candidates::{Candidates, Contender};
use super::choice::{Choice, Chosen};
use crate::field::Field;
use crate::values::FieldValue;

/// An agreeing pair is chosen over a pair without agreement that is up to this many times as
/// likely.
const AGREEMENT_FACTOR: f32 = 4.0;
/// The share of the remaining doubt that agreement removes.
const PROOF_SHARE: f32 = 0.5;
/// The agreement of an establishment's number, relative to its company's own number.
const ESTABLISHMENT_AGREEMENT: f32 = 0.5;
/// The probability that none of a field's candidates is right, when pairs are compared.
const ABSENT_PROBABILITY: f32 = 0.12;

/// Chooses each party's VAT number and register's number together.
pub(super) fn pair_registers(choice: &mut Choice, candidates: &Candidates) {
    pair(choice, candidates, Field::SupplierVatId, Field::SupplierOrgNumber);
    pair(choice, candidates, Field::CustomerVatId, Field::CustomerOrgNumber);
}

fn pair(choice: &mut Choice, candidates: &Candidates, vat: Field, organisation: Field) {
    let of = |field: Field| candidates.get(&field).map_or(&[][..], Vec::as_slice);
    let best = of(vat)
        .iter()
        .flat_map(|vat| of(organisation).iter().map(move |organisation| (vat, organisation)))
        .filter_map(|(vat, organisation)| Some((vat, organisation, agreement(vat, organisation)?)))
        .map(|(vat, organisation, share)| {
            (share * vat.candidate.score * organisation.candidate.score, vat, organisation)
        })
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let now = |field: Field| choice.get(&field).map_or(ABSENT_PROBABILITY, |chosen| chosen.candidate.score);
    let Some((score, first, second)) = best else { return };
    if score * AGREEMENT_FACTOR < now(vat) * now(organisation) {
        return;
    }
    for (field, contender) in [(vat, first), (organisation, second)] {
        let mut chosen = Chosen::of(contender);
        chosen.candidate.score += (1.0 - chosen.candidate.score) * PROOF_SHARE;
        chosen.candidate.reasons.push("VAT number and register's number are made of each other".to_owned());
        choice.insert(field, chosen);
    }
}

/// How well the register's number fits the VAT number of its country, up to 1; `None` when it does
/// not.
fn agreement(vat: &Contender, organisation: &Contender) -> Option<f32> {
    let (FieldValue::VatId(vat), FieldValue::OrgNumber(number)) =
        (&vat.candidate.value, &organisation.candidate.value)
    else {
        return None;
    };
    let digits = number.digits();
    let inside = vat.org_number()?.digits();
    match inside.len() {
        0..7 => None,
        _ if inside == digits => Some(1.0),
        // The number of a French establishment starts with its company's, which is the register's
        // number.
        _ => (digits.len() == 14 && digits.starts_with(&inside)).then_some(ESTABLISHMENT_AGREEMENT),
    }
}
