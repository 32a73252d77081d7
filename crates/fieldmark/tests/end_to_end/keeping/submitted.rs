//! From a file to what is known of it: submit, worker, documents, show, jobs, migrate.

use super::place::Place;
use crate::bench::{encrypted_invoice, invoice, invoice_numbered};

#[test]
fn what_is_submitted_is_read_and_found_again() {
    for place in Place::both() {
        let place = place.with_invoices(3);
        let submitted = place.rows(&["submit", "in", "--tag", "march", "--note", "cost_centre=4711"]);
        assert_eq!(submitted.len(), 3);
        assert!(submitted.iter().all(|row| row["status"] == "queued" && row["was_there"] == false));
        assert_eq!(place.jobs("queued").len(), 3);

        place.run(&["worker", "--drain"]).printed(0);
        place.everything_was_done_once(3);

        let found = place.rows(&["documents", "--field", "invoice_number=inv-20001"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["filename"], "001.pdf");
        assert_eq!(found[0]["tags"][0], "march");
        assert_eq!(found[0]["metadata"]["cost_centre"], "4711");
        assert_eq!(place.rows(&["documents", "--field", "supplier_name=northwind*"]).len(), 3);
        assert_eq!(place.rows(&["documents", "--field", "supplier_name=north"]).len(), 0);
        assert_eq!(place.rows(&["documents", "--status", "failed"]).len(), 0);

        let id = found[0]["id"].as_str().unwrap();
        let shown = place.run(&["show", id, "--format", "json"]).printed(0);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(shown["extraction"]["fields"]["invoice_number"]["value"], "INV-20001");
        assert_eq!(shown["extraction"]["provenance"]["file_sha256"], shown["sha256"]);
        let table = place.run(&["show", id, "--format", "table"]).printed(0);
        assert!(table.contains("INV-20001") && table.contains("processed"), "{table}");
    }
}

#[test]
fn the_same_bytes_are_kept_once_and_a_bad_file_stops_nothing() {
    for place in Place::both() {
        let place = place.with("a.pdf", invoice()).with("again.pdf", invoice()).with("b.pdf", "no PDF");
        let printed = place.run(&["submit", "a.pdf", "b.pdf", "again.pdf", "c.pdf"]).printed(1);
        let rows = crate::bench::rows(&printed);
        let codes: Vec<&str> =
            rows.iter().map(|row| row["error"]["code"].as_str().unwrap_or("kept")).collect();
        assert_eq!(codes, ["kept", "unsupported_media_type", "kept", "file_not_found"]);
        assert_eq!(rows[0]["document_id"], rows[2]["document_id"]);
        assert_eq!(rows[2]["was_there"], true);
        assert_eq!(rows[2]["job_id"], rows[0]["job_id"]);
        assert_eq!(place.rows(&["documents"]).len(), 1);
        place.run(&["worker", "--drain"]).printed(0);
        let read = &place.rows(&["submit", "again.pdf"])[0];
        assert_eq!((&read["status"], read.get("job_id")), (&"processed".into(), None), "{read}");
        let table = place.run(&["submit", "again.pdf", "--format", "table"]).printed(0);
        assert!(table.contains("processed (was there)"), "{table}");
    }
}

#[test]
fn what_was_kept_without_being_read_is_queued_when_it_comes_again() {
    for place in Place::both() {
        let place = place.with("a.pdf", invoice());
        let kept = &place.rows(&["submit", "a.pdf", "--no-process"])[0];
        assert_eq!((&kept["status"], kept.get("job_id")), (&"received".into(), None), "{kept}");
        let again = &place.rows(&["submit", "a.pdf"])[0];
        assert_eq!((&again["document_id"], &again["status"]), (&kept["document_id"], &"queued".into()));
        assert_eq!(place.jobs("queued")[0]["id"], again["job_id"]);
        let waiting = &place.rows(&["submit", "a.pdf", "--no-process"])[0];
        assert_eq!(waiting["job_id"], again["job_id"]);
    }
}

#[test]
fn a_request_that_comes_again_is_known_by_its_key() {
    for place in Place::both() {
        let place = place.with("a.pdf", invoice()).with("b.pdf", invoice_numbered(7));
        let first = place.rows(&["submit", "a.pdf", "--idempotency-key", "k-1"]);
        let again = place.rows(&["submit", "a.pdf", "--idempotency-key", "k-1"]);
        assert_eq!(
            (&again[0]["document_id"], &again[0]["was_there"]),
            (&first[0]["document_id"], &true.into())
        );
        let other = place.run(&["submit", "b.pdf", "--idempotency-key", "k-1"]).printed(1);
        assert_eq!(crate::bench::rows(&other)[0]["error"]["code"], "idempotency_key_reused");
        assert!(
            place
                .run(&["submit", "a.pdf", "b.pdf", "--idempotency-key", "k-2"])
                .refusal()
                .contains("one file")
        );
    }
}

#[test]
fn a_document_that_cannot_be_read_says_why_and_is_not_tried_again() {
    for place in Place::both() {
        let place = place.with("a.pdf", encrypted_invoice("secret"));
        place.rows(&["submit", "a.pdf"]);
        place.run(&["worker", "--drain"]).printed(0);
        let document = &place.rows(&["documents"])[0];
        assert_eq!(document["status"], "failed");
        assert_eq!(document["error"]["code"], "document_encrypted");
        let job = &place.rows(&["jobs"])[0];
        assert_eq!((&job["status"], &job["attempts"]), (&"failed".into(), &1.into()));
        assert_eq!(job["error"]["code"], "document_encrypted");
        let again = place.rows(&["jobs", "retry", job["id"].as_str().unwrap()]);
        assert_eq!((&again[0]["status"], &again[0]["attempts"]), (&"queued".into(), &0.into()));
        assert_eq!(place.rows(&["documents"])[0]["status"], "queued");
    }
}

#[test]
fn the_second_invoice_with_a_suppliers_number_says_so() {
    for place in Place::both() {
        let mut copy = invoice();
        copy.extend_from_slice(b"\n% another file with the same page\n");
        let place = place.with("a.pdf", invoice()).with("b.pdf", copy);
        let first = place.rows(&["submit", "a.pdf"])[0]["document_id"].clone();
        let second = place.rows(&["submit", "b.pdf"])[0]["document_id"].clone();
        place.run(&["worker", "--drain"]).printed(0);
        let documents = place.rows(&["documents", "--labels", "--ascending"]);
        let flagged = |document: &serde_json::Value| {
            let labels = document["labels"].as_array().unwrap();
            labels.iter().any(|label| {
                let checks = label["checks"].as_array().unwrap();
                checks.iter().any(|check| check["name"] == "not_seen_before" && check["passed"] == false)
            })
        };
        // Two workers may have taken them in any order: one of them is the first, and the other says so.
        let repeats: Vec<&serde_json::Value> =
            documents.iter().filter(|document| document.get("repeats").is_some()).collect();
        assert_eq!(repeats.len(), 1, "{documents:?}");
        assert!(
            [&first, &second].contains(&&repeats[0]["repeats"]) && repeats[0]["repeats"] != repeats[0]["id"]
        );
        for document in &documents {
            assert_eq!(flagged(document), document.get("repeats").is_some(), "{document}");
        }
        assert_eq!(repeats[0]["decision"], "review");
    }
}

#[test]
fn deleted_documents_come_back_and_erased_ones_do_not() {
    for place in Place::both() {
        let place = place.with("a.pdf", invoice());
        let id = place.rows(&["submit", "a.pdf"])[0]["document_id"].as_str().unwrap().to_owned();
        place.run(&["worker", "--drain"]).printed(0);
        let files = || walk(&place.bench.at("data/documents"));
        assert_eq!(files(), 1);
        place.run(&["documents", "delete", &id]).printed(0);
        assert_eq!(place.rows(&["documents"]).len(), 0);
        let refused = place.run(&["show", &id]);
        assert_eq!(refused.status, Some(1));
        assert!(refused.said.contains("not_found"), "{refused:?}");
        place.run(&["documents", "restore", &id]).printed(0);
        assert_eq!(place.rows(&["documents"])[0]["status"], "processed");
        place.run(&["documents", "erase", &id]).printed(0);
        assert_eq!(files(), 0);
        assert_eq!(place.run(&["documents", "restore", &id]).status, Some(1));
        assert_eq!(place.rows(&["jobs"]).len(), 0);
        assert_eq!(place.rows(&["submit", "a.pdf"])[0]["was_there"], false);
    }
}

#[test]
fn migrations_go_both_ways() {
    for place in Place::both() {
        assert!(place.run(&["migrate", "status"]).printed(0).contains("to do"));
        assert!(place.run(&["migrate", "up"]).printed(0).contains("done"));
        assert!(!place.run(&["migrate", "status"]).printed(0).contains("to do"));
        assert!(place.run(&["migrate", "down"]).refusal().contains("--yes"));
        assert!(place.run(&["migrate", "down", "--steps", "99", "--yes"]).printed(0).contains("undone"));
        assert!(place.run(&["migrate", "status"]).printed(0).contains("to do"));
        assert_eq!(place.rows(&["documents"]).len(), 0);
    }
}

#[test]
fn a_database_that_is_not_there_is_told_from_one_that_is_none() {
    let place = Place::with_sqlite().set("FIELDMARK_DATABASE__URL", "postgres://me:hush@127.0.0.1:1/nowhere");
    let said = place.run(&["documents"]).refusal();
    assert!(said.contains("127.0.0.1") && !said.contains("hush"), "{said}");
    let place = Place::with_sqlite().set("FIELDMARK_DATABASE__URL", "sqlite:notes.txt");
    let place = place.with("notes.txt", "no database, just words. ".repeat(100));
    let said = place.run(&["documents"]).refusal();
    assert!(said.contains("notes.txt"), "{said}");
}

/// How many files are in a folder, however deep.
fn walk(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}
