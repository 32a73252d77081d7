//! Every hard case occurs, and its words have the labels that they should.

use std::collections::BTreeMap;

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::HardCase;
use crate::generator::Generator;
use crate::page::{SyntheticPage, SyntheticWord};
use crate::SyntheticInvoice;

/// Invoices in which a case was met.
fn with(case: HardCase) -> impl Iterator<Item = SyntheticInvoice> {
    let generator = Generator::new(11);
    (0..40).map(move |index| generator.invoice_with(case, index)).filter(move |i| i.cases.contains(&case))
}

fn words(invoice: &SyntheticInvoice) -> impl Iterator<Item = &SyntheticWord> {
    invoice.pages.iter().flat_map(|page| &page.words)
}

/// The texts of a class within blocks of a role, joined.
fn text_of(page: &SyntheticPage, class: SpanClass, role: BlockRole) -> String {
    let words = page.words.iter().filter(|word| word.class == Some(class) && word.role == Some(role));
    words.map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_case_occurs_in_some_of_a_hundred_invoices() {
    let generator = Generator::new(12);
    let mut counts: BTreeMap<HardCase, usize> = BTreeMap::new();
    const SAMPLE: usize = 2_000;
    for index in 0..SAMPLE as u64 {
        for case in generator.invoice(index).cases {
            *counts.entry(case).or_default() += 1;
        }
    }
    for case in HardCase::ALL {
        let count = counts.get(case).copied().unwrap_or_default();
        let percent = count as f64 * 100.0 / SAMPLE as f64;
        assert!((2.0..=9.0).contains(&percent), "{case}: {percent} % of {counts:?}");
    }
}

#[test]
fn a_trading_name_is_no_name_of_the_supplier() {
    let mut seen = 0;
    for invoice in with(HardCase::SupplierTradeName) {
        let page = &invoice.pages[0];
        let trade = text_of(page, SpanClass::OtherPartyName, BlockRole::Supplier);
        assert!(!trade.is_empty());
        let name = text_of(page, SpanClass::Value(Field::SupplierName), BlockRole::Supplier);
        assert!(name.contains(&invoice.truth[&Field::SupplierName]), "{name}");
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn a_hidden_supplier_is_named_outside_of_the_letterhead() {
    let mut roles: BTreeMap<Option<BlockRole>, usize> = BTreeMap::new();
    for invoice in with(HardCase::HiddenSupplier) {
        let name = SpanClass::Value(Field::SupplierName);
        assert!(invoice.truth.contains_key(&Field::SupplierName), "{}", invoice.family);
        for word in words(&invoice).filter(|word| word.class == Some(name)) {
            *roles.entry(word.role).or_default() += 1;
        }
    }
    for role in [BlockRole::Footer, BlockRole::Bank, BlockRole::Terms, BlockRole::Supplier] {
        assert!(roles.contains_key(&Some(role)), "{role:?} of {roles:?}");
    }
}
