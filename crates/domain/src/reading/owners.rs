//! Assigns register's numbers to parties: in many countries a VAT number contains the register's
//! number, so both belong to one party.

use super::candidates::{Candidates, key};
use super::choice::{Choice, Chosen};
use crate::field::Field;
use crate::values::FieldValue;

/// Minimum score of a VAT number that assigns its register's number.
const MIN_VAT_SCORE: f32 = 0.5;

/// The parties' numbers: VAT and register.
const PARTIES: [(Field, Field); 2] =
    [(Field::SupplierVatId, Field::SupplierOrgNumber), (Field::CustomerVatId, Field::CustomerOrgNumber)];

/// Assigns a register's number that one party's VAT number contains to that party; the other party
/// gets its next candidate.
pub(super) fn settle(candidates: &Candidates, choice: &mut Choice) {
    let [supplier, customer] = PARTIES;
    for ((vat, own), (_, other)) in [(supplier, customer), (customer, supplier)] {
        let Some(number) = inside(choice, vat) else { continue };
        let is_it = |chosen: &Chosen| key(&chosen.candidate.value) == number;
        if !choice.get(&other).is_some_and(is_it) {
            continue;
        }
        let of = |field| candidates.get(&field).into_iter().flatten();
        let printed = of(own).chain(of(other)).find(|contender| key(&contender.candidate.value) == number);
        let next = of(other).find(|contender| key(&contender.candidate.value) != number);
        match next {
            Some(contender) => choice.insert(other, Chosen::of(contender)),
            None => choice.remove(&other),
        };
        if let Some(contender) = printed {
            let mut chosen = Chosen::of(contender);
            chosen.candidate.score = chosen.candidate.score.max(MIN_VAT_SCORE);
            chosen.candidate.reasons.push("the party's VAT number is made of it".to_owned());
            choice.insert(own, chosen);
        }
    }
}

/// The register's number in a VAT number with a high score.
fn inside(choice: &Choice, vat: Field) -> Option<String> {
    let chosen = choice.get(&vat).filter(|chosen| chosen.candidate.score >= MIN_VAT_SCORE)?;
    match &chosen.candidate.value {
        FieldValue::VatId(number) => Some(key(&FieldValue::OrgNumber(number.org_number()?))),
        _ => None,
    }
}
