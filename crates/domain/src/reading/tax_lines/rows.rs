//! Rows with a rate and its net or tax, in a table of rates or among the totals.

use rust_decimal::Decimal;

use crate::detection::{BlockRole, SpanClass};
use crate::field::Field;
use crate::reading::amounts::{amounts_in, is_money};
use crate::reading::arithmetic::usual_rate;
use crate::reading::evidence::{PageEvidence, Span};
use crate::values::{Money, Notation};

/// The content of one row: at least two of the three values, or a rate and an amount.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub rate: Option<Decimal>,
    pub net: Option<Money>,
    pub tax: Option<Money>,
}

impl Row {
    /// Whether the row is complete, and its tax matches rate and net.
    pub fn is_whole(&self) -> bool {
        matches!((self.rate, self.net, self.tax), (Some(rate), Some(net), Some(tax)) if is_tax_at(rate, net, tax))
    }
}

/// Minimum score of an amount.
const MIN_SCORE: f32 = 0.25;
/// Maximum rate of tax in percent.
const MAX_RATE: i64 = 40;

/// Whether an amount is the tax of another at a rate, within the accumulated rounding of several
/// lines.
pub(super) fn is_tax_at(rate: Decimal, net: Money, tax: Money) -> bool {
    let off = (net.amount() * rate / Decimal::ONE_HUNDRED - tax.amount()).abs();
    off <= Decimal::new(5, 2) + tax.amount().abs() * Decimal::new(1, 3)
}

/// An amount of a line.
#[derive(Debug, Clone)]
struct Amount {
    words: Vec<usize>,
    left: f32,
    money: Money,
    class: SpanClass,
    score: f32,
}

impl Amount {
    const fn is_net(&self) -> bool {
        matches!(self.class, SpanClass::RateNet | SpanClass::Value(Field::TotalNet))
    }

    const fn is_tax(&self) -> bool {
        matches!(self.class, SpanClass::RateTax | SpanClass::Value(Field::TotalTax))
    }
}

/// The rows of a page, from top to bottom.
pub(super) fn rows_on(page: &PageEvidence, notation: &Notation) -> Vec<Row> {
    let amounts = amounts_on(page, notation);
    let mut rows = Vec::new();
    for (number, line) in page.layout.lines.iter().enumerate() {
        let of_line = |amount: &&Amount| {
            amount.words.first().is_some_and(|word| page.placed(*word).line as usize == number)
        };
        let mut amounts: Vec<Amount> = amounts.iter().filter(of_line).cloned().collect();
        amounts.sort_by(|one, other| one.left.total_cmp(&other.left));
        let is_told = amounts.iter().any(|amount| amount.is_net() || amount.is_tax());
        let among_lines = page.role(line).is_some_and(|(role, sure)| role == BlockRole::Lines && sure > 0.5);
        if is_told && !among_lines {
            rows.extend(rows_of(&rates_in(page, line, &amounts), &amounts));
        }
    }
    rows
}

/// Each printed amount once, with its most likely class.
fn amounts_on(page: &PageEvidence, notation: &Notation) -> Vec<Amount> {
    let spans = page.all_spans().filter(|(class, span)| is_money(*class) && span.score >= MIN_SCORE);
    let parts = spans.flat_map(|(class, span)| amounts_in(page, span).into_iter().map(|part| (*class, part)));
    let mut amounts: Vec<Amount> =
        parts.filter_map(|(class, part)| amount(page, class, part, notation)).collect();
    amounts.sort_by(|one, other| other.score.total_cmp(&one.score));
    let mut kept: Vec<Amount> = Vec::new();
    for amount in amounts {
        if !kept.iter().any(|other| other.words.iter().any(|word| amount.words.contains(word))) {
            kept.push(amount);
        }
    }
    kept
}

fn amount(page: &PageEvidence, class: SpanClass, part: Span, notation: &Notation) -> Option<Amount> {
    let money = notation.money(&page.joined(&part.words)).ok()?;
    let left = page.placed(*part.words.first()?).left;
    Some(Amount { words: part.words, left, money, class, score: part.score })
}

/// The rates of a line with their positions: numbers with a percent sign, and numbers detected as a
/// rate.
fn rates_in(page: &PageEvidence, line: &[usize], amounts: &[Amount]) -> Vec<(f32, Decimal)> {
    let is_amount = |word: usize| amounts.iter().any(|amount| amount.words.contains(&word));
    let rate = |word: &usize| {
        let text = page.text(*word);
        let has_sign =
            text.contains('%') || page.next(*word).is_some_and(|next| page.text(next).starts_with('%'));
        let is_rate = page.score(*word, SpanClass::RatePercent) > 0.4;
        let taken = is_amount(*word) && !has_sign;
        let rate = percent(text).filter(|_| (has_sign || is_rate) && !taken)?;
        Some((page.placed(*word).left, rate))
    };
    line.iter().filter_map(rate).collect()
}

/// `25`, `25%`, `(25,00`, `19.0%)`.
fn percent(text: &str) -> Option<Decimal> {
    let plain = text.trim_matches(|letter: char| !letter.is_ascii_digit()).replace(',', ".");
    let rate: Decimal = plain.parse().ok()?;
    (rate <= Decimal::from(MAX_RATE) && plain.len() <= 6).then(|| rate.normalize())
}

fn rows_of(rates: &[(f32, Decimal)], amounts: &[Amount]) -> Vec<Row> {
    match rates {
        [] => without_rate(amounts).into_iter().collect(),
        [(_, rate)] => row_at(*rate, amounts).into_iter().collect(),
        several => {
            // Amounts follow their rate, or precede it.
            let cuts: Vec<f32> = several.iter().map(|(left, _)| *left).collect();
            let behind =
                |index: usize, left: f32| cuts.iter().filter(|cut| left > **cut).count() == index + 1;
            let before = |index: usize, left: f32| cuts.iter().filter(|cut| left > **cut).count() == index;
            let behind = parted(several, amounts, &behind);
            let before = parted(several, amounts, &before);
            if whole(&before) > whole(&behind) { before } else { behind }
        }
    }
}

fn whole(rows: &[Row]) -> usize {
    rows.iter().filter(|row| row.is_whole()).count()
}

fn parted(rates: &[(f32, Decimal)], amounts: &[Amount], belongs: &dyn Fn(usize, f32) -> bool) -> Vec<Row> {
    let row = |(index, (_, rate)): (usize, &(f32, Decimal))| {
        let own: Vec<Amount> = amounts.iter().filter(|amount| belongs(index, amount.left)).cloned().collect();
        row_at(*rate, &own)
    };
    rates.iter().enumerate().filter_map(row).collect()
}

/// The row of a rate: the pair of amounts of which one is the tax of the other, if the class of at
/// least one is known; or the single amount with a known class. A pair that contradicts the rate is
/// ignored.
fn row_at(rate: Decimal, amounts: &[Amount]) -> Option<Row> {
    let pairs = amounts.iter().flat_map(|net| amounts.iter().map(move |tax| (net, tax)));
    let fit = |net: &Amount, tax: &Amount| {
        let known = |is: bool| if is { 1.0 } else { 0.0 };
        known(net.is_net()) + known(tax.is_tax()) + 0.1 * (net.score + tax.score)
    };
    let fitting = pairs.filter(|(net, tax)| {
        net.words != tax.words
            && (net.is_net() || tax.is_tax())
            && !net.is_tax()
            && !tax.is_net()
            && is_tax_at(rate, net.money, tax.money)
            && (rate.is_zero() || !tax.money.amount().is_zero())
    });
    let best = fitting.max_by(|one, other| fit(one.0, one.1).total_cmp(&fit(other.0, other.1)));
    if let Some((net, tax)) = best {
        return Some(Row { rate: Some(rate), net: Some(net.money), tax: Some(tax.money) });
    }
    let net = amounts.iter().find(|amount| amount.is_net()).map(|amount| amount.money);
    let tax = amounts.iter().find(|amount| amount.is_tax()).map(|amount| amount.money);
    match (net, tax) {
        (Some(net), None) if rate.is_zero() => {
            Some(Row { rate: Some(rate), net: Some(net), tax: Some(Money::new(Decimal::ZERO)) })
        }
        (Some(_), None) | (None, Some(_)) => Some(Row { rate: Some(rate), net, tax }),
        _ => None,
    }
}

/// A row of a table without its rate; the rate is the usual one that both amounts prove.
fn without_rate(amounts: &[Amount]) -> Option<Row> {
    let net = amounts.iter().find(|amount| amount.class == SpanClass::RateNet)?.money;
    let tax = amounts.iter().find(|amount| amount.class == SpanClass::RateTax)?.money;
    let rate = usual_rate(net.amount(), tax.amount())?;
    Some(Row { rate: Some(rate), net: Some(net), tax: Some(tax) })
}
