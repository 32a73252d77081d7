//! What docs/service.md shows, on the real service.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::server::Server;
use crate::bench::{invoice_numbered, invoice_of_pages};
use crate::keeping::place::Place;

fn on_both(story: impl Fn(&Server)) {
    for place in Place::both() {
        story(&Server::start(place));
    }
}

/// The id of a label of a document.
fn label_of(document: &Value, field: &str) -> String {
    let labels = document["labels"].as_array().unwrap();
    let label = labels.iter().find(|label| label["field"] == field).unwrap();
    label["id"].as_str().unwrap().to_owned()
}

/// A document that was read: its id and what is known of it.
fn read(server: &Server, number: usize) -> (String, Value) {
    let reply = server.send_files("/infer", &[("a.pdf", &invoice_numbered(number))]);
    let id = reply.data(200)["id"].as_str().unwrap().to_owned();
    let document = server.ask("GET", &format!("/documents/{id}")).data(200);
    (id, document)
}

#[test]
fn an_invoice_is_read_while_its_sender_waits_and_kept() {
    on_both(|server| {
        let reply = server.send_files("/infer?candidates=true", &[("a.pdf", &invoice_numbered(7))]);
        let read = reply.data(200);
        assert_eq!(
            (&read["status"], &read["fields"]["invoice_number"]["value"]),
            (&json!("processed"), &json!("INV-20007"))
        );
        assert!(read["fields"]["invoice_number"]["candidates"].is_array());
        let address = reply.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let kept = server.ask("GET", &address).data(200);
        assert_eq!((&kept["id"], &kept["filename"]), (&read["id"], &json!("a.pdf")));
        let again = server.send_files("/infer", &[("b.pdf", &invoice_numbered(7))]).data(200);
        assert_eq!(again["id"], read["id"], "the same bytes are one document");
        let passing = server.send("POST", "/infer?store=false", &[], invoice_numbered(8)).data(200);
        assert_eq!(
            (passing.get("id"), &passing["fields"]["invoice_number"]["value"]),
            (None, &json!("INV-20008"))
        );
        assert_eq!(server.ask("GET", "/documents").json()["meta"]["total"], 1);
    });
}

#[test]
fn an_upload_becomes_a_job_that_is_waited_for() {
    on_both(|server| {
        let received = server.send_files("/documents", &[("a.pdf", &invoice_numbered(1))]).data(201);
        let (id, job) = (received["id"].as_str().unwrap(), received["job_id"].as_str().unwrap());
        let job = server.ask("GET", &format!("/jobs/{job}?wait=60")).data(200);
        assert_eq!(job["status"], "succeeded", "{job}");
        assert_eq!(server.ask("GET", &format!("/documents/{id}")).data(200)["status"], "processed");
        let kept =
            server.send_files("/documents?process=false", &[("b.pdf", &invoice_numbered(9))]).data(201);
        assert_eq!((kept.get("job_id"), &kept["status"]), (None, &json!("received")));
        let again = server.send_files("/documents", &[("b.pdf", &invoice_numbered(9))]).data(200);
        let job =
            server.ask("GET", &format!("/jobs/{}?wait=60", again["job_id"].as_str().unwrap())).data(200);
        assert_eq!((&again["id"], &job["status"]), (&kept["id"], &json!("succeeded")));
        let several: Vec<Vec<u8>> = (2..5).map(invoice_numbered).collect();
        let mut files: Vec<(&str, &[u8])> = several.iter().map(|file| ("x.pdf", file.as_slice())).collect();
        files.push(("note.txt", b"no invoice at all"));
        let outcomes = server.send_files("/documents", &files).data(207);
        let statuses: Vec<u64> =
            outcomes.as_array().unwrap().iter().map(|outcome| outcome["status"].as_u64().unwrap()).collect();
        assert_eq!(statuses, [201, 201, 201, 415]);
    });
}

#[test]
fn a_list_is_filtered_and_a_label_corrected() {
    on_both(|server| {
        let (id, document) = read(server, 1);
        read(server, 2);
        let found =
            server.ask("GET", "/documents?status=processed&field.invoice_number=inv-20001&include=labels");
        assert_eq!((&found.data(200)[0]["id"], &found.json()["meta"]["total"]), (&json!(id), &json!(1)));
        let begun = server.ask("GET", "/documents?field.invoice_number=INV-2*&sort=created_at&limit=1");
        assert_eq!((&begun.data(200)[0]["id"], &begun.json()["meta"]["pages"]), (&json!(id), &json!(2)));
        let label = format!("/documents/{id}/labels/{}", label_of(&document, "total_gross"));
        let wrong = server.send_json("PATCH", &label, &json!({"value": "a lot"}));
        assert_eq!(wrong.failure(), (422, "validation_failed".to_owned()));
        let corrected = server.send_json("PATCH", &label, &json!({"value": "1,250.00"})).data(200);
        assert_eq!((&corrected["value"], &corrected["source"]), (&json!("1250.00"), &json!("person")));
        let stale = server.send(
            "PATCH",
            &label,
            &[("Content-Type", "application/json"), ("If-Match", "\"1\"")],
            b"{}".to_vec(),
        );
        assert_eq!(stale.failure(), (412, "changed_meanwhile".to_owned()));
        let history = server.ask("GET", &format!("/documents/{id}/history?limit=1")).data(200);
        assert_eq!(
            (&history[0]["before"]["value"], &history[0]["after"]["value"]),
            (&json!("1200.00"), &json!("1250.00"))
        );
    });
}

#[test]
fn pictures_files_and_exports_are_given() {
    on_both(|server| {
        let file = invoice_of_pages(2);
        let reply = server.send_files("/infer", &[("two.pdf", &file)]).data(200);
        let id = reply["id"].as_str().unwrap();
        let picture = server.ask("GET", &format!("/documents/{id}/pages/2.png?height=300"));
        let decoded = image::load_from_memory(&picture.bytes).unwrap();
        assert_eq!((picture.status, decoded.height()), (200, 300));
        let missing = server.ask("GET", &format!("/documents/{id}/pages/3.png"));
        assert_eq!(missing.failure(), (404, "not_found".to_owned()));
        assert_eq!(server.ask("GET", &format!("/documents/{id}/file")).bytes, file);
        for (format, head) in [("jsonl", "{"), ("csv", "document_id,"), ("coco", "{"), ("yolo", "PK")] {
            let export = server.ask("GET", &format!("/exports/labels?format={format}"));
            assert!(
                export.status == 200 && export.bytes.starts_with(head.as_bytes()),
                "{format}: {export:?}"
            );
        }
        let coco = server.ask("GET", "/exports/labels?format=coco").json();
        let numbers = |list: &str, key: &str| -> BTreeSet<u64> {
            coco[list].as_array().unwrap().iter().map(|entry| entry[key].as_u64().unwrap()).collect()
        };
        assert_eq!(numbers("images", "id"), numbers("annotations", "image_id"), "{coco}");
        assert!(numbers("annotations", "id").len() >= 4, "{coco}");
    });
}

#[test]
fn what_is_deleted_is_gone_until_it_is_restored() {
    on_both(|server| {
        let (id, _) = read(server, 1);
        let at = |rest: &str| format!("/documents/{id}{rest}");
        assert_eq!(server.ask("POST", &at("/approve")).data(200)["status"], "approved");
        assert_eq!(server.ask("DELETE", &at("")).status, 204);
        assert_eq!(server.ask("GET", &at("")).status, 404);
        assert_eq!(server.ask("GET", "/documents").json()["meta"]["total"], 0);
        assert_eq!(server.ask("POST", &at("/restore")).data(200)["status"], "approved");
        assert_eq!(server.ask("GET", "/documents").json()["meta"]["total"], 1);
        assert_eq!(server.ask("DELETE", &at("?erase=true")).status, 204);
        assert_eq!(server.ask("POST", &at("/restore")).failure(), (404, "not_found".to_owned()));
    });
}
