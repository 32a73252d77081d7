//! A service whose database or files are lost, damaged or changed by many at once.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use ureq::Agent;

use super::server::Server;
use crate::bench::{invoice, until};
use crate::keeping::place::Place;

/// Status and body of something at the root.
fn root(server: &Server, path: &str) -> (u16, String) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.get(server.url(path)).call().unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}

/// The names of what is missing, when the service is not ready.
fn missing(server: &Server) -> Vec<String> {
    let (status, body) = root(server, "/health/ready");
    let body: Value = serde_json::from_str(&body).unwrap();
    let checks = body["checks"].as_array().unwrap();
    let missing: Vec<String> = checks
        .iter()
        .filter(|check| check["ready"] == false)
        .map(|check| check["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(status == 503, !missing.is_empty(), "{body}");
    missing
}

/// The stored files.
fn stored(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(stored(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_database_that_was_removed_takes_nothing_and_says_so() {
    let server = Server::start(Place::with_sqlite());
    assert_eq!(missing(&server), Vec::<String>::new(), "{}", server.log());
    server.send_files("/documents", &[("one.pdf", &invoice())]).data(201);
    for suffix in ["", "-wal", "-shm"] {
        std::fs::remove_file(server.place.bench.at(&format!("data/fieldmark.db{suffix}"))).unwrap();
    }
    let other = crate::bench::invoice_numbered(2);
    let refused = server.send_files("/documents", &[("two.pdf", &other)]).failure();
    assert_eq!(refused, (503, "database_unavailable".to_owned()), "{}", server.log());
    until("it is not ready", || missing(&server) == ["database"]);
    assert!(server.log().contains("was removed"), "{}", server.log());
    let (status, _) = root(&server, "/health/live");
    assert_eq!(status, 200);
}

#[test]
fn a_database_that_is_overwritten_makes_the_service_not_ready() {
    // What a command wrote is in the file when it has ended, not in the log.
    let place = Place::with_sqlite().with("one.pdf", invoice());
    place.rows(&["submit", "one.pdf"]);
    let server = Server::start(place);
    let path = server.place.bench.at("data/fieldmark.db");
    let length = std::fs::metadata(&path).unwrap().len();
    std::fs::write(&path, vec![0; usize::try_from(length).unwrap()]).unwrap();
    until("it is not ready", || missing(&server) == ["database"]);
}

#[test]
fn a_disk_that_is_nearly_full_takes_nothing_new_and_lets_go() {
    let place = Place::with_sqlite();
    let kept = place.with("one.pdf", invoice());
    let id = kept.rows(&["submit", "one.pdf"])[0]["document_id"].as_str().unwrap().to_owned();
    let server = Server::start(kept.set("FIELDMARK_STORAGE__MIN_FREE_BYTES", "9000000000000000000"));
    assert_eq!(missing(&server), ["database", "storage"], "{}", server.log());
    let other = crate::bench::invoice_numbered(2);
    let refused = server.send_files("/documents", &[("two.pdf", &other)]).failure();
    assert_eq!(refused, (503, "storage_full".to_owned()));
    let erased = server.ask("DELETE", &format!("/documents/{id}?erase=true"));
    assert_eq!(erased.status, 204, "{}", server.log());
    assert_eq!(stored(&server.place.bench.at("data/documents")), Vec::<PathBuf>::new());
}

#[test]
fn a_service_says_at_its_start_what_does_not_belong_together() {
    let place = Place::with_sqlite().with_invoices(2);
    place.rows(&["submit", "in"]);
    let files = stored(&place.bench.at("data/documents"));
    std::fs::remove_file(&files[0]).unwrap();
    let warned = |place: Place, words: &str| {
        let server = Server::start(place);
        assert!(server.log().contains(words), "{}", server.log());
    };
    let doctor = place.run(&["doctor"]);
    assert!(doctor.printed.contains("the files of 1 of the latest 2 documents are missing"), "{doctor:?}");
    warned(place, "the files of 1 of the latest 2 documents are missing");
    let place = Place::with_sqlite().with_invoices(1);
    place.rows(&["submit", "in"]);
    for entry in std::fs::read_dir(place.bench.at("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::remove_file(path).unwrap();
        }
    }
    warned(place, "the database has no documents, and the store has files");
}

#[test]
fn damaged_files_are_found_counted_and_healed_by_the_same_bytes() {
    for place in Place::both() {
        let place = place.set("FIELDMARK_JOBS__WORKERS", "1").with("one.pdf", invoice());
        let id = place.rows(&["submit", "one.pdf"])[0]["document_id"].as_str().unwrap().to_owned();
        let file = stored(&place.bench.at("data/documents")).remove(0);
        let length = std::fs::metadata(&file).unwrap().len();
        std::fs::write(&file, vec![b'x'; usize::try_from(length).unwrap()]).unwrap();
        let server = Server::start(place);
        let status = || server.ask("GET", &format!("/documents/{id}")).data(200);
        until("the document has failed", || status()["status"] == "failed");
        assert_eq!(status()["error"]["code"], "stored_file_damaged");
        let damaged = "fieldmark_storage_verified_total{outcome=\"damaged\"} 1";
        until("the damage is counted", || root(&server, "/metrics").1.contains(damaged));
        assert!(server.log().contains("a stored file is damaged"), "{}", server.log());
        let again = server.send_files("/documents", &[("one.pdf", &invoice())]).data(200);
        assert!(again["job_id"].is_string(), "{again}");
        until("it is processed", || status()["status"] == "processed");
        let bytes = server.ask("GET", &format!("/documents/{id}/file")).bytes;
        assert!(bytes == invoice(), "the file is whole again");
    }
}

#[test]
fn moments_are_the_same_when_something_is_made_and_later() {
    for place in Place::both() {
        let server = Server::start(place);
        let made = server.send_files("/documents?process=false", &[("one.pdf", &invoice())]).data(201);
        let later = server.ask("GET", &format!("/documents/{}", made["id"].as_str().unwrap())).data(200);
        for moment in ["created_at", "updated_at"] {
            assert_eq!(made[moment], later[moment]);
        }
    }
}

/// How many change something at once.
const COUNT: usize = 20;

/// The statuses of so many changes of one thing, made at once without `If-Match`.
fn changed_at_once(server: &Server, path: &str, change: impl Fn(usize) -> Value) -> Vec<u16> {
    std::thread::scope(|scope| {
        let send = |number| {
            let change = change(number);
            scope.spawn(move || server.send_json("PATCH", path, &change).status)
        };
        let changes: Vec<_> = (1..=COUNT).map(send).collect();
        changes.into_iter().map(|change| change.join().unwrap()).collect()
    })
}

#[test]
fn many_who_change_one_thing_at_once_all_succeed() {
    for place in Place::both() {
        let server = Server::start(place);
        let made = server.send_files("/documents?process=false", &[("one.pdf", &invoice())]).data(201);
        let document = format!("/documents/{}", made["id"].as_str().unwrap());
        let total = json!({"field": "total_gross", "value": "1.00"});
        let added = server.send_json("POST", &format!("{document}/labels"), &total).data(201);
        let label = format!("{document}/labels/{}", added["id"].as_str().unwrap());
        let tags = |number| json!({"tags": [format!("tag {number}")]});
        let value = |number| json!({"value": format!("{number}.00")});
        let before = server.ask("GET", &document).header("etag").to_owned();
        assert_eq!(changed_at_once(&server, &document, tags), [200; COUNT], "{}", server.log());
        assert_eq!(changed_at_once(&server, &label, value), [200; COUNT], "{}", server.log());
        let after = server.ask("GET", &document).header("etag").to_owned();
        let version = |tag: &str| tag.trim_matches('"').parse::<usize>().unwrap();
        assert_eq!(version(&after), version(&before) + 2 * COUNT, "each change is one of its own");
    }
}

#[test]
fn tables_are_not_taken_from_a_service_that_works_with_them() {
    for place in Place::both() {
        let mut server = Server::start(place);
        let refused = server.place.run(&["migrate", "down", "--yes"]).refusal();
        assert!(refused.contains("fieldmark serve"), "{refused}");
        server.terminate();
        server.ended();
        let down = server.place.run(&["migrate", "down", "--yes"]);
        assert!(down.printed(0).contains("undone"));
    }
}
