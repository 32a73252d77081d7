//! Every hard case occurs, and its words have the right labels.

use std::collections::BTreeMap;

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use super::HardCase;
use crate::SyntheticInvoice;
use crate::generator::Generator;
use crate::page::{SyntheticPage, SyntheticWord};

/// Invoices in which a case was set.
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
        assert!((2.5..=8.5).contains(&percent), "{case}: {percent} % of {counts:?}");
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

#[test]
fn blocks_of_other_parties_hold_nobodys_names_and_numbers() {
    for (case, role) in [
        (HardCase::Agent, BlockRole::Agent),
        (HardCase::BillTo, BlockRole::BillTo),
        (HardCase::NumberedDelivery, BlockRole::Delivery),
    ] {
        let mut seen = 0;
        for invoice in with(case) {
            let inside: Vec<_> = words(&invoice).filter(|word| word.role == Some(role)).collect();
            let is = |class: SpanClass| inside.iter().any(|word| word.class == Some(class));
            assert!(is(SpanClass::OtherPartyName), "{case} {}", invoice.family);
            for field in [Field::SupplierName, Field::SupplierVatId, Field::CustomerVatId] {
                assert!(!is(SpanClass::Value(field)), "{case}: {field}");
            }
            seen += 1;
        }
        assert!(seen > 10, "{case}: {seen}");
    }
}

#[test]
fn numbers_beside_each_other_belong_to_their_columns() {
    for invoice in with(HardCase::PairedNumbers) {
        for word in words(&invoice) {
            match word.class {
                Some(SpanClass::Value(Field::CustomerVatId)) => {
                    assert_ne!(word.role, Some(BlockRole::Supplier))
                }
                Some(SpanClass::Value(Field::SupplierVatId)) => {
                    assert_ne!(word.role, Some(BlockRole::Customer))
                }
                _ => {}
            }
        }
        let both = [
            [Field::SupplierVatId, Field::CustomerVatId],
            [Field::SupplierOrgNumber, Field::CustomerOrgNumber],
        ];
        assert!(both.iter().any(|pair| pair.iter().all(|field| invoice.truth.contains_key(field))));
    }
}

#[test]
fn a_number_within_the_vat_number_is_not_told_apart() {
    for invoice in with(HardCase::NumberInVat) {
        assert!(!invoice.truth.contains_key(&Field::SupplierOrgNumber), "{}", invoice.family);
    }
}

#[test]
fn a_court_is_no_part_of_the_number() {
    const COURTS: [&str; 6] = ["Amtsgericht", "Registergericht", "Handelsgericht", "(HG", "RCS", "Säte"];
    let mut courts = 0;
    for invoice in with(HardCase::CourtText) {
        for word in words(&invoice).filter(|word| COURTS.contains(&word.text.as_str())) {
            assert_ne!(word.class, Some(SpanClass::Value(Field::SupplierOrgNumber)));
            courts += 1;
        }
    }
    assert!(courts > 0);
}

#[test]
fn the_payers_account_is_not_the_suppliers() {
    let mut seen = 0;
    for invoice in with(HardCase::DirectDebit) {
        let page = &invoice.pages;
        let numbers: String =
            page.iter().map(|page| text_of(page, SpanClass::OtherIdentifier, BlockRole::Bank)).collect();
        seen += usize::from(!numbers.is_empty());
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn sums_of_sections_and_shares_are_no_totals() {
    for case in [HardCase::SectionSums, HardCase::PerPerson, HardCase::TwoCurrencies] {
        let mut seen = 0;
        for invoice in with(case) {
            assert!(
                words(&invoice).any(|word| word.class == Some(SpanClass::OtherAmount)),
                "{case} {}",
                invoice.family
            );
            seen += 1;
        }
        assert!(seen > 10, "{case}: {seen}");
    }
}

#[test]
fn nothing_paid_is_a_payment_of_nothing() {
    let mut seen = 0;
    for invoice in with(HardCase::ZeroPaid) {
        assert_eq!(invoice.truth.get(&Field::AmountPaid).map(String::as_str), Some("0.00"));
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_currency_in_a_heading_is_said_once_and_beside_no_amount() {
    for invoice in with(HardCase::CurrencyHeading) {
        let is_code = |word: &&SyntheticWord| word.class == Some(SpanClass::Value(Field::Currency));
        assert!(words(&invoice).filter(is_code).count() >= 1, "{}", invoice.family);
        assert!(invoice.truth.contains_key(&Field::Currency));
    }
}

#[test]
fn a_currency_shown_by_its_sign_has_no_code_of_its_own() {
    for invoice in with(HardCase::CurrencySign) {
        let value = SpanClass::Value(Field::Currency);
        assert!(words(&invoice).all(|word| word.class != Some(value)), "{}", invoice.family);
    }
}

#[test]
fn a_broken_reference_keeps_its_class_in_every_group() {
    let mut longest = 0;
    for invoice in with(HardCase::BrokenReference) {
        let value = SpanClass::Value(Field::PaymentReference);
        let groups: Vec<_> = words(&invoice).filter(|word| word.class == Some(value)).collect();
        longest = longest.max(groups.iter().filter(|word| !word.starts_span).count());
    }
    assert!(longest > 0);
}

#[test]
fn totals_in_the_table_are_totals() {
    let mut seen = 0;
    for invoice in with(HardCase::TotalsInTable) {
        let inside = words(&invoice).filter(|word| word.role == Some(BlockRole::Totals));
        seen += inside.filter(|word| word.class == Some(SpanClass::Value(Field::TotalNet))).count();
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_discounts_parts_are_no_discount_in_full() {
    let mut parts = 0;
    for invoice in with(HardCase::DiscountTable) {
        assert!(invoice.truth.contains_key(&Field::DiscountTotal), "{}", invoice.family);
        parts += words(&invoice).filter(|word| word.class == Some(SpanClass::OtherAmount)).count();
    }
    assert!(parts > 0);
}

/// Words of a class within blocks of a role, or of any.
fn has(invoice: &SyntheticInvoice, class: SpanClass, role: Option<BlockRole>) -> bool {
    words(invoice).any(|word| word.class == Some(class) && role.is_none_or(|role| word.role == Some(role)))
}

#[test]
fn words_around_a_customers_name_are_not_part_of_it() {
    let mut trades = 0;
    for invoice in with(HardCase::CustomerTradeName) {
        assert!(invoice.truth.contains_key(&Field::CustomerName), "{}", invoice.family);
        trades += usize::from(has(&invoice, SpanClass::OtherPartyName, Some(BlockRole::Customer)));
    }
    assert!(trades > 10, "{trades}");
}

#[test]
fn a_private_person_has_no_numbers_of_a_company() {
    for invoice in with(HardCase::Reimbursement) {
        for field in [Field::SupplierVatId, Field::SupplierOrgNumber, Field::Bankgiro] {
            assert!(!invoice.truth.contains_key(&field), "{field} in {}", invoice.family);
        }
    }
}

#[test]
fn a_person_in_business_is_the_supplier_and_the_trade_is_not() {
    let mut trades = 0;
    for invoice in with(HardCase::OnePersonFirm) {
        assert!(has(&invoice, SpanClass::Value(Field::SupplierName), Some(BlockRole::Supplier)));
        trades += usize::from(has(&invoice, SpanClass::OtherPartyName, Some(BlockRole::Supplier)));
    }
    assert!(trades > 5, "{trades}");
}

#[test]
fn care_of_somebody_is_part_of_the_address() {
    let mut seen = 0;
    for invoice in with(HardCase::CareOf) {
        let addresses = [Field::SupplierAddress, Field::CustomerAddress];
        let starts = ["c/o ", "C/O ", "% ", "v/ ", "p/a "];
        let is_so = |field: &Field| {
            invoice.truth.get(field).is_some_and(|text| starts.iter().any(|start| text.starts_with(start)))
        };
        seen += usize::from(addresses.iter().any(is_so));
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_name_over_two_lines_is_two_spans() {
    for invoice in with(HardCase::LongName) {
        let both = [Field::SupplierName, Field::CustomerName].map(SpanClass::Value);
        let starts = |class: SpanClass| {
            words(&invoice).filter(|word| word.class == Some(class) && word.starts_span).count()
        };
        assert!(both.into_iter().any(|class| starts(class) > 1), "{}", invoice.family);
    }
}

#[test]
fn three_parties_have_separate_blocks() {
    for invoice in with(HardCase::ThreeParties) {
        for role in [BlockRole::Customer, BlockRole::Delivery, BlockRole::BillTo] {
            assert!(words(&invoice).any(|word| word.role == Some(role)), "{role:?} in {}", invoice.family);
        }
    }
}

#[test]
fn spaces_within_amounts_make_words_of_one_span() {
    let mut parts = 0;
    for invoice in with(HardCase::SpacedAmounts) {
        let gross = SpanClass::Value(Field::TotalGross);
        parts += words(&invoice).filter(|word| word.class == Some(gross) && !word.starts_span).count();
    }
    assert!(parts > 20, "{parts}");
}

#[test]
fn rows_within_a_letter_and_references_in_sentences_have_their_fields() {
    for invoice in with(HardCase::ReferenceInSentence) {
        let reference = SpanClass::Value(Field::PaymentReference);
        assert!(has(&invoice, reference, Some(BlockRole::Bank)), "{}", invoice.family);
    }
    let mut rows = 0;
    for invoice in with(HardCase::LetterRows) {
        rows += usize::from(has(&invoice, SpanClass::Value(Field::DeliveryDate), None));
    }
    assert!(rows > 10, "{rows}");
}

#[test]
fn a_table_of_rates_above_the_totals_has_bases_and_rates() {
    let mut seen = 0;
    for invoice in with(HardCase::RateTableAbove) {
        seen += usize::from(has(&invoice, SpanClass::RatePercent, Some(BlockRole::Totals)));
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn amounts_for_information_are_nobodys() {
    for case in
        [HardCase::NetParts, HardCase::EarlyPayment, HardCase::CurrencyColumns, HardCase::InformationBox]
    {
        let (mut seen, mut amounts) = (0, 0);
        for invoice in with(case) {
            amounts += words(&invoice).filter(|word| word.class == Some(SpanClass::OtherAmount)).count();
            seen += 1;
        }
        assert!(seen > 10 && amounts >= seen, "{case}: {amounts} in {seen}");
    }
}

#[test]
fn blanks_to_be_filled_in_are_captions_without_values() {
    let mut seen = 0;
    for invoice in with(HardCase::BlankForm) {
        seen += usize::from(has(&invoice, SpanClass::OtherCaption, Some(BlockRole::Terms)));
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_currency_below_its_amount_is_no_part_of_it() {
    let mut seen = 0;
    for invoice in with(HardCase::NarrowTotals) {
        let gross = SpanClass::Value(Field::TotalGross);
        for word in words(&invoice).filter(|word| word.class == Some(gross)) {
            assert!(word.text.chars().any(|letter| letter.is_ascii_digit()) || word.text.len() < 3);
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}
