//! Long lists: programs get all of them, people the beginning, and whoever stops reading is no error.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use super::place::Place;
use crate::bench::{invoice, rows};

/// More than two parts of a list.
const MANY: usize = 230;

fn ids(rows: &[serde_json::Value]) -> BTreeSet<String> {
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_pipe_gets_every_document_and_job_unless_it_is_told_how_many() {
    for place in Place::both() {
        let place = place.with_invoices(MANY);
        place.run(&["submit", "in"]).printed(0);
        for list in ["documents", "jobs"] {
            let ended = place.run(&[list]);
            assert_eq!((ended.status, ended.said.as_str()), (Some(0), ""), "{list}");
            let all = rows(&ended.printed);
            assert_eq!((all.len(), ids(&all).len()), (MANY, MANY), "{list}");
            let some = place.rows(&[list, "--limit", "120", "--offset", "5"]);
            assert_eq!(some, all[5..125], "{list}");
            let csv = place.run(&[list, "--format", "csv"]).printed(0);
            assert_eq!(csv.lines().count(), MANY + 1, "{list}");
            assert!(csv.starts_with("id,"), "{csv}");
            let table = place.run(&[list, "--format", "table"]).printed(0);
            assert_eq!(table.lines().count(), 22, "{table}");
            assert!(table.ends_with("20 of 230; --limit and --offset show others\n"), "{table}");
        }
        let mut oldest = place.rows(&["documents", "--ascending", "--sort", "updated_at"]);
        oldest.reverse();
        assert_eq!(oldest, place.rows(&["documents", "--sort", "updated_at"]));
        let none = place.run(&["documents", "--status", "failed", "--format", "csv"]).printed(0);
        assert_eq!(none.lines().count(), 1, "{none}");
        for wrong in [["--limit", "0"], ["--limit", "many"], ["--offset", "x"]] {
            let said = place.run(&[&["documents"][..], &wrong].concat()).refusal();
            assert!(said.contains("whole number from") && !said.contains("digit"), "{said}");
        }
    }
}

#[test]
fn whoever_reads_the_first_line_alone_is_no_error() {
    let place = Place::with_sqlite().with_invoices(MANY);
    place.run(&["submit", "in", "--no-process"]).printed(0);
    for format in ["jsonl", "csv"] {
        let mut command = place.command(&["documents", "--labels", "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
        assert!(!first.is_empty());
    }
}

#[test]
fn a_history_comes_whole() {
    let place = Place::with_sqlite().with("a.pdf", invoice());
    let id = place.rows(&["submit", "a.pdf"])[0]["document_id"].as_str().unwrap().to_owned();
    place.run(&["worker", "--drain"]).printed(0);
    let read = place.rows(&["labels", "history", &id]).len();
    for number in 0..21 {
        place.run(&["labels", "correct", &id, "invoice_number", &format!("INV-{number}")]).printed(0);
    }
    let history = place.rows(&["labels", "history", &id]);
    assert_eq!(history.len(), read + 21);
    assert_eq!(history[0]["after"]["value"], "INV-20");
    let csv = place.run(&["labels", "history", &id, "--format", "csv"]).printed(0);
    assert_eq!(csv.lines().count(), history.len() + 1);
    assert_eq!(place.rows(&["labels", "history", &id, "--limit", "3"]), history[..3]);
    let labels = place.run(&["labels", "list", &id, "--format", "csv"]).printed(0);
    assert!(labels.starts_with("id,document_id,field,value,") && labels.contains(",INV-20,"), "{labels}");
}

#[test]
fn rows_of_csv_are_no_formulas_unless_they_are_wanted_raw() {
    let place = Place::with_sqlite().with("in/=1+1.pdf", invoice());
    let submitted = place.run(&["submit", "in/=1+1.pdf", "--no-process", "--format", "csv"]).printed(0);
    assert!(submitted.lines().nth(1).unwrap().starts_with("in/=1+1.pdf,"), "{submitted}");
    let shown =
        |arguments: &[&str]| place.run(&[&["documents", "--format", "csv"], arguments].concat()).printed(0);
    assert!(shown(&[]).contains(",'=1+1.pdf,"), "{}", shown(&[]));
    assert!(shown(&["--raw"]).contains(",=1+1.pdf,"), "{}", shown(&["--raw"]));
}
