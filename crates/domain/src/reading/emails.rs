//! Assigns e-mail addresses to parties: by the detector's classes, and by the resemblance of domain
//! and name.

use super::candidates::{Candidates, key};
use super::choice::{Choice, Chosen};
use super::evidence::PageEvidence;
use super::parties::{domain_in, resembles};
use crate::detection::SpanClass;
use crate::field::Field;
use crate::geometry::PageBox;
use crate::label::{Candidate, Source};
use crate::values::{Email, FieldValue};

/// Scores, for supplier and customer, of an address that the detector did not classify. It is used
/// only if its domain resembles a party's name; the supplier's is more likely, because the supplier
/// prints its contact address.
const UNCLASSIFIED_SCORES: [f32; 2] = [0.12, 0.03];
/// Minimum score of an assigned address.
const MIN_SCORE: f32 = 0.15;
/// The parties' fields: address and name.
const PARTIES: [(Field, Field); 2] =
    [(Field::SupplierEmail, Field::SupplierName), (Field::CustomerEmail, Field::CustomerName)];

/// An address with its probability of being the supplier's and the customer's.
struct Address {
    of: [Candidate; 2],
}

/// Assigns to each party its most likely address; no address is assigned twice.
pub(super) fn settle(pages: &[PageEvidence], candidates: &Candidates, choice: &mut Choice) {
    let mut addresses = classified(candidates);
    add_unclassified(pages, &mut addresses);
    for address in &mut addresses {
        weigh_domain(address, choice);
    }
    for (field, _) in PARTIES {
        choice.remove(&field);
    }
    let score = |address: &Address, party: usize| address.of.get(party).map_or(0.0, |one| one.score);
    let mut taken = None;
    for party in supplier_first(&addresses) {
        let open = addresses.iter().enumerate().filter(|(index, address)| {
            let own = score(address, party);
            Some(*index) != taken && own >= MIN_SCORE && own >= score(address, 1 - party)
        });
        let best = open.max_by(|(_, one), (_, other)| score(one, party).total_cmp(&score(other, party)));
        if let Some((index, address)) = best
            && let (Some((field, _)), Some(candidate)) = (PARTIES.get(party), address.of.get(party))
        {
            taken = Some(index);
            let chosen = Chosen { candidate: candidate.clone(), source: Source::TextLayer, proven: 0.0 };
            choice.insert(*field, chosen);
        }
    }
}

/// The party with the higher score chooses first.
fn supplier_first(addresses: &[Address]) -> [usize; 2] {
    let best = |party: usize| {
        addresses.iter().filter_map(|address| address.of.get(party)).map(|one| one.score).fold(0.0, f32::max)
    };
    if best(0) >= best(1) { [0, 1] } else { [1, 0] }
}

/// The detector's candidates of both fields, each with its score for either party.
fn classified(candidates: &Candidates) -> Vec<Address> {
    let of = |party: usize| {
        let field = PARTIES.get(party).map(|(field, _)| *field);
        field.and_then(|field| candidates.get(&field)).into_iter().flatten().map(|one| one.candidate.clone())
    };
    let nobodys = |candidate: &Candidate| Candidate { score: 0.0, ..candidate.clone() };
    let mut addresses: Vec<Address> =
        of(0).map(|candidate| Address { of: [candidate.clone(), nobodys(&candidate)] }).collect();
    for candidate in of(1) {
        let known = addresses.iter_mut().find(|address| {
            let [supplier, _] = &address.of;
            key(&supplier.value) == key(&candidate.value)
        });
        match known {
            Some(Address { of: [_, customer] }) => *customer = candidate,
            None => addresses.push(Address { of: [nobodys(&candidate), candidate] }),
        }
    }
    addresses
}

/// Addresses that the detector did not classify.
fn add_unclassified(pages: &[PageEvidence], addresses: &mut Vec<Address>) {
    for page in pages {
        for word in page.layout.reading_order() {
            let elsewhere =
                page.best_class(word).is_some_and(|(class, score)| score > 0.5 && !is_email(class));
            let Some(value) = Email::parse(page.text(word)).ok().filter(|_| !elsewhere) else { continue };
            let value = FieldValue::Email(value);
            let known = addresses.iter().any(|address| {
                let [supplier, _] = &address.of;
                key(&supplier.value) == key(&value)
            });
            if !known {
                let place = page.place(&[word]);
                let of = UNCLASSIFIED_SCORES.map(|score| unclaimed(&value, page.text(word), place, score));
                addresses.push(Address { of });
            }
        }
    }
}

fn is_email(class: SpanClass) -> bool {
    PARTIES.iter().any(|(field, _)| class == SpanClass::Value(*field))
}

fn unclaimed(value: &FieldValue, raw: &str, place: Option<PageBox>, score: f32) -> Candidate {
    Candidate {
        value: value.clone(),
        raw: raw.to_owned(),
        score,
        place,
        caption: None,
        checks: Vec::new(),
        reasons: vec!["it stands on the page, and nothing tells whose it is".to_owned()],
    }
}

/// A domain that resembles only one party's name is evidence for that party.
fn weigh_domain(address: &mut Address, choice: &Choice) {
    let [supplier, customer] = &mut address.of;
    let domain: Vec<String> = domain_in(&supplier.value.to_string()).into_iter().collect();
    let resembles_name = |field: Field| {
        choice.get(&field).is_some_and(|chosen| match &chosen.candidate.value {
            FieldValue::Name(name) => resembles(name, &domain),
            _ => false,
        })
    };
    let (own, other) = match PARTIES.map(|(_, name)| resembles_name(name)) {
        [true, false] => (supplier, customer),
        [false, true] => (customer, supplier),
        _ => return,
    };
    own.score += (1.0 - own.score) * 0.4;
    own.reasons.push("its domain resembles the party's name".to_owned());
    other.score *= 0.4;
    other.reasons.push("its domain resembles the other party's name".to_owned());
}
