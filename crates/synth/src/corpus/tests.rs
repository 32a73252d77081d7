use std::collections::BTreeSet;

use super::*;

fn rows(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(TRUTH)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_folder_has_a_file_and_a_row_for_each_invoice() {
    let folder = tempfile::tempdir().unwrap();
    let generator = Generator::new(3);
    let mut corpus = Corpus::create(folder.path()).unwrap();
    corpus.add_families(&generator, LayoutFamily::HELD_OUT, 3).unwrap();
    let documents = corpus.finish().unwrap();
    let rows = rows(folder.path());
    assert_eq!((documents, rows.len()), (3 * LayoutFamily::HELD_OUT.len(), documents));
    let templates: BTreeSet<&str> = rows.iter().filter_map(|row| row["template"].as_str()).collect();
    assert_eq!(templates.len(), LayoutFamily::HELD_OUT.len());
    for row in &rows {
        assert!(folder.path().join(row["file"].as_str().unwrap()).exists());
        assert_eq!(row["fields"].as_object().unwrap().len(), Field::ALL.len());
        // A visible field has a value; an invisible field may have a known value too.
        for (field, value) in row["fields"].as_object().unwrap() {
            assert!(value != "" || row["visible"][field] == false, "{field} is shown and empty: {row}");
        }
    }
}

#[test]
fn tax_is_stated_where_rates_are_shown() {
    let generator = Generator::new(3);
    let mut shown = 0;
    for index in 0..60 {
        let invoice = generator.invoice(index);
        for line in &invoice.tax {
            assert!(line.rate.contains('.'), "{line:?}");
            shown += 1;
        }
        assert!(invoice.unprinted.keys().all(|field| !invoice.truth.contains_key(field)));
    }
    assert!(shown > 10, "{shown} rates");
}

#[test]
fn pages_are_cut_to_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let generator = Generator::new(3);
    let mut corpus = Corpus::create(folder.path()).unwrap();
    corpus.add_pages_of(&generator, 120, 2).unwrap();
    corpus.finish().unwrap();
    assert_eq!(rows(folder.path())[1]["set"], "120 words");
    let page = cut::to_words(&generator.invoice(0), 20).unwrap().pages.remove(0);
    assert_eq!(page.words.len(), 20);
    assert!(page.words.iter().all(|word| word.bottom() <= page.size.height_pt));
}
