//! `fieldmark eval`: the table, from results that are there and from documents that are read.

use crate::bench::{Bench, invoice};

const TRUTH: &str = r#"{"id": "a", "file": "docs/a.pdf", "set": "one", "fields": {"invoice_number": "INV-20417", "currency": "GBP"}}
{"id": "b", "file": "docs/b.pdf", "set": "two", "fields": {"invoice_number": "B-1"}, "visible": {"invoice_number": true}}
"#;

#[test]
fn results_that_are_there_are_scored() {
    let results = r#"{"file": "elsewhere/a.pdf", "fields": {"invoice_number": {"value": "inv 20417"}, "currency": {"value": "EUR"}}}"#;
    let bench = Bench::new().with("truth.jsonl", TRUTH).with("results.jsonl", results);
    let arguments = ["eval", "--truth", "truth.jsonl", "--predictions", "results.jsonl"];
    let expected = "\
2 documents, 1 answered
field                     n       P       R      F1
invoice_number            2   1.000   0.500   0.667
currency                  1   0.000   0.000   0.000
micro                     3   0.500   0.333   0.400
";
    let ended = bench.run(&[&arguments[..], &["--errors"]].concat());
    assert!(ended.said.contains("a\tcurrency\texpected \"GBP\"\tgot \"EUR\""), "{ended:?}");
    assert!(ended.said.contains("b\tinvoice_number\texpected \"B-1\"\tgot nothing"), "{ended:?}");
    assert_eq!(ended.printed(0), expected);
    let one = bench.run(&[&arguments[..], &["--set", "two"]].concat()).printed(0);
    assert!(one.starts_with("1 documents, 0 answered\n"), "{one}");
}

#[test]
fn the_truths_documents_are_read_from_its_folder() {
    let bench = Bench::new().with("set/truth.jsonl", TRUTH).with("set/docs/a.pdf", invoice());
    let printed = bench.run(&["eval", "--truth", "set/truth.jsonl"]).printed(0);
    assert!(printed.starts_with("2 documents, 2 answered\n"), "{printed}");
    assert!(printed.contains("\ninvoice_number            2 "), "{printed}");
    let elsewhere = bench.run(&["eval", "--truth", "set/truth.jsonl", "--dir", "set"]).printed(0);
    assert_eq!(elsewhere, printed);
}

#[test]
fn a_truth_that_is_none_is_refused_by_line() {
    let bench = Bench::new().with("truth.jsonl", "{\"id\": 1}\n");
    let said = bench.run(&["eval", "--truth", "truth.jsonl"]).refusal();
    assert!(said.contains("line 1 of truth.jsonl"), "{said}");
}

#[test]
fn a_report_has_tables_and_diagrams_and_names_no_document() {
    let truth = r#"{"id": "secret-name", "file": "docs/a.pdf", "set": "one", "language": "en", "template": "t",
        "document_kind": "invoice", "fields": {"invoice_number": "INV-20417", "currency": "GBP", "kid": "1"}}"#;
    let bench =
        Bench::new().with("set/truth.jsonl", truth.replace('\n', " ")).with("set/docs/a.pdf", invoice());
    bench.run(&["eval", "--truth", "set/truth.jsonl", "--report", "report"]).printed(0);
    let read = |name: &str| std::fs::read_to_string(bench.at("report").join(name)).unwrap();
    assert!(read("summary.md").contains("\n| one | 1 | 1 | 2 |"), "{}", read("summary.md"));
    assert!(
        read("fields.md").contains("| invoice_number | 1 | 1.000 | 1.000 | 1.000 |"),
        "{}",
        read("fields.md")
    );
    assert!(read("languages.md").contains("\n| en | 1 | 2 |"));
    assert!(read("kinds.md").contains("\n| invoice | 1 |"));
    assert!(read("calibration.md").contains("\n| invoice_number | 1 |"));
    assert!(read("reliability.svg").starts_with("<svg"));
    let files = std::fs::read_dir(bench.at("report")).unwrap().map(|entry| entry.unwrap().file_name());
    for file in files {
        assert!(!read(file.to_str().unwrap()).contains("secret"), "{file:?}");
    }
}
