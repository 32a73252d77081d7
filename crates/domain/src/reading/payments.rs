//! A reference and its account belong together: they are on one slip, in one block, or in the
//! machine-read line. Among several references or accounts, the pair with the closest places is
//! chosen.

use super::candidates::{Candidates, Contender, key};
use super::choice::{Choice, Chosen, pair_bank};
use super::evidence::PageEvidence;
use crate::detection::BlockRole;
use crate::field::Field;
use crate::geometry::{BoundingBox, PageBox};
use crate::label::{Candidate, Source};
use crate::values::{FieldValue, PaymentReference, passes_luhn};

/// The accounts that a reference may belong to; the first one that the document has is used.
const ACCOUNTS: [Field; 4] = [Field::Bankgiro, Field::AccountNumber, Field::Plusgiro, Field::SupplierIban];
/// Candidates with a lower share of the best score are not tried.
const MIN_SCORE_SHARE: f32 = 0.35;
/// The weight of adjacent places, as a logarithm.
const ADJACENCY_WEIGHT: f32 = 1.0;
/// Another pair must exceed the chosen pair by this weight.
const MIN_ADVANTAGE: f32 = 0.25;

/// Chooses the pair of reference and account with adjacent places, if there are several.
pub(super) fn settle(pages: &[PageEvidence], candidates: &Candidates, choice: &mut Choice) {
    pair(pages, candidates, choice);
    for page in pages {
        for line in &page.layout.lines {
            if let Some(slip) = machine_line(&page.joined(line)) {
                follow_machine_line(&slip, page.place(line), candidates, choice);
            }
        }
    }
}

fn pair(pages: &[PageEvidence], candidates: &Candidates, choice: &mut Choice) {
    let has = |choice: &Choice, field: &Field| choice.contains_key(field);
    let Some(reference) = [Field::PaymentReference, Field::Kid].into_iter().find(|field| has(choice, field))
    else {
        return;
    };
    let Some(account) = ACCOUNTS.into_iter().find(|field| has(choice, field)) else { return };
    let (references, accounts) = (comparable(candidates, reference), comparable(candidates, account));
    let weight = |(one, other): &(&Contender, &Contender)| {
        logarithm(one) + logarithm(other) + ADJACENCY_WEIGHT * nearest(pages, one, other)
    };
    let is_chosen = |field: Field, contender: &Contender| {
        choice
            .get(&field)
            .is_some_and(|chosen| key(&chosen.candidate.value) == key(&contender.candidate.value))
    };
    let pairs = references.iter().flat_map(|one| accounts.iter().map(move |other| (*one, *other)));
    let pairs: Vec<_> = pairs.map(|pair| (weight(&pair), pair)).collect();
    let now = pairs.iter().find(|(_, (one, other))| is_chosen(reference, one) && is_chosen(account, other));
    let best = pairs.iter().reduce(|best, other| if other.0 > best.0 { other } else { best });
    let (Some(now), Some(best)) = (now, best) else { return };
    if best.0 <= now.0 + MIN_ADVANTAGE {
        return;
    }
    for (field, contender) in [(reference, best.1.0), (account, best.1.1)] {
        let mut chosen = Chosen::of(contender);
        chosen.candidate.reasons.push("reference and account stand together".to_owned());
        choice.insert(field, chosen);
    }
    pair_bank(choice, candidates);
}

fn logarithm(contender: &Contender) -> f32 {
    contender.candidate.score.clamp(1e-4, 1.0).ln()
}

fn comparable(candidates: &Candidates, field: Field) -> Vec<&Contender> {
    let contenders = candidates.get(&field).map_or(&[][..], Vec::as_slice);
    let best = contenders.first().map_or(0.0, |first| first.candidate.score);
    contenders
        .iter()
        .filter(|contender| contender.candidate.score >= MIN_SCORE_SHARE * best)
        .take(6)
        .collect()
}

/// 1 for one payment block or adjacent places, falling to 0 over about a tenth of the page.
fn nearest(pages: &[PageEvidence], one: &Contender, other: &Contender) -> f32 {
    let places = one.places.iter().flat_map(|one| other.places.iter().map(move |other| (one, other)));
    places.map(|(one, other)| nearness(pages, one, other)).fold(0.0, f32::max)
}

fn nearness(pages: &[PageEvidence], one: &PageBox, other: &PageBox) -> f32 {
    if one.page != other.page {
        return 0.0;
    }
    let shared = pages.iter().filter(|page| page.page.number == one.page).any(|page| {
        let mut blocks = page.blocks.iter().filter(|block| {
            matches!(block.role, BlockRole::PaymentSlip | BlockRole::Bank) && block.score > 0.4
        });
        blocks.any(|block| is_in(page, &block.words, one) && is_in(page, &block.words, other))
    });
    let down = (one.bounds.middle() - other.bounds.middle()).abs();
    let across = (one.bounds.left - other.bounds.left).abs();
    let near = (-(0.12f32.mul_add(across, down)) / 0.05).exp();
    if shared { near.max(0.8) } else { near }
}

fn is_in(page: &PageEvidence, words: &[usize], place: &PageBox) -> bool {
    let overlaps = |bounds: &BoundingBox| {
        bounds.horizontal_overlap(&place.bounds) > 0.0 && bounds.vertical_overlap(&place.bounds) > 0.0
    };
    words.iter().filter_map(|word| page.page.words.get(*word)).any(|word| overlaps(&word.bounds))
}

/// The content of the line at the foot of a Swedish slip.
#[derive(Debug, Clone, PartialEq, Eq)]
struct MachineLine {
    reference: String,
    account: String,
}

/// `#  12345674  #  1250 00 5  >  50501055#41#`: the reference, the amount and its check digit, the account and a code.
fn machine_line(text: &str) -> Option<MachineLine> {
    let (before, after) = text.split_once('>')?;
    let digits = |text: &str| -> Option<String> {
        let plain: String = text.split_whitespace().collect();
        (!plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit())).then_some(plain)
    };
    let (account, _) = after.split_once('#')?;
    let account =
        digits(account).filter(|account| (2..=8).contains(&account.len()) && passes_luhn(account))?;
    let reference = before.split('#').skip(1).find_map(digits)?;
    let is_reference = (2..=25).contains(&reference.len()) && passes_luhn(&reference);
    is_reference.then_some(MachineLine { reference, account })
}

/// The machine-read line has its own check digits: it outweighs other places.
fn follow_machine_line(
    slip: &MachineLine,
    place: Option<PageBox>,
    candidates: &Candidates,
    choice: &mut Choice,
) {
    const REASON: &str = "the line that a machine reads says so";
    let known = |field: Field, number: &str| {
        let mut contenders = candidates.get(&field).into_iter().flatten();
        contenders.find(|contender| contender.candidate.value.to_string() == number).map(Chosen::of)
    };
    let Ok(value) = PaymentReference::parse(&slip.reference) else { return };
    let value = FieldValue::PaymentReference(value);
    let reference = known(Field::PaymentReference, &slip.reference).unwrap_or_else(|| {
        let checks = value.checks(Some(crate::values::CountryCode::SE));
        let candidate = Candidate {
            value,
            raw: slip.reference.clone(),
            score: 0.6,
            place,
            caption: None,
            checks,
            reasons: Vec::new(),
        };
        Chosen { candidate, source: Source::TextLayer, proven: 0.0 }
    });
    let account = [Field::Bankgiro, Field::Plusgiro]
        .into_iter()
        .filter_map(|field| Some((field, known(field, &slip.account)?)))
        .max_by(|one, other| one.1.candidate.score.total_cmp(&other.1.candidate.score));
    // A line whose account is not printed elsewhere may belong to another slip.
    let Some(account) = account else { return };
    for (field, mut chosen) in [(Field::PaymentReference, reference), account] {
        chosen.proven = 0.93;
        chosen.candidate.reasons.push(REASON.to_owned());
        choice.insert(field, chosen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_slip_is_taken_apart() {
        let line = |reference: &str, account: &str| MachineLine {
            reference: reference.to_owned(),
            account: account.to_owned(),
        };
        for text in ["# 1234567897 # 1250 00 5 > 50501055#41#", "#1234567897# > 50501055 # 41 #"] {
            assert_eq!(machine_line(text), Some(line("1234567897", "50501055")), "{text}");
        }
        for text in
            ["# 1234567890 # 1250 00 5 > 50501055#41#", "# 1234567897 # > 50501056#41#", "a > b", "1 > 2 # 3"]
        {
            assert_eq!(machine_line(text), None, "{text}");
        }
    }
}
