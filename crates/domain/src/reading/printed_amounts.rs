//! All amounts that the detector found, of any class: if a sum is plain, a class may be wrong.

use super::amounts::{amounts_in, is_money};
use super::evidence::PageEvidence;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::geometry::PageBox;
use crate::label::Candidate;
use crate::values::{FieldValue, Money, Notation};

/// An amount at one place.
#[derive(Debug, Clone)]
pub(super) struct PrintedAmount {
    pub money: Money,
    pub class: SpanClass,
    pub score: f32,
    pub raw: String,
    pub place: Option<PageBox>,
}

/// Minimum score of a mention.
const MIN_SCORE: f32 = 0.08;
/// Maximum number of amounts; more of them are a long table of lines, whose sums are not searched.
const MAX_AMOUNTS: usize = 160;

/// The amounts of all pages, sorted by the score of their class.
pub(super) fn on(pages: &[PageEvidence], notation: &Notation) -> Vec<PrintedAmount> {
    let mut amounts = Vec::new();
    for page in pages {
        let spans = page.all_spans().filter(|(class, span)| is_money(*class) && span.score >= MIN_SCORE);
        for (class, span) in spans {
            for part in amounts_in(page, span) {
                let raw = page.joined(&part.words);
                let Ok(money) = notation.money(&raw) else { continue };
                let place = page.place(&part.words);
                amounts.push(PrintedAmount { money, class: *class, score: part.score, raw, place });
            }
        }
    }
    amounts.sort_by(|one, other| other.score.total_cmp(&one.score));
    amounts.truncate(MAX_AMOUNTS);
    amounts
}

impl PrintedAmount {
    /// How much less likely an amount of this class is one of the totals than an amount of the
    /// total's own class, as a logarithm; 0 for the field's own class.
    pub fn distance_to(&self, total: Field) -> f32 {
        match (total, self.class) {
            (_, SpanClass::Value(field)) if field == total => 0.0,
            (Field::TotalNet, SpanClass::RateNet) | (Field::TotalTax, SpanClass::RateTax) => 1.2,
            (Field::TotalGross, SpanClass::Value(Field::AmountDue)) => 1.0,
            (_, SpanClass::Value(_) | SpanClass::OtherAmount) => 2.0,
            (Field::TotalTax, SpanClass::LineAmount) => 2.6,
            (_, SpanClass::LineAmount) => 2.2,
            _ => 3.0,
        }
    }

    /// The amount as a candidate of a field with another class.
    pub fn as_candidate(&self, field: Field) -> Candidate {
        Candidate {
            value: FieldValue::Money(self.money),
            raw: self.raw.clone(),
            score: self.score * (-self.distance_to(field)).exp(),
            place: self.place,
            caption: None,
            checks: Vec::new(),
            reasons: vec![format!("the detector takes it for {} ({:.2})", self.class.name(), self.score)],
        }
    }
}

/// The sums of the columns with at least two line amounts, each amount of a line counted once.
pub(super) fn column_sums(amounts: &[PrintedAmount]) -> Vec<Money> {
    let mut columns: Vec<(u32, f32, Vec<&PrintedAmount>)> = Vec::new();
    let lines = amounts.iter().filter(|amount| amount.class == SpanClass::LineAmount && amount.score >= 0.3);
    for amount in lines {
        let Some(place) = amount.place else { continue };
        let right = place.bounds.right();
        let column =
            columns.iter_mut().find(|(page, edge, _)| *page == place.page && (edge - right).abs() < 0.006);
        match column {
            Some((_, _, amounts)) => amounts.push(amount),
            None => columns.push((place.page, right, vec![amount])),
        }
    }
    let sum = |amounts: &[&PrintedAmount]| amounts.iter().map(|amount| amount.money.amount()).sum();
    columns
        .iter()
        .filter(|(.., amounts)| amounts.len() > 1)
        .map(|(.., amounts)| Money::new(sum(amounts)))
        .collect()
}

/// The distinct amounts of a class with a sufficient score.
pub(super) fn of_class(amounts: &[PrintedAmount], class: SpanClass, least: f32) -> Vec<&PrintedAmount> {
    let mut found: Vec<&PrintedAmount> = Vec::new();
    for amount in amounts.iter().filter(|amount| amount.class == class && amount.score > least) {
        if !found.iter().any(|other| other.money == amount.money) {
            found.push(amount);
        }
    }
    found
}
