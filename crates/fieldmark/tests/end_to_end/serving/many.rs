//! Many clients at once: each gets the answer to its own document.

use std::sync::Mutex;

use super::client::Reply;
use super::server::Server;
use crate::bench::invoice_numbered;
use crate::keeping::place::Place;

const DOCUMENTS: usize = 60;
const CLIENTS: usize = 16;

/// Has each number done by one of several clients.
fn by_all(act: impl Fn(usize) + Sync) {
    let numbers = Mutex::new(0..DOCUMENTS);
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                loop {
                    let next = numbers.lock().unwrap().next();
                    let Some(number) = next else { return };
                    act(number);
                }
            });
        }
    });
}

#[track_caller]
fn is_of(reply: &Reply, number: usize) {
    let data = reply.data(200);
    assert_eq!(data["fields"]["invoice_number"]["value"], format!("INV-{}", 20_000 + number), "{data}");
}

/// Uploads a document, waits for its job, and looks at what was read.
#[track_caller]
fn is_of_job(server: &Server, number: usize) {
    let received = server.send_files("/documents", &[("a.pdf", &invoice_numbered(number))]).data(201);
    let job = received["job_id"].as_str().unwrap();
    assert_eq!(server.ask("GET", &format!("/jobs/{job}?wait=60")).data(200)["status"], "succeeded");
    let id = received["id"].as_str().unwrap();
    let document = server.ask("GET", &format!("/documents/{id}?candidates=false")).data(200);
    let labels = document["labels"].as_array().unwrap();
    let label = labels.iter().find(|label| label["field"] == "invoice_number").unwrap();
    assert_eq!(label["value"], format!("INV-{}", 20_000 + number), "{document}");
}

#[test]
fn each_gets_its_own_documents_fields() {
    for place in Place::both() {
        let server = Server::start(place);
        by_all(|number| {
            is_of(&server.send("POST", "/infer?store=false", &[], invoice_numbered(number)), number)
        });
        by_all(|number| match number % 2 {
            0 => is_of(&server.send("POST", "/infer", &[], invoice_numbered(number)), number),
            _ => is_of_job(&server, number),
        });
        server.place.everything_was_done_once(DOCUMENTS);
    }
}

#[test]
fn too_many_are_refused_at_once_and_the_others_are_answered() {
    let server = Server::start(Place::with_sqlite().set("FIELDMARK_HTTP__MAX_INFERENCES", "2"));
    let statuses = Mutex::new(Vec::new());
    by_all(|number| {
        let reply = server.send("POST", "/infer?store=false", &[], invoice_numbered(number));
        if reply.status == 503 {
            assert_eq!((reply.failure().1.as_str(), reply.header("retry-after")), ("overloaded", "1"));
        } else {
            is_of(&reply, number);
        }
        statuses.lock().unwrap().push(reply.status);
    });
    let statuses = statuses.into_inner().unwrap();
    let [answered, refused] =
        [200, 503].map(|wanted| statuses.iter().filter(|status| **status == wanted).count());
    assert!(answered > 0 && refused > 0 && answered + refused == DOCUMENTS, "{statuses:?}");
}
