//! Periods of service and terms of payment.

use fieldmark_domain::field::Field;
use fieldmark_domain::label::Source;
use fieldmark_domain::reading::Reading;

use crate::sketch::{Sketch, value};

fn period(reading: &Reading) -> (String, String) {
    (value(reading, Field::ServiceStart), value(reading, Field::ServiceEnd))
}

fn days(start: &str, end: &str) -> (String, String) {
    (start.to_owned(), end.to_owned())
}

#[test]
fn a_period_gives_both_its_days_however_it_is_written() {
    for text in [
        "2024-03-05--2024-04-04",
        "2024-03-05-2024-04-04",
        "2024-03-05/2024-04-04",
        "05.03.2024 - 04.04.2024",
        "05.03. - 04.04.2024",
        "5.3.–4.4.2024",
        "5/3 - 4/4 2024",
        "5 mars till 4 april 2024",
        "2024-03-05 t.o.m. 2024-04-04",
        "5. März bis 4. April 2024",
        "5 mars 2024 – 4 april 2024",
    ] {
        let reading = Sketch::default()
            .text(300.0, 20.0, "25.01.2024")
            .text(40.0, 54.0, "Period")
            .value(100.0, 54.0, text, Field::ServiceStart, 0.9)
            .read();
        assert_eq!(period(&reading), days("2024-03-05", "2024-04-04"), "{text}");
    }
}

#[test]
fn days_of_one_month_share_its_name() {
    for text in ["1-31 mars 2024", "1 - 31 mars 2024", "1.–31.3.2024", "March 1 - 31, 2024"] {
        let reading = Sketch::default()
            .text(300.0, 20.0, "25.01.2024")
            .value(100.0, 54.0, text, Field::ServiceEnd, 0.9)
            .read();
        assert_eq!(period(&reading), days("2024-03-01", "2024-03-31"), "{text}");
    }
}

#[test]
fn a_period_over_new_year_begins_in_the_year_before() {
    let reading = Sketch::default().value(100.0, 54.0, "15.12. - 14.01.2025", Field::ServiceEnd, 0.9).read();
    assert_eq!(period(&reading), days("2024-12-15", "2025-01-14"));
}

#[test]
fn days_that_the_detector_tells_apart_stay_what_they_are() {
    let reading = Sketch::default()
        .value(100.0, 54.0, "2024-03-01", Field::ServiceStart, 0.9)
        .text(153.0, 54.0, "till")
        .value(176.0, 54.0, "2024-03-31", Field::ServiceEnd, 0.9)
        .value(400.0, 54.0, "2024-04-02", Field::InvoiceDate, 0.9)
        .read();
    assert_eq!(period(&reading), days("2024-03-01", "2024-03-31"));
    assert_eq!(value(&reading, Field::InvoiceDate), "2024-04-02");
    let apart = Sketch::default()
        .value(100.0, 54.0, "2024-03-01", Field::ServiceStart, 0.9)
        .value(100.0, 68.0, "2024-03-31", Field::ServiceEnd, 0.9)
        .read();
    assert_eq!(period(&apart), days("2024-03-01", "2024-03-31"));
}

#[test]
fn a_month_stands_for_its_first_and_last_day() {
    for text in ["February 2024", "2024-02", "02/2024", "februari 2024"] {
        let reading = Sketch::default()
            .caption(40.0, 54.0, "Period", Field::ServiceStart)
            .text(100.0, 54.0, text)
            .read();
        assert_eq!(period(&reading), days("2024-02-01", "2024-02-29"), "{text}");
        let label = reading.labels.iter().find(|label| label.field == Field::ServiceEnd).unwrap();
        assert_eq!((label.source, label.raw.as_str()), (Source::Derived, ""));
    }
}

#[test]
fn a_period_does_not_end_before_it_begins() {
    let reading = Sketch::default()
        .value(100.0, 54.0, "2024-03-01", Field::ServiceStart, 0.9)
        .value(100.0, 80.0, "2024-02-15", Field::ServiceEnd, 0.6)
        .value(100.0, 106.0, "2024-03-31", Field::ServiceEnd, 0.5)
        .read();
    assert_eq!(period(&reading), days("2024-03-01", "2024-03-31"));
    let alone = Sketch::default()
        .value(100.0, 54.0, "2024-03-01", Field::ServiceStart, 0.9)
        .value(100.0, 80.0, "2024-02-15", Field::ServiceEnd, 0.6)
        .read();
    assert_eq!(period(&alone), days("2024-03-01", ""));
}

#[test]
fn terms_of_payment_are_all_their_words_and_no_others() {
    let reading = Sketch::default()
        .caption(40.0, 54.0, "Betalningsvillkor", Field::PaymentTerms)
        .value(140.0, 54.0, "30 dagar netto", Field::PaymentTerms, 0.8)
        .text(300.0, 54.0, "Er referens")
        .read();
    assert_eq!(value(&reading, Field::PaymentTerms), "30 dagar netto");
    let sentence = Sketch::default()
        .value(40.0, 54.0, "Zahlbar innerhalb von 14", Field::PaymentTerms, 0.8)
        .value(168.0, 54.0, "Tagen netto.", Field::PaymentTerms, 0.2)
        .text(240.0, 54.0, "Vielen Dank")
        .read();
    assert_eq!(value(&sentence, Field::PaymentTerms), "Zahlbar innerhalb von 14 Tagen netto");
    let missed = Sketch::default()
        .caption(40.0, 54.0, "Terms", Field::PaymentTerms)
        .text(80.0, 54.0, "Net 30 days")
        .read();
    assert_eq!(value(&missed, Field::PaymentTerms), "Net 30 days");
}

#[test]
fn terms_of_payment_go_on_in_the_next_line() {
    let reading = Sketch::default()
        .value(40.0, 54.0, "8 Tage 2 % Skonto,", Field::PaymentTerms, 0.8)
        .value(40.0, 66.0, "30 Tage netto", Field::PaymentTerms, 0.7)
        .read();
    assert_eq!(value(&reading, Field::PaymentTerms), "8 Tage 2 % Skonto, 30 Tage netto");
}
