//! The tax by rate, as printed on the pages: rows that are valid by themselves and add up to the
//! totals.

mod rows;

use rust_decimal::Decimal;

use rows::{Row, is_tax_at, rows_on};

use super::arithmetic::usual_rate;
use super::evidence::PageEvidence;
use crate::check::Check;
use crate::extraction::TaxLine;
use crate::field::Field;
use crate::label::Label;
use crate::values::{Money, Notation};

/// Minimum confidence of the totals used here.
const MIN_CONFIDENCE: f32 = 0.5;

/// The chosen totals.
struct Totals {
    net: Option<Money>,
    tax: Option<Money>,
    gross: Option<Money>,
}

impl Totals {
    fn of(labels: &[Label]) -> Self {
        let money = |field| {
            let label =
                labels.iter().find(|label| label.field == field && label.confidence >= MIN_CONFIDENCE)?;
            label.value.money()
        };
        Self { net: money(Field::TotalNet), tax: money(Field::TotalTax), gross: money(Field::TotalGross) }
    }

    /// Whether net plus tax equals gross.
    fn agree(&self) -> bool {
        match (self.net, self.tax, self.gross) {
            (Some(net), Some(tax), Some(gross)) => {
                (net.amount() + tax.amount() - gross.amount()).abs() < Decimal::ONE
            }
            _ => false,
        }
    }
}

/// The tax by rate, and whether it adds up to the total tax if both are printed
/// (`tax_lines_sum_to_tax`). Rows that contradict totals which agree with each other are dropped.
pub(super) fn tax_lines(
    pages: &[PageEvidence],
    notation: &Notation,
    labels: &[Label],
) -> (Vec<TaxLine>, Option<Check>) {
    let totals = Totals::of(labels);
    let printed = pages.iter().flat_map(|page| rows_on(page, notation));
    let mut rows = merged(printed.filter(is_possible).collect());
    complete(&mut rows, &totals);
    let rows = without_sum(rows, &totals);
    let check = sum_check(&rows, &totals);
    let is_believed = match &check {
        Some(check) => check.passed || (!totals.agree() && rows.iter().all(Row::is_whole)),
        None => rows.iter().any(Row::is_whole),
    };
    if rows.is_empty() || !is_believed {
        return (by_totals(&totals).into_iter().collect(), None);
    }
    // A single row is the total itself.
    let check = check.filter(|check| rows.len() > 1 || !check.passed);
    let line = |row: Row| TaxLine { category: None, rate: row.rate, net: row.net, tax: row.tax };
    (rows.into_iter().map(line).collect(), check)
}

/// Excludes a zero rate with a tax, and a positive rate without a tax, unless the row states its
/// net.
fn is_possible(row: &Row) -> bool {
    let is_zero = |amount: Option<Money>| amount.is_some_and(|amount| amount.amount().is_zero());
    match row.rate {
        Some(rate) if rate.is_zero() => row.tax.is_none() || is_zero(row.tax),
        Some(_) => !is_zero(row.tax) || row.net.is_some(),
        None => true,
    }
}

/// Merges rows that are equal or complement each other.
fn merged(rows: Vec<Row>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::new();
    for row in rows {
        match kept.iter_mut().find(|other| is_same(other, &row)) {
            Some(other) => {
                other.net = other.net.or(row.net);
                other.tax = other.tax.or(row.tax);
            }
            None => kept.push(row),
        }
    }
    kept
}

fn is_same(one: &Row, other: &Row) -> bool {
    let agree = |one: Option<Money>, other: Option<Money>| {
        one.zip(other).is_none_or(|(one, other)| one.is_near(other, 0))
    };
    let (net, tax) = (one.net.or(other.net), one.tax.or(other.tax));
    let holds = match (one.rate, net, tax) {
        (Some(rate), Some(net), Some(tax)) => is_tax_at(rate, net, tax),
        _ => true,
    };
    one.rate == other.rate && agree(one.net, other.net) && agree(one.tax, other.tax) && holds
}

/// If one row lacks one amount, it is the total minus the other rows, provided that the rate
/// agrees.
fn complete(rows: &mut [Row], totals: &Totals) {
    let rest = |rows: &[Row], total: Option<Money>, amount: fn(&Row) -> Option<Money>| {
        let missing = rows.iter().filter(|row| amount(row).is_none()).count();
        let sum: Decimal = rows.iter().filter_map(amount).map(Money::amount).sum();
        total.filter(|_| missing == 1).map(|total| Money::new(total.amount() - sum))
    };
    let net = rest(rows, totals.net, |row| row.net);
    let tax = rest(rows, totals.tax, |row| row.tax);
    for row in rows.iter_mut() {
        let whole = Row { rate: row.rate, net: row.net.or(net), tax: row.tax.or(tax) };
        if whole.is_whole() {
            *row = whole;
        }
    }
}

/// Drops a row that is the sum of the others, if the others add up to the total without it.
fn without_sum(rows: Vec<Row>, totals: &Totals) -> Vec<Row> {
    let Some(total) = totals.tax else { return rows };
    let sums = |rows: &[Row]| tax_of(rows).is_some_and(|sum| is_sum(sum, total, rows.len()));
    if rows.len() < 2 || sums(&rows) {
        return rows;
    }
    let without = |index: usize| -> Vec<Row> {
        rows.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, row)| row.clone()).collect()
    };
    (0..rows.len()).map(without).find(|rest| sums(rest)).unwrap_or(rows)
}

fn tax_of(rows: &[Row]) -> Option<Decimal> {
    rows.iter().map(|row| row.tax.map(Money::amount)).sum()
}

/// Allows half a hundredth per row, because senders round each row, and one for the total.
fn is_sum(sum: Decimal, total: Money, terms: usize) -> bool {
    (sum - total.amount()).abs() <= Decimal::new(5, 3) * Decimal::from(terms + 2)
}

fn sum_check(rows: &[Row], totals: &Totals) -> Option<Check> {
    let (sum, total) = (tax_of(rows)?, totals.tax?);
    let passed = is_sum(sum, total, rows.len());
    (!rows.is_empty())
        .then(|| Check::new("tax_lines_sum_to_tax", passed).because(format!("{}, {total}", Money::new(sum))))
}

/// A single rate: the rate of the totals, if they prove a usual one.
fn by_totals(totals: &Totals) -> Option<TaxLine> {
    let (net, tax) = (totals.net?, totals.tax?);
    let rate = usual_rate(net.amount(), tax.amount()).filter(|_| !tax.amount().is_zero())?;
    Some(TaxLine { category: None, rate: Some(rate), net: Some(net), tax: Some(tax) })
}
