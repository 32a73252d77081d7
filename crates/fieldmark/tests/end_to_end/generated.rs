//! Invoices of our own generator, from the file to the table.

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
