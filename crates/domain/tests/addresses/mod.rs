//! Where a party is to be reached: postal addresses put together from their lines, e-mail addresses and their owners.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use crate::sketch::{Sketch, value};

#[test]
fn the_lines_of_a_block_are_one_address() {
    let sketch = Sketch::default()
        .value(40.0, 40.0, "Ekdalens Snickeri AB", Field::SupplierName, 0.95)
        .value(40.0, 54.0, "Verkstadsgatan 4", Field::SupplierAddress, 0.9)
        .value(40.0, 68.0, "123 45 Sala", Field::SupplierAddress, 0.8)
        .value(40.0, 82.0, "Sverige", Field::SupplierAddress, 0.6)
        .value(300.0, 140.0, "Anna Ström", Field::CustomerName, 0.9)
        .value(300.0, 154.0, "Skogsvägen 2", Field::CustomerAddress, 0.9)
        .value(300.0, 168.0, "543 21 Mora", Field::CustomerAddress, 0.9);
    let (document, detections) = sketch.finish();
    let reading = fieldmark_domain::reading::read_fields(&document, &detections, &Default::default());
    assert_eq!(value(&reading, Field::SupplierAddress), "Verkstadsgatan 4, 123 45 Sala, Sverige");
    assert_eq!(value(&reading, Field::CustomerAddress), "Skogsvägen 2, 543 21 Mora");
    let label = reading.labels.iter().find(|label| label.field == Field::SupplierAddress).unwrap();
    let bounds = label.place.unwrap().bounds;
    assert!((bounds.top * 800.0 - 54.0).abs() < 0.1 && (bounds.bottom() * 800.0 - 92.0).abs() < 0.1);
}

#[test]
fn lines_far_apart_or_of_another_column_are_not_one_address() {
    let reading = Sketch::default()
        .value(40.0, 54.0, "Verkstadsgatan 4", Field::SupplierAddress, 0.9)
        .value(40.0, 68.0, "123 45 Sala", Field::SupplierAddress, 0.9)
        .value(300.0, 68.0, "Box 12", Field::SupplierAddress, 0.5)
        .value(40.0, 700.0, "Besöksadress Hamnen", Field::SupplierAddress, 0.5)
        .read();
    assert_eq!(value(&reading, Field::SupplierAddress), "Verkstadsgatan 4, 123 45 Sala");
}

#[test]
fn lines_at_a_right_edge_and_a_missed_one_between_belong_together() {
    let right = |sketch: Sketch, top: f32, text: &str| {
        let words = text.split(' ').count() as f32;
        let letters = text.chars().filter(|letter| *letter != ' ').count() as f32;
        let left = 560.0 - letters * 5.0 - (words - 1.0) * 3.0;
        sketch.value(left, top, text, Field::SupplierAddress, 0.9)
    };
    let reading = right(right(Sketch::default(), 54.0, "Lindenallee 12"), 68.0, "10115 Berlin").read();
    assert_eq!(value(&reading, Field::SupplierAddress), "Lindenallee 12, 10115 Berlin");
    let reading = Sketch::default()
        .value(40.0, 54.0, "Verkstadsgatan 4", Field::SupplierAddress, 0.9)
        .text(40.0, 68.0, "Uppgång B")
        .value(40.0, 82.0, "123 45 Sala", Field::SupplierAddress, 0.9)
        .read();
    assert_eq!(value(&reading, Field::SupplierAddress), "Verkstadsgatan 4, Uppgång B, 123 45 Sala");
}

#[test]
fn two_addresses_below_each_other_end_with_their_postal_codes() {
    let lines = ["Hamngatan 2", "123 46 Sala", "Box 1234", "123 45 Sala", "Sverige"];
    let sketch = lines.iter().zip([0.9, 0.9, 0.6, 0.6, 0.6]).enumerate().fold(
        Sketch::default(),
        |sketch, (row, (line, score))| {
            sketch.value(40.0, 54.0 + 14.0 * row as f32, line, Field::SupplierAddress, score)
        },
    );
    assert_eq!(value(&sketch.read(), Field::SupplierAddress), "Hamngatan 2, 123 46 Sala");
    let american = Sketch::default()
        .value(40.0, 54.0, "1250 Main Street", Field::SupplierAddress, 0.9)
        .value(40.0, 68.0, "Springfield, IL 62704", Field::SupplierAddress, 0.9)
        .read();
    assert_eq!(value(&american, Field::SupplierAddress), "1250 Main Street, Springfield, IL 62704");
}

#[test]
fn an_address_in_one_line_is_told_apart_by_its_marks() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Ekdalens Snickeri AB", Field::SupplierName, 0.95)
        .text(148.0, 40.0, "•")
        .value(156.0, 40.0, "Verkstadsgatan 4", Field::SupplierAddress, 0.9)
        .text(242.0, 40.0, "•")
        .value(250.0, 40.0, "123 45 Sala", Field::SupplierAddress, 0.9)
        .read();
    assert_eq!(value(&reading, Field::SupplierAddress), "Verkstadsgatan 4, 123 45 Sala");
}

#[test]
fn an_address_that_is_printed_twice_is_one_candidate() {
    let (document, detections) = Sketch::default()
        .value(40.0, 54.0, "Verkstadsgatan 4", Field::SupplierAddress, 0.8)
        .value(40.0, 68.0, "123 45 Sala", Field::SupplierAddress, 0.8)
        .value(40.0, 780.0, "Verkstadsgatan 4, 123 45 SALA", Field::SupplierAddress, 0.7)
        .finish();
    let options = fieldmark_domain::reading::ReadingOptions {
        threshold: 0.0,
        with_candidates: true,
        ..Default::default()
    };
    let reading = fieldmark_domain::reading::read_fields(&document, &detections, &options);
    let label = reading.labels.iter().find(|label| label.field == Field::SupplierAddress).unwrap();
    assert_eq!(label.candidates.len(), 1, "{:?}", label.candidates);
    assert!(label.candidates[0].reasons.iter().any(|reason| reason.contains("more than once")));
}

#[test]
fn an_address_likelier_the_other_partys_is_not_taken() {
    let reading = Sketch::default()
        .value(300.0, 154.0, "Skogsvägen 2, 543 21 Mora", Field::CustomerAddress, 0.6)
        .also(SpanClass::Value(Field::SupplierAddress), 0.35)
        .read();
    assert_eq!(value(&reading, Field::CustomerAddress), "Skogsvägen 2, 543 21 Mora");
    assert_eq!(value(&reading, Field::SupplierAddress), "");
}

#[test]
fn a_mail_address_belongs_to_whom_its_domain_resembles() {
    let parties = || {
        Sketch::default().value(40.0, 40.0, "Ekdalens Snickeri AB", Field::SupplierName, 0.95).value(
            300.0,
            140.0,
            "Nordlys Foto AS",
            Field::CustomerName,
            0.9,
        )
    };
    let reading = parties()
        .value(300.0, 168.0, "post@nordlysfoto.example", Field::SupplierEmail, 0.5)
        .value(40.0, 700.0, "info@ekdalens.example", Field::SupplierEmail, 0.4)
        .read();
    assert_eq!(value(&reading, Field::SupplierEmail), "info@ekdalens.example");
    let unseen = parties().text(40.0, 700.0, "Fragen? kontakt@ekdalens.example").read();
    assert_eq!(value(&unseen, Field::SupplierEmail), "kontakt@ekdalens.example");
    assert_eq!(value(&unseen, Field::CustomerEmail), "");
    let strangers = parties().text(40.0, 700.0, "Fragen? kontakt@anderswo.example").read();
    assert_eq!(value(&strangers, Field::SupplierEmail), "");
}

#[test]
fn two_mail_addresses_of_the_supplier_are_not_the_customers() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "info@ekdalens.example", Field::SupplierEmail, 0.9)
        .also(SpanClass::Value(Field::CustomerEmail), 0.05)
        .value(40.0, 60.0, "faktura@ekdalens.example", Field::SupplierEmail, 0.8)
        .also(SpanClass::Value(Field::CustomerEmail), 0.18)
        .read();
    assert_eq!(value(&reading, Field::SupplierEmail), "info@ekdalens.example");
    assert_eq!(value(&reading, Field::CustomerEmail), "");
}

#[test]
fn a_number_is_not_both_the_suppliers_and_the_customers() {
    let reading = Sketch::default()
        .value(40.0, 700.0, "SE202100548901", Field::SupplierVatId, 0.9)
        .also(SpanClass::Value(Field::CustomerVatId), 0.3)
        .value(300.0, 168.0, "SE556036079301", Field::CustomerVatId, 0.8)
        .value(300.0, 182.0, "556036-0793", Field::CustomerOrgNumber, 0.8)
        .also(SpanClass::Value(Field::SupplierOrgNumber), 0.5)
        .read();
    assert_eq!(value(&reading, Field::SupplierVatId), "SE202100548901");
    assert_eq!(value(&reading, Field::CustomerVatId), "SE556036079301");
    assert_eq!(value(&reading, Field::CustomerOrgNumber), "556036-0793");
    assert_ne!(value(&reading, Field::SupplierOrgNumber), "556036-0793");
}

#[test]
fn a_register_number_belongs_to_whose_vat_number_is_made_of_it() {
    let reading = Sketch::default()
        .value(40.0, 700.0, "SE202100548901", Field::SupplierVatId, 0.9)
        .value(40.0, 714.0, "202100-5489", Field::CustomerOrgNumber, 0.6)
        .also(SpanClass::Value(Field::SupplierOrgNumber), 0.35)
        .value(300.0, 182.0, "556036-0793", Field::CustomerOrgNumber, 0.5)
        .read();
    assert_eq!(value(&reading, Field::SupplierOrgNumber), "202100-5489");
    assert_eq!(value(&reading, Field::CustomerOrgNumber), "556036-0793");
    let label = reading.labels.iter().find(|label| label.field == Field::SupplierOrgNumber).unwrap();
    assert!(label.place.is_some());
}
