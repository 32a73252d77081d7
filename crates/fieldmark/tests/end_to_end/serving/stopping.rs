//! A service that is killed, and one that is told to stop.

use serde_json::Value;

use super::server::Server;
use crate::bench::{invoice_of_pages, until};
use crate::keeping::place::Place;

/// How many jobs have come so far.
fn jobs(server: &Server, status: &str) -> u64 {
    let body: Value = server.ask("GET", &format!("/jobs?status={status}&limit=1")).json();
    body["meta"]["total"].as_u64().unwrap()
}

#[test]
fn a_service_that_is_killed_loses_nothing_and_doubles_nothing() {
    const COUNT: u64 = 40;
    for place in Place::both() {
        let place = place.set("FIELDMARK_JOBS__LEASE", "1s").with_invoices(COUNT as usize);
        assert_eq!(place.rows(&["submit", "in"]).len(), COUNT as usize);
        let mut server = Server::start(place);
        let mut killed_at_work = 0;
        for _ in 0..3 {
            let done = jobs(&server, "succeeded");
            until("a job that was done", || jobs(&server, "succeeded") > done || done == COUNT);
            server.kill_and_start_again();
            // Two at most are this process's own; what runs beside them is held by nobody alive.
            killed_at_work += usize::from(jobs(&server, "succeeded") < COUNT);
        }
        assert!(killed_at_work >= 1, "everything was done before the first kill");
        until("all jobs are done", || jobs(&server, "succeeded") == COUNT);
        server.place.everything_was_done_once(COUNT as usize);
    }
}

#[test]
fn a_service_that_is_told_to_stop_answers_who_waits_and_gives_its_jobs_back() {
    for place in Place::both() {
        // The lease alone would keep the job for longer than the test waits.
        let place = place.set("FIELDMARK_JOBS__LEASE", "10m").set("FIELDMARK_JOBS__WORKERS", "1");
        let mut server = Server::start(place);
        let long = invoice_of_pages(100);
        let reply = std::thread::scope(|scope| {
            let waiting = scope.spawn(|| server.send("POST", "/infer", &[], long));
            until("the job is running", || jobs(&server, "running") == 1);
            server.terminate();
            waiting.join().unwrap()
        });
        assert_eq!(reply.status, 202, "{reply:?}\n{}", server.log());
        let job = reply.data(202);
        assert_eq!(server.ended(), Some(0));
        assert!(server.place.jobs("running").is_empty());
        let waiting = server.place.jobs("queued");
        assert_eq!((waiting.len(), &waiting[0]["id"]), (1, &job["id"]));
    }
}

/// Whether the service has files open that have no name any more.
fn has_unnamed_files(server: &Server) -> bool {
    let open = std::fs::read_dir(format!("/proc/{}/fd", server.id())).unwrap();
    let targets = open.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
    targets
        .map(|target| target.to_string_lossy().into_owned())
        .any(|target| target.contains("data/uploads") && target.ends_with("(deleted)"))
}

#[test]
fn what_was_being_uploaded_leaves_nothing_behind() {
    use std::io::Write as _;
    let mut server = Server::start(Place::with_sqlite());
    let address = server.url("").trim_start_matches("http://").to_owned();
    let half = |path: &str| {
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        let head =
            format!("POST /api/v1/{path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 400000\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&[b'%'; 200_000]).unwrap();
        stream
    };
    let kept_open = half("documents");
    drop(half("infer?store=false"));
    drop(half("documents"));
    until("the half is on its way", || has_unnamed_files(&server));
    until("those who left are noticed", || server.log().matches("\"status\":4").count() >= 2);
    server.kill_and_start_again();
    drop(kept_open);
    let uploads = server.place.bench.at("data/uploads");
    assert_eq!(std::fs::read_dir(uploads).unwrap().count(), 0);
    assert_eq!(server.ask("GET", "/documents").json()["meta"]["total"], 0);
}
