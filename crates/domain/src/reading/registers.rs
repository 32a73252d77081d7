//! Numbers of one party that say the same: most countries make a company's VAT number of its register's number, so
//! that two candidates that contain each other prove each other.

use super::candidates::{Candidates, Contender};
use super::choice::{Choice, Chosen};
use crate::field::Field;
use crate::values::FieldValue;

/// A pair that agrees is chosen over one that is this many times as likely and does not.
const WORTH_OF_AGREEMENT: f32 = 4.0;
/// How far agreement takes what is missing to certainty.
const PROOF: f32 = 0.5;
/// What an establishment's number is worth beside its company's own.
const ESTABLISHMENT: f32 = 0.5;
/// How likely a field is to have no candidate that is right, when pairs are compared.
const ABSENT: f32 = 0.12;

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
    let now = |field: Field| choice.get(&field).map_or(ABSENT, |chosen| chosen.candidate.score);
    let Some((score, first, second)) = best else { return };
    if score * WORTH_OF_AGREEMENT < now(vat) * now(organisation) {
        return;
    }
    for (field, contender) in [(vat, first), (organisation, second)] {
        let mut chosen = Chosen::of(contender);
        chosen.candidate.score += (1.0 - chosen.candidate.score) * PROOF;
        chosen.candidate.reasons.push("VAT number and register's number are made of each other".to_owned());
        choice.insert(field, chosen);
    }
}

/// How well the register's number fits the VAT number that its country makes of it, up to 1; `None` when it does not.
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
        // A French establishment's number begins with its company's, which is the one that the register has.
        _ => (digits.len() == 14 && digits.starts_with(&inside)).then_some(ESTABLISHMENT),
    }
}
