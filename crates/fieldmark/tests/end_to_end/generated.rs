//! Invoices of our own generator, from the file to the table.

use std::collections::BTreeSet;

use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_synth::pdf::{self, PdfOptions};
use fieldmark_synth::{Generator, Locale};

use crate::bench::{Bench, rows};

#[test]
fn generated_invoices_are_read_and_their_boxes_lie_on_their_pages() {
    let locales: Vec<Locale> =
        Locale::all().filter(|locale| ["sv", "de", "en"].contains(&locale.language())).collect();
    let generator = Generator::new(7);
    let mut bench = Bench::new();
    let mut pages = Vec::new();
    for (index, locale) in (0..).zip(&locales) {
        let invoice = generator.invoice_in(*locale, index);
        pages.push(invoice.pages.len());
        let file = pdf::write(&invoice.pages, &PdfOptions::default());
        bench = bench.with(&format!("in/{index:02}.pdf"), file);
    }
    assert!(pages.len() >= 3);
    let rows = rows(&bench.run(&["extract", "in", "--threshold", "0", "--candidates"]).printed(0));
    let read: Vec<usize> = rows.iter().map(|row| row["pages"].as_array().unwrap().len()).collect();
    assert_eq!(read, pages);
    for row in &rows {
        assert!(row["fields"].as_object().is_some_and(|fields| !fields.is_empty()), "{row}");
        for (name, field) in row["fields"].as_object().unwrap() {
            let Some(place) = field.get("box") else { continue };
            let number = |key: &str| place[key].as_f64().unwrap();
            assert!(number("left") >= 0.0 && number("left") + number("width") <= 1.001, "{name}: {field}");
            assert!(number("top") >= 0.0 && number("top") + number("height") <= 1.001, "{name}: {field}");
            assert!(place["page"].as_u64().unwrap() as usize <= row["pages"].as_array().unwrap().len());
        }
    }
}

#[test]
fn most_of_what_generated_invoices_show_is_read_right() {
    let generator = Generator::new(20_011);
    let invoices: Vec<_> = (0..40).map(|index| generator.invoice(index)).collect();
    let locales: BTreeSet<_> = invoices.iter().map(|invoice| invoice.locale.language()).collect();
    assert!(locales.len() >= 5, "{locales:?}");
    let bench = (0..).zip(&invoices).fold(Bench::new(), |bench, (index, invoice): (u32, _)| {
        bench.with(&format!("in/{index:02}.pdf"), pdf::write(&invoice.pages, &PdfOptions::default()))
    });
    let rows = rows(&bench.run(&["extract", "in"]).printed(0));
    assert_eq!(rows.len(), invoices.len());
    let mut wrong = Vec::new();
    let mut shown = 0;
    for (row, invoice) in rows.iter().zip(&invoices) {
        for (&field, value) in &invoice.truth {
            shown += 1;
            let read = row["fields"][field.name()]["value"].as_str().unwrap_or_default();
            if comparable(field, read) != comparable(field, value) {
                wrong.push(format!("{} {field}: {value:?} read as {read:?}", row["file"]));
            }
        }
    }
    assert!(wrong.len() * 100 <= shown * 20, "{} of {shown} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Dates and amounts as they stand, names without case, everything else without blanks and punctuation.
fn comparable(field: Field, value: &str) -> String {
    match field.kind() {
        FieldKind::Date | FieldKind::Money => value.to_owned(),
        FieldKind::Name => value.to_lowercase(),
        _ => value.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect(),
    }
}
