//! Totals and what lies between them: sums that prove an amount whatever the detector takes it for.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::Source;
use fieldmark_domain::reading::{Reading, ReadingOptions, read_fields};

use crate::sketch::{Sketch, value};

fn totals(reading: &Reading) -> [String; 3] {
    [Field::TotalNet, Field::TotalTax, Field::TotalGross].map(|field| value(reading, field))
}

#[test]
fn a_total_that_is_taken_for_a_lines_amount_is_found_by_its_sum() {
    let reading = Sketch::default()
        .span(450.0, 300.0, "400,00", SpanClass::LineAmount, 0.9)
        .span(450.0, 314.0, "600,00", SpanClass::LineAmount, 0.9)
        .span(450.0, 500.0, "1 000,00", SpanClass::LineAmount, 0.8)
        .span(450.0, 514.0, "250,00", SpanClass::RateTax, 0.8)
        .value(450.0, 528.0, "1 250,00", Field::TotalGross, 0.9)
        .read();
    assert_eq!(totals(&reading), ["1000.00", "250.00", "1250.00"]);
    let net = reading.labels.iter().find(|label| label.field == Field::TotalNet).unwrap();
    assert_eq!(net.source, Source::TextLayer);
}

#[test]
fn amounts_of_lines_that_make_a_sum_by_themselves_are_no_totals() {
    let reading = Sketch::default()
        .span(300.0, 300.0, "400,00", SpanClass::LineAmount, 0.9)
        .span(380.0, 300.0, "100,00", SpanClass::LineAmount, 0.9)
        .span(450.0, 300.0, "500,00", SpanClass::LineAmount, 0.9)
        .value(450.0, 528.0, "1 250,00", Field::TotalGross, 0.9)
        .read();
    assert_eq!(totals(&reading), ["", "", "1250.00"]);
}

#[test]
fn a_likely_total_that_does_not_add_up_gives_way() {
    let reading = Sketch::default()
        .value(450.0, 500.0, "800,00", Field::TotalNet, 0.8)
        .value(450.0, 514.0, "250,00", Field::TotalTax, 0.9)
        .value(450.0, 528.0, "1 250,00", Field::TotalGross, 0.9)
        .span(450.0, 400.0, "1 000,00", SpanClass::OtherAmount, 0.7)
        .read();
    assert_eq!(totals(&reading), ["1000.00", "250.00", "1250.00"]);
}

#[test]
fn a_group_that_stands_apart_is_taken_in_where_the_sum_asks_for_it() {
    let page = |net: &str, tax: &str| {
        Sketch::default()
            .text(420.0, 500.0, "8")
            .value(440.0, 500.0, "570,68", Field::TotalGross, 0.9)
            .value(440.0, 472.0, net, Field::TotalNet, 0.9)
            .value(440.0, 486.0, tax, Field::TotalTax, 0.9)
            .read()
    };
    assert_eq!(totals(&page("6856,54", "1714,14")), ["6856.54", "1714.14", "8570.68"]);
    assert_eq!(totals(&page("456,54", "114,14")), ["456.54", "114.14", "570.68"]);
}

#[test]
fn a_rate_beside_an_amount_is_no_group_of_it() {
    let page = |net: &str, gross: &str| {
        Sketch::default()
            .value(440.0, 472.0, net, Field::TotalNet, 0.9)
            .text(424.0, 486.0, "25")
            .value(437.0, 486.0, "250,00", Field::TotalTax, 0.9)
            .value(440.0, 500.0, gross, Field::TotalGross, 0.9)
            .read()
    };
    assert_eq!(totals(&page("1000,00", "1250,00")), ["1000.00", "250.00", "1250.00"]);
    assert_eq!(totals(&page("101000,00", "126250,00")), ["101000.00", "25250.00", "126250.00"]);
}

#[test]
fn what_was_rounded_keeps_its_sign_and_closes_the_sum() {
    let page = |rounding: &str, gross: &str| {
        Sketch::default()
            .value(450.0, 486.0, "1 000,30", Field::TotalNet, 0.9)
            .value(450.0, 500.0, "250,08", Field::TotalTax, 0.9)
            .value(450.0, 514.0, rounding, Field::Rounding, 0.8)
            .value(450.0, 528.0, gross, Field::TotalGross, 0.9)
            .read()
    };
    let reading = page("-0,38", "1 250,00");
    assert_eq!(value(&reading, Field::Rounding), "-0.38");
    assert!(reading.checks.iter().any(|check| check.name == "net_plus_tax_is_gross" && check.passed));
    let odd = page("-0,33", "1 250,05");
    assert!(odd.checks.iter().any(|check| check.name == "net_plus_tax_is_gross" && check.passed));
    let wrong = page("-0,33", "1 250,15");
    assert!(wrong.checks.iter().any(|check| check.name == "net_plus_tax_is_gross" && !check.passed));
}

#[test]
fn what_was_paid_and_taken_off_is_told_above_zero() {
    let reading = Sketch::default()
        .value(450.0, 472.0, "-50,00", Field::DiscountTotal, 0.9)
        .value(450.0, 486.0, "49,00", Field::Shipping, 0.9)
        .value(450.0, 500.0, "1 250,00", Field::TotalGross, 0.9)
        .value(450.0, 514.0, "-250,00", Field::AmountPaid, 0.9)
        .value(450.0, 528.0, "1 000,00", Field::AmountDue, 0.9)
        .read();
    for (field, amount) in [
        (Field::DiscountTotal, "50.00"),
        (Field::Shipping, "49.00"),
        (Field::AmountPaid, "250.00"),
        (Field::TotalGross, "1250.00"),
        (Field::AmountDue, "1000.00"),
    ] {
        assert_eq!(value(&reading, field), amount, "{field}");
    }
}

#[test]
fn what_is_left_to_pay_follows_from_what_was_paid() {
    let reading = Sketch::default()
        .value(450.0, 500.0, "1 250,00", Field::TotalGross, 0.9)
        .value(450.0, 514.0, "250,00", Field::AmountPaid, 0.7)
        .value(450.0, 528.0, "1 000,00", Field::TotalNet, 0.4)
        .also(SpanClass::Value(Field::AmountDue), 0.3)
        .value(450.0, 600.0, "1 250,00", Field::AmountDue, 0.4)
        .read();
    assert_eq!(value(&reading, Field::AmountDue), "1000.00");
    let rounded = Sketch::default()
        .value(450.0, 500.0, "1 250,38", Field::TotalGross, 0.9)
        .value(450.0, 514.0, "250,00", Field::AmountPaid, 0.7)
        .value(450.0, 528.0, "1 000,00", Field::AmountDue, 0.3)
        .value(450.0, 600.0, "1 250,00", Field::AmountDue, 0.4)
        .read();
    assert_eq!(value(&rounded, Field::AmountDue), "1000.00");
    let paid = Sketch::default()
        .value(450.0, 500.0, "1 250,00", Field::TotalGross, 0.9)
        .value(450.0, 514.0, "-1 250,00", Field::AmountPaid, 0.7)
        .value(450.0, 528.0, "0,00", Field::AmountDue, 0.5)
        .read();
    assert_eq!(value(&paid, Field::TotalGross), "1250.00");
    assert_eq!(value(&paid, Field::AmountDue), "0.00");
}

#[test]
fn what_is_carried_over_is_part_of_what_is_due_and_not_of_the_total() {
    let reading = Sketch::default()
        .value(450.0, 486.0, "1 000,00", Field::TotalNet, 0.9)
        .value(450.0, 500.0, "250,00", Field::TotalTax, 0.9)
        .value(450.0, 514.0, "1 250,00", Field::TotalGross, 0.5)
        .span(450.0, 528.0, "300,00", SpanClass::PriorBalance, 0.8)
        .value(450.0, 542.0, "1 550,00", Field::AmountDue, 0.6)
        .also(SpanClass::Value(Field::TotalGross), 0.4)
        .read();
    assert_eq!(totals(&reading), ["1000.00", "250.00", "1250.00"]);
    assert_eq!(value(&reading, Field::AmountDue), "1550.00");
    assert!(reading.checks.iter().all(|check| check.passed), "{:?}", reading.checks);
}

#[test]
fn a_total_follows_from_net_and_tax_where_only_another_amount_is_due() {
    let reading = Sketch::default()
        .value(450.0, 486.0, "1 000,00", Field::TotalNet, 0.9)
        .value(450.0, 500.0, "250,00", Field::TotalTax, 0.9)
        .span(450.0, 528.0, "300,00", SpanClass::PriorBalance, 0.8)
        .value(450.0, 542.0, "1 550,00", Field::AmountDue, 0.9)
        .read();
    assert_eq!(value(&reading, Field::TotalGross), "1250.00");
    assert_eq!(value(&reading, Field::AmountDue), "1550.00");
    let gross = reading.labels.iter().find(|label| label.field == Field::TotalGross).unwrap();
    assert_eq!(gross.source, Source::Derived);
}

#[test]
fn the_amounts_of_a_credit_note_keep_their_sign() {
    let reading = Sketch::default()
        .value(450.0, 486.0, "-1 000,00", Field::TotalNet, 0.9)
        .span(450.0, 500.0, "-250,00", SpanClass::RateTax, 0.9)
        .value(450.0, 514.0, "-1 250,00", Field::TotalGross, 0.9)
        .read();
    assert_eq!(totals(&reading), ["-1000.00", "-250.00", "-1250.00"]);
}

#[test]
fn lines_that_make_a_net_total_speak_for_it() {
    let page = |shipping: &str| {
        let sketch = Sketch::default()
            .span(450.0, 300.0, "400,00", SpanClass::LineAmount, 0.9)
            .span(450.0, 314.0, "600,00", SpanClass::LineAmount, 0.9)
            .value(450.0, 486.0, "1049,00", Field::TotalNet, 0.5)
            .value(450.0, 472.0, "1069,00", Field::TotalNet, 0.55)
            .value(450.0, 500.0, "0,00", Field::TotalTax, 0.9);
        let sketch = sketch.value(450.0, 514.0, "1049,00", Field::TotalGross, 0.5).value(
            450.0,
            528.0,
            "1069,00",
            Field::TotalGross,
            0.55,
        );
        sketch.value(450.0, 458.0, shipping, Field::Shipping, 0.9).read()
    };
    assert_eq!(totals(&page("49,00")), ["1049.00", "0.00", "1049.00"]);
    assert_eq!(totals(&page("69,00")), ["1069.00", "0.00", "1069.00"]);
}

#[test]
fn a_net_total_is_not_what_is_left_when_the_tax_is_taken_off() {
    let reading = Sketch::default()
        .value(450.0, 486.0, "1 000,00", Field::TotalNet, 0.9)
        .value(450.0, 500.0, "250,00", Field::TotalTax, 0.8)
        .also(SpanClass::Value(Field::AmountPaid), 0.15)
        .value(450.0, 514.0, "1 250,00", Field::TotalGross, 0.9)
        .read();
    assert_eq!(value(&reading, Field::AmountDue), "1250.00");
}

#[test]
fn hundredths_in_a_box_of_their_own_are_taken_in_where_the_sum_asks_for_them() {
    let page = |net: &str, tax: &str| {
        Sketch::default()
            .value(440.0, 472.0, net, Field::TotalNet, 0.9)
            .value(440.0, 486.0, tax, Field::TotalTax, 0.9)
            .value(440.0, 500.0, "8570", Field::TotalGross, 0.9)
            .text(475.0, 500.0, "68")
            .read()
    };
    assert_eq!(totals(&page("6856,54", "1714,14")), ["6856.54", "1714.14", "8570.68"]);
    assert_eq!(totals(&page("6856,00", "1714,00")), ["6856.00", "1714.00", "8570.00"]);
}

#[test]
fn a_first_group_that_is_taken_for_something_else_is_taken_in_where_the_sum_asks_for_it() {
    let reading = Sketch::default()
        .span(432.0, 500.0, "8", SpanClass::OtherIdentifier, 0.7)
        .value(440.0, 500.0, "570,68", Field::TotalGross, 0.9)
        .value(440.0, 472.0, "6856,54", Field::TotalNet, 0.9)
        .value(440.0, 486.0, "1714,14", Field::TotalTax, 0.9)
        .read();
    assert_eq!(totals(&reading), ["6856.54", "1714.14", "8570.68"]);
}

#[test]
fn the_chosen_candidate_comes_first_and_says_what_proved_it() {
    let (document, detections) = Sketch::default()
        .span(450.0, 500.0, "1 000,00", SpanClass::LineAmount, 0.8)
        .value(450.0, 514.0, "250,00", Field::TotalTax, 0.9)
        .value(450.0, 528.0, "1 250,00", Field::TotalGross, 0.5)
        .value(450.0, 400.0, "1 300,00", Field::TotalGross, 0.6)
        .finish();
    let options = ReadingOptions { threshold: 0.0, with_candidates: true, ..ReadingOptions::default() };
    let reading = read_fields(&document, &detections, &options);
    for (field, reason) in [
        (Field::TotalNet, "the detector takes it for line_amount"),
        (Field::TotalGross, "net and tax make gross"),
    ] {
        let label = reading.labels.iter().find(|label| label.field == field).unwrap();
        let first = &label.candidates[0];
        assert_eq!(first.value, label.value, "{field}");
        assert!(first.reasons.iter().any(|said| said.starts_with(reason)), "{:?}", first.reasons);
    }
    let gross = reading.labels.iter().find(|label| label.field == Field::TotalGross).unwrap();
    let values: Vec<String> = gross.candidates.iter().map(|candidate| candidate.value.to_string()).collect();
    assert_eq!(values.iter().filter(|value| *value == "1250.00").count(), 1, "{values:?}");
    assert!(values.contains(&"1300.00".to_owned()), "{values:?}");
}
