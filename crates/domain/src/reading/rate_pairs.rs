//! Taxes by rate that add up to the total: a net and its tax at a usual rate for each of two or
//! three rates, with their gross sum printed as well. Such a sum is not a coincidence, whatever the
//! detected classes of its parts.

use rust_decimal::Decimal;

use super::arithmetic::usual_rate;
use super::printed_amounts::PrintedAmount;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::values::Money;

/// The sums of several rates together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RateSum {
    pub net: Money,
    pub tax: Money,
    pub gross: Money,
}

/// A net and its tax.
#[derive(Clone, Copy)]
struct Pair {
    net: Money,
    tax: Money,
    rate: Decimal,
}

/// Maximum number of amounts in the search.
const MAX_AMOUNTS: usize = 24;
/// Maximum number of pairs in the search.
const MAX_PAIRS: usize = 24;

/// The sums of two or three rates whose gross is printed.
pub(super) fn sums(printed: &[PrintedAmount]) -> Vec<RateSum> {
    let amounts = beside_lines(printed);
    let pairs = pairs(&amounts);
    let mut sums = Vec::new();
    for (index, first) in pairs.iter().enumerate() {
        for (next, second) in pairs.iter().enumerate().skip(index + 1) {
            sums.extend(sum_of(&[*first, *second], printed));
            for third in pairs.iter().skip(next + 1) {
                sums.extend(sum_of(&[*first, *second, *third], printed));
            }
        }
    }
    sums
}

/// The distinct amounts that are not, or probably not, line amounts.
fn beside_lines(printed: &[PrintedAmount]) -> Vec<Money> {
    let mut amounts: Vec<Money> = Vec::new();
    for amount in printed {
        let is_line = amount.class == SpanClass::LineAmount && amount.score > 0.5;
        if !is_line && !amounts.contains(&amount.money) && !amount.money.amount().is_zero() {
            amounts.push(amount.money);
        }
    }
    amounts.truncate(MAX_AMOUNTS);
    amounts
}

fn pairs(amounts: &[Money]) -> Vec<Pair> {
    let all = amounts.iter().flat_map(|net| amounts.iter().map(move |tax| (*net, *tax)));
    let at_rate = all.filter_map(|(net, tax)| {
        let rate = usual_rate(net.amount(), tax.amount())?;
        Some(Pair { net, tax, rate })
    });
    at_rate.take(MAX_PAIRS).collect()
}

/// The sum of pairs of different rates, if all their amounts differ and the gross is printed.
fn sum_of(pairs: &[Pair], printed: &[PrintedAmount]) -> Option<RateSum> {
    let differ = |of: fn(&Pair) -> Decimal| {
        pairs
            .iter()
            .enumerate()
            .all(|(index, one)| pairs.iter().skip(index + 1).all(|two| of(one) != of(two)))
    };
    if !differ(|pair| pair.rate) || !differ(|pair| pair.net.amount()) || !differ(|pair| pair.tax.amount()) {
        return None;
    }
    let net = Money::new(pairs.iter().map(|pair| pair.net.amount()).sum());
    let tax = Money::new(pairs.iter().map(|pair| pair.tax.amount()).sum());
    let gross = Money::new(net.amount() + tax.amount());
    let is_told = |amount: &&PrintedAmount| amount.money.is_near(gross, 1) && may_be_total(amount.class);
    let gross = printed.iter().find(is_told)?.money;
    Some(RateSum { net, tax, gross })
}

const fn may_be_total(class: SpanClass) -> bool {
    matches!(class, SpanClass::Value(Field::TotalGross | Field::AmountDue))
}
