//! The tax by rate, as far as an invoice's pages show it.

use std::collections::BTreeMap;

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::facts::Amounts;
use crate::money;
use crate::page::SyntheticPage;

/// The tax of one rate; values that the pages do not show are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRate {
    /// The rate in percent, with two decimals.
    pub rate: String,
    /// The taxed amount.
    pub net: Option<String>,
    /// The tax.
    pub tax: Option<String>,
}

/// The rates of an invoice whose pages show rates. The net and tax of a single rate may be among
/// the totals.
pub(super) fn shown(
    amounts: &Amounts,
    truth: &BTreeMap<Field, String>,
    pages: &[SyntheticPage],
) -> Vec<TaxRate> {
    let shows =
        |class: SpanClass| pages.iter().flat_map(|page| &page.words).any(|word| word.class == Some(class));
    if amounts.untaxed || !shows(SpanClass::RatePercent) {
        return Vec::new();
    }
    let is_single = amounts.rates.len() == 1;
    let net = shows(SpanClass::RateNet) || is_single && truth.contains_key(&Field::TotalNet);
    let tax = shows(SpanClass::RateTax) || is_single && truth.contains_key(&Field::TotalTax);
    let line = |sum: &crate::facts::RateSum| TaxRate {
        rate: money::normal(sum.rate),
        net: net.then(|| money::normal(sum.net)),
        tax: tax.then(|| money::normal(sum.tax)),
    };
    amounts.rates.iter().map(line).collect()
}
