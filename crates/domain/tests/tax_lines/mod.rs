//! The tax by rate, as pages print it.

use fieldmark_domain::detection::SpanClass::{RateNet, RatePercent, RateTax, Value};
use fieldmark_domain::field::Field;
use fieldmark_domain::reading::Reading;

use crate::sketch::Sketch;

/// Rate, net and tax of each line; a dash for what is not told.
fn lines(reading: &Reading) -> Vec<String> {
    let text = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let line = |line: &fieldmark_domain::extraction::TaxLine| {
        let rate = text(line.rate.map(|rate| rate.to_string()));
        let [net, tax] = [line.net, line.tax].map(|amount| text(amount.map(|amount| amount.to_string())));
        format!("{rate} {net} {tax}")
    };
    reading.tax.iter().map(line).collect()
}

fn has_check(reading: &Reading, passed: bool) -> bool {
    reading.checks.iter().any(|check| check.name == "tax_lines_sum_to_tax" && check.passed == passed)
}

fn totals(net: &str, tax: &str, gross: &str) -> Sketch {
    Sketch::default()
        .value(450.0, 500.0, net, Field::TotalNet, 0.95)
        .value(450.0, 514.0, tax, Field::TotalTax, 0.95)
        .value(450.0, 528.0, gross, Field::TotalGross, 0.95)
}

#[test]
fn a_table_of_rates_is_read_row_by_row() {
    let reading = totals("1500,00", "310,00", "1810,00")
        .span(40.0, 600.0, "25%", RatePercent, 0.9)
        .span(100.0, 600.0, "1000,00", RateNet, 0.9)
        .span(200.0, 600.0, "250,00", RateTax, 0.9)
        .span(40.0, 614.0, "12,00", RatePercent, 0.9)
        .span(100.0, 614.0, "500,00", RateNet, 0.9)
        .span(200.0, 614.0, "60,00", RateTax, 0.9)
        .read();
    assert_eq!(lines(&reading), ["25 1000.00 250.00", "12 500.00 60.00"]);
    assert!(has_check(&reading, true));
}

#[test]
fn a_rate_of_nothing_makes_no_tax() {
    // No totals say otherwise.
    let reading = Sketch::default()
        .span(40.0, 600.0, "25%", RatePercent, 0.9)
        .span(100.0, 600.0, "1000,00", RateNet, 0.9)
        .span(200.0, 600.0, "250,00", RateTax, 0.9)
        .span(40.0, 614.0, "0%", RatePercent, 0.9)
        .span(200.0, 614.0, "60,00", RateTax, 0.9)
        .read();
    assert_eq!(lines(&reading), ["25 1000.00 250.00"]);
}

#[test]
fn the_rate_may_stand_between_its_amounts_and_the_sum_is_no_row() {
    let reading = totals("1500,00", "310,00", "1810,00")
        .span(40.0, 600.0, "1000,00", RateNet, 0.9)
        .span(120.0, 600.0, "25 %", RatePercent, 0.9)
        .span(200.0, 600.0, "250,00", RateTax, 0.9)
        .span(40.0, 614.0, "500,00", RateNet, 0.9)
        .span(120.0, 614.0, "12 %", RatePercent, 0.9)
        .span(200.0, 614.0, "60,00", RateTax, 0.9)
        .span(40.0, 628.0, "1500,00", RateNet, 0.6)
        .text(120.0, 628.0, "20,67 %")
        .span(200.0, 628.0, "310,00", RateTax, 0.6)
        .read();
    assert_eq!(lines(&reading), ["25 1000.00 250.00", "12 500.00 60.00"]);
}

#[test]
fn two_rates_of_one_line_keep_their_own_amounts() {
    let page = || totals("1500,00", "310,00", "1810,00");
    let behind = page()
        .text(40.0, 600.0, "25%")
        .span(70.0, 600.0, "1000,00", RateNet, 0.9)
        .span(120.0, 600.0, "250,00", RateTax, 0.9)
        .text(300.0, 600.0, "12%")
        .span(330.0, 600.0, "500,00", RateNet, 0.9)
        .span(380.0, 600.0, "60,00", RateTax, 0.9);
    let before = page()
        .span(40.0, 600.0, "1000,00", RateNet, 0.9)
        .span(90.0, 600.0, "250,00", RateTax, 0.9)
        .text(140.0, 600.0, "25%")
        .span(300.0, 600.0, "500,00", RateNet, 0.9)
        .span(350.0, 600.0, "60,00", RateTax, 0.9)
        .text(400.0, 600.0, "12%");
    for sketch in [behind, before] {
        assert_eq!(lines(&sketch.read()), ["25 1000.00 250.00", "12 500.00 60.00"]);
    }
}

#[test]
fn totals_tell_rates_in_their_captions() {
    let single = Sketch::default()
        .value(450.0, 500.0, "1000,00", Field::TotalNet, 0.95)
        .caption(300.0, 514.0, "Moms 25 %", Field::TotalTax)
        .value(450.0, 514.0, "250,00", Field::TotalTax, 0.95)
        .value(450.0, 528.0, "1250,00", Field::TotalGross, 0.95)
        .read();
    assert_eq!(lines(&single), ["25 1000.00 250.00"]);
    let of_base = totals("150,00", "26,00", "176,00")
        .text(40.0, 600.0, "19 % MwSt. auf")
        .span(140.0, 600.0, "100,00", RateNet, 0.9)
        .span(200.0, 600.0, "19,00", RateTax, 0.9)
        .text(40.0, 614.0, "14 % MwSt. auf")
        .span(140.0, 614.0, "50,00", RateNet, 0.9)
        .span(200.0, 614.0, "7,00", RateTax, 0.9)
        .read();
    assert_eq!(lines(&of_base), ["19 100.00 19.00", "14 50.00 7.00"]);
}

#[test]
fn halves_of_a_rate_and_the_rest_of_a_total_are_put_together() {
    let reading = totals("1500,00", "310,00", "1810,00")
        .text(300.0, 444.0, "Netto (25 %)")
        .span(450.0, 444.0, "1000,00", RateNet, 0.9)
        .text(300.0, 458.0, "Moms 25 %")
        .span(450.0, 458.0, "250,00", RateTax, 0.9)
        .text(300.0, 472.0, "Moms 12 %")
        .span(450.0, 472.0, "60,00", RateTax, 0.9)
        .read();
    assert_eq!(lines(&reading), ["25 1000.00 250.00", "12 500.00 60.00"]);
}

#[test]
fn one_usual_rate_follows_from_the_totals_and_an_unusual_one_does_not() {
    assert_eq!(lines(&totals("1000,00", "190,00", "1190,00").read()), ["19 1000.00 190.00"]);
    assert!(lines(&totals("1000,00", "171,30", "1171,30").read()).is_empty());
    assert!(lines(&totals("1000,00", "0,00", "1000,00").read()).is_empty());
}

#[test]
fn rows_that_contradict_totals_which_agree_are_left_out() {
    let row = |sketch: Sketch| {
        sketch
            .span(40.0, 600.0, "25%", RatePercent, 0.9)
            .span(100.0, 600.0, "400,00", RateNet, 0.9)
            .span(200.0, 600.0, "100,00", RateTax, 0.9)
    };
    let reading = row(totals("1000,00", "250,00", "1250,00")).read();
    assert_eq!(lines(&reading), ["25 1000.00 250.00"]);
    assert!(!has_check(&reading, true) && !has_check(&reading, false));
    let doubted = row(totals("1000,00", "333,00", "1250,00")).read();
    assert_eq!(lines(&doubted), ["25 400.00 100.00"]);
    assert!(has_check(&doubted, false));
    assert!(doubted.decision.reasons().iter().any(|reason| reason.contains("tax_lines_sum_to_tax")));
}

#[test]
fn a_rate_that_its_amounts_contradict_is_no_row() {
    let reading = Sketch::default()
        .span(40.0, 600.0, "6%", RatePercent, 0.9)
        .span(100.0, 600.0, "400,00", RateNet, 0.9)
        .span(200.0, 600.0, "100,00", RateTax, 0.9)
        .read();
    assert!(lines(&reading).is_empty());
}

#[test]
fn a_free_row_has_no_tax() {
    let reading = totals("1500,00", "250,00", "1750,00")
        .span(40.0, 600.0, "25%", RatePercent, 0.9)
        .span(100.0, 600.0, "1000,00", RateNet, 0.9)
        .span(200.0, 600.0, "250,00", RateTax, 0.9)
        .span(40.0, 614.0, "0%", RatePercent, 0.9)
        .span(100.0, 614.0, "500,00", RateNet, 0.9)
        .also(Value(Field::TotalNet), 0.1)
        .read();
    assert_eq!(lines(&reading), ["25 1000.00 250.00", "0 500.00 0.00"]);
    assert!(has_check(&reading, true));
}
