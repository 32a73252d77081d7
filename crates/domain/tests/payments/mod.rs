//! References and the accounts that they belong to.

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::sketch::{Sketch, value};

#[test]
fn the_reference_beside_the_account_is_taken() {
    let reading = Sketch::default()
        .value(40.0, 100.0, "87654325", Field::PaymentReference, 0.6)
        .caption(40.0, 700.0, "Bankgiro", Field::Bankgiro)
        .value(120.0, 700.0, "5050-1055", Field::Bankgiro, 0.9)
        .value(240.0, 700.0, "1234567897", Field::PaymentReference, 0.55)
        .read();
    assert_eq!(value(&reading, Field::PaymentReference), "1234567897");
    let far = Sketch::default()
        .value(40.0, 100.0, "87654325", Field::PaymentReference, 0.95)
        .value(120.0, 700.0, "5050-1055", Field::Bankgiro, 0.9)
        .value(240.0, 700.0, "1234567897", Field::PaymentReference, 0.3)
        .read();
    assert_eq!(value(&far, Field::PaymentReference), "87654325");
}

#[test]
fn the_account_on_the_references_slip_is_taken_with_its_bank() {
    let reading = Sketch::default()
        .value(40.0, 60.0, "DE89370400440532013000", Field::SupplierIban, 0.9)
        .value(200.0, 60.0, "COBADEFF", Field::SupplierBic, 0.8)
        .value(40.0, 700.0, "FI2112345600000785", Field::SupplierIban, 0.88)
        .value(200.0, 700.0, "NDEAFIHH", Field::SupplierBic, 0.8)
        .value(40.0, 740.0, "12344", Field::PaymentReference, 0.9)
        .read();
    assert_eq!(value(&reading, Field::SupplierIban), "FI2112345600000785");
    assert_eq!(value(&reading, Field::SupplierBic), "NDEAFIHH");
}

#[test]
fn a_block_of_payment_holds_its_reference_and_its_account_together() {
    let page = |role: BlockRole| {
        Sketch::default()
            .value(300.0, 200.0, "87654325", Field::PaymentReference, 0.5)
            .value(300.0, 330.0, "86011117947", Field::AccountNumber, 0.9)
            .value(300.0, 500.0, "1234567897", Field::PaymentReference, 0.45)
            .block(300.0, 325.0, 400.0, 520.0, SpanClass::Block(role), 0.9)
            .read()
    };
    assert_eq!(value(&page(BlockRole::PaymentSlip), Field::PaymentReference), "1234567897");
    assert_eq!(value(&page(BlockRole::Terms), Field::PaymentReference), "87654325");
}

#[test]
fn the_line_that_a_machine_reads_outweighs_the_rest() {
    let page = |line: &str| {
        Sketch::default()
            .caption(40.0, 700.0, "Bankgiro", Field::Bankgiro)
            .value(120.0, 700.0, "5050-1055", Field::Bankgiro, 0.5)
            .value(40.0, 660.0, "991-2346", Field::Bankgiro, 0.8)
            .value(120.0, 660.0, "87654325", Field::PaymentReference, 0.8)
            .text(40.0, 760.0, line)
            .read()
    };
    let read = page("# 1234567897 # 1250 00 5 > 50501055#41#");
    assert_eq!(value(&read, Field::PaymentReference), "1234567897");
    assert_eq!(value(&read, Field::Bankgiro), "50501055");
    let broken = page("# 1234567890 # 1250 00 5 > 50501055#41#");
    assert_eq!(value(&broken, Field::PaymentReference), "87654325");
    assert_eq!(value(&broken, Field::Bankgiro), "9912346");
}
