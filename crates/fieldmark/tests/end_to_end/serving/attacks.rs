//! Clients that mean harm: the service answers others meanwhile, and stays small.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use super::server::Server;
use crate::bench::{invoice, until};
use crate::keeping::place::Place;

/// The head of a form that is said to be long.
const FORM: &str = "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000000\r\n\
                    Content-Type: multipart/form-data; boundary=B\r\n\r\n";
/// A part with one byte.
const SMALL_FILE: &str =
    "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%\r\n";

#[test]
fn idle_connections_keep_nobody_out() {
    let server = Server::start(Place::with_sqlite().with_open_files(256));
    let idle: Vec<TcpStream> = (0..330).map(|_| server.connect()).collect();
    assert_eq!(server.health(), 200);
    assert_eq!(server.send("POST", "/documents?process=false", &[], invoice()).status, 201);
    drop(idle);
    // As fast as they are closed, they come again; some have asked for something before.
    let mut held = VecDeque::new();
    for round in 0..10 {
        for count in 0..60 {
            let mut stream = server.connect();
            if count % 2 == 0 {
                let _ = stream.write_all(b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\nGET");
            }
            held.push_back(stream);
        }
        held.drain(..held.len().saturating_sub(200));
        assert_eq!(server.health(), 200, "in round {round}");
    }
    assert!(server.open_files() < 256);
}

#[test]
fn forms_of_many_small_parts_hold_no_files_open() {
    let place = Place::with_sqlite().with_open_files(512).set("FIELDMARK_DATABASE__MAX_CONNECTIONS", "2");
    let server = Server::start(place);
    let idle = server.open_files();
    let parts = SMALL_FILE.repeat(90);
    let forms: Vec<TcpStream> = (0..48)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all([FORM, &parts].concat().as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(server.health(), 200);
    assert_eq!(server.send("POST", "/documents?process=false", &[], invoice()).status, 201);
    let open = server.open_files();
    // The connections themselves, and what a request needs for a moment.
    assert!(open < idle + forms.len() + 20, "{idle} descriptors became {open}");
}

#[test]
fn a_form_is_refused_before_it_fills_the_memory() {
    let server = Server::start(Place::with_sqlite());
    assert_eq!(server.health(), 200);
    let idle = server.most_memory();
    let tags = "a,".repeat(30_000);
    let part = format!("--B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\n{tags}\r\n");
    let mut stream = server.connect();
    stream.write_all(FORM.as_bytes()).unwrap();
    // 84 MB of the 90 that were said. The service answers before they end, and may close the connection.
    let _ = (0..1400).take_while(|_| stream.write_all(part.as_bytes()).is_ok()).count();
    assert_eq!(server.health(), 200);
    assert!(server.log().contains("\"status\":422"), "{}", server.log());
    let grown = server.most_memory() - idle;
    assert!(grown < 100 << 20, "{} MiB more", grown >> 20);
}

#[test]
fn what_is_no_request_gets_the_envelope_one_line_of_the_log_and_a_measure() {
    let server = Server::start(Place::with_sqlite());
    let long = format!("GET /health/live HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let bad_chunk =
        "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n";
    for (request, status, code) in [
        ("GARBAGE\r\n\r\n", 400, "bad_request"),
        ("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400, "bad_request"),
        (bad_chunk, 400, "bad_request"),
        (&long, 431, "request_head_too_large"),
    ] {
        let answer = server.raw(request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        let body: serde_json::Value =
            serde_json::Deserializer::from_str(answer.split_once("\r\n\r\n").unwrap().1)
                .into_iter()
                .next()
                .unwrap()
                .unwrap();
        assert_eq!((&body["error"]["code"], &body["success"]), (&code.into(), &false.into()), "{answer}");
        assert!(answer.contains(&format!("x-request-id: {}", body["meta"]["request_id"].as_str().unwrap())));
    }
    for _ in 0..50 {
        server.raw(b"GARBAGE\r\n\r\n");
    }
    until("it is logged", || server.log().contains("could not be read"));
    let log = server.log();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &serde_json::Value| line["message"] == "a request could not be read")
        .collect();
    assert!((1..40).contains(&lines.len()), "{log}");
    assert!(lines[0]["peer"].as_str().unwrap().starts_with("127.0.0.1:"), "{log}");
    let measures = String::from_utf8(server.at_root("/metrics").bytes).unwrap();
    for measure in [
        "fieldmark_http_unread_total{status=\"431\"} 1",
        "fieldmark_http_connections ",
        "fieldmark_http_connections_limit 1024",
        "fieldmark_open_files ",
        "fieldmark_open_files_limit ",
    ] {
        assert!(measures.contains(measure), "{measure}: {measures}");
    }
}

#[test]
fn a_request_of_another_page_gets_nothing_without_a_token() {
    let server = Server::start(Place::with_sqlite());
    let sent = |site: &str| server.send("GET", "/documents", &[("Sec-Fetch-Site", site)], Vec::new());
    assert_eq!(sent("cross-site").failure(), (403, "origin_not_allowed".to_owned()));
    let own = sent("same-origin");
    assert_eq!((own.status, own.header("cross-origin-resource-policy")), (200, "same-origin"));
    assert_eq!(server.at_root("/docs/").status, 200);
}

impl Server {
    /// A connection on which nothing was sent.
    fn connect(&self) -> TcpStream {
        let address = self.url("").trim_start_matches("http://").to_owned();
        // Under attack a connection may be refused for a moment.
        (0..200)
            .find_map(|_| {
                let stream = TcpStream::connect(&address).ok();
                if stream.is_none() {
                    thread::sleep(Duration::from_millis(10));
                }
                stream
            })
            .unwrap()
    }

    /// What is answered to these bytes, until the service closes the connection.
    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    }

    /// The status of its health, each time over a connection of its own.
    fn health(&self) -> u16 {
        self.at_root("/health/live").status
    }

    /// The descriptors that the process has open.
    fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.id())).unwrap().count()
    }

    /// The most memory that the process has had, in bytes.
    fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().strip_suffix("kB").unwrap().trim().parse::<u64>().unwrap() << 10
    }
}
