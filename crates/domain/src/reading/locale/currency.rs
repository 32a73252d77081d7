//! The currency of a document: codes and symbols next to its amounts, and its country's currency.

use super::Votes;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::field::FieldKind;
use crate::geometry::PageBox;
use crate::reading::evidence::PageEvidence;
use crate::values::{CountryCode, Currency, CurrencyMark, FieldValue, Notation};

/// The currency, and the evidence for it.
#[derive(Debug, Clone)]
pub(in crate::reading) struct CurrencyFinding {
    pub currency: Currency,
    /// 0..1.
    pub score: f32,
    /// The mark as printed; empty when the currency follows only from the country.
    pub raw: String,
    pub place: Option<PageBox>,
    pub reason: &'static str,
}

/// A currency mark on a page.
struct Mark {
    mark: CurrencyMark,
    weight: f32,
    raw: String,
    place: Option<PageBox>,
}

pub(super) fn currency_of_document(
    pages: &[PageEvidence],
    country: Option<CountryCode>,
) -> Option<CurrencyFinding> {
    let marks: Vec<Mark> = pages.iter().flat_map(marks_on).collect();
    let mut votes = Votes::new();
    // An unambiguous code or symbol determines the meaning of an ambiguous symbol.
    let exact = marks.iter().filter(|mark| mark.mark.is_exact());
    let settled = |choices: &[Currency]| {
        exact.clone().find_map(|mark| mark.mark.resolve(None).filter(|currency| choices.contains(currency)))
    };
    for mark in &marks {
        let currency = match mark.mark {
            CurrencyMark::OneOf(choices) => settled(choices).or_else(|| mark.mark.resolve(country)),
            CurrencyMark::Exactly(currency) => Some(currency),
        };
        if let Some(currency) = currency {
            votes.add(currency, mark.weight);
        }
    }
    let Some((currency, weight, share)) = votes.winner() else { return by_country(country) };
    let names = |mark: &&Mark| mark.mark.resolve(country) == Some(currency) || !mark.mark.is_exact();
    let best = marks.iter().filter(names).max_by(|one, other| one.weight.total_cmp(&other.weight));
    Some(CurrencyFinding {
        currency,
        score: (0.55 + 0.1 * weight.min(3.0)) * (0.5 + 0.5 * share),
        raw: best.map(|mark| mark.raw.clone()).unwrap_or_default(),
        place: best.and_then(|mark| mark.place),
        reason: "printed on the page",
    })
}

fn by_country(country: Option<CountryCode>) -> Option<CurrencyFinding> {
    let currency = crate::values::currency_of_country(country?)?;
    Some(CurrencyFinding {
        currency,
        score: 0.45,
        raw: String::new(),
        place: None,
        reason: "the country's own",
    })
}

fn marks_on(page: &PageEvidence) -> Vec<Mark> {
    let words = 0..page.page.words.len();
    let mut marks: Vec<Mark> = words.filter_map(|word| mark_in(page, word)).collect();
    for span in page.spans(SpanClass::Value(Field::Currency)).filter(|span| span.score > 0.3) {
        let raw = page.joined(&span.words);
        if let Ok(FieldValue::Currency(currency)) =
            FieldValue::parse(FieldKind::Currency, &raw, &Notation::default())
        {
            let exact = raw.split_whitespace().filter_map(CurrencyMark::of).any(CurrencyMark::is_exact);
            let mark = if exact { CurrencyMark::Exactly(currency) } else { continue };
            marks.push(Mark { mark, weight: 3.0 * span.score, raw, place: page.place(&span.words) });
        }
    }
    marks
}

/// A mark that is a word by itself or attached to an amount. A mark next to one of the totals has
/// the highest weight.
fn mark_in(page: &PageEvidence, word: usize) -> Option<Mark> {
    let text = page.text(word);
    let bare = text.trim_matches(|letter: char| letter.is_ascii_digit() || ".,'-+()/:;−–".contains(letter));
    let mark = CurrencyMark::of(text).or_else(|| if bare == text { None } else { CurrencyMark::of(bare) })?;
    let near = [Some(word), page.next(word), page.previous(word)];
    let total = near.into_iter().flatten().map(|word| total_score(page, word)).fold(0.0, f32::max);
    let amount = near
        .into_iter()
        .flatten()
        .any(|word| page.text(word).contains(|letter: char| letter.is_ascii_digit()));
    let weight = if amount { 1.0 } else { 0.5 } + 1.5 * total;
    Some(Mark { mark, weight, raw: text.to_owned(), place: page.place(&[word]) })
}

fn total_score(page: &PageEvidence, word: usize) -> f32 {
    [Field::TotalGross, Field::AmountDue, Field::TotalNet, Field::TotalTax]
        .into_iter()
        .map(|field| page.score(word, SpanClass::Value(field)))
        .fold(0.0, f32::max)
}
