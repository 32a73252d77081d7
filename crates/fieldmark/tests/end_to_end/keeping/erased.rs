//! What is erased is gone from the files, too.

use super::place::Place;

#[test]
fn nothing_of_an_erased_document_is_left_in_the_data_folder() {
    const CANARY: &str = "CANARYBIRD";
    let place = Place::with_sqlite().with_invoices(3).with("CANARYBIRD.pdf", crate::bench::invoice());
    place.rows(&["submit", "in"]);
    let note = format!("place={CANARY}");
    let submitted = place.rows(&["submit", "CANARYBIRD.pdf", "--tag", CANARY, "--note", &note]);
    let id = submitted[0]["document_id"].as_str().unwrap().to_owned();
    place.run(&["worker", "--drain"]).printed(0);
    place.rows(&["labels", "correct", &id, "supplier_name", CANARY]);
    place.rows(&["labels", "correct", &id, "supplier_name", "Another Name"]);
    place.rows(&["documents", "change", &id, "--filename", "other.pdf"]);
    let found = || {
        let files = std::fs::read_dir(place.bench.at("data")).unwrap().map(|entry| entry.unwrap().path());
        let kept: Vec<Vec<u8>> =
            files.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap()).collect();
        kept.iter().any(|bytes| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()))
    };
    assert!(found());
    place.run(&["documents", "erase", &id]).printed(0);
    assert!(!found());
    assert_eq!(place.rows(&["documents"]).len(), 3);
}
