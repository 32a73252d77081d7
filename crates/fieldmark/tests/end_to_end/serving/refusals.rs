//! What the service does not begin with, and whom it does not answer.

use super::server::Server;
use crate::bench::until;
use crate::keeping::place::Place;

#[test]
fn other_machines_are_served_with_a_token_alone() {
    let place = Place::with_sqlite();
    let refused = place.run(&["serve", "--bind", "0.0.0.0:0"]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.said.contains("FIELDMARK_HTTP__TOKEN"), "{refused:?}");
    let token = "a-token-that-nobody-guesses";
    let server = Server::start(place.set("FIELDMARK_HTTP__TOKEN", token));
    assert_eq!(server.ask("GET", "/documents").failure(), (401, "unauthorized".to_owned()));
    let bearer = format!("Bearer {token}");
    assert_eq!(server.send("GET", "/documents", &[("Authorization", &bearer)], Vec::new()).status, 200);
    let wrong = server.send("GET", "/jobs", &[("Authorization", "Bearer guessed")], Vec::new());
    assert_eq!(wrong.failure(), (401, "unauthorized".to_owned()));
    // Who guesses is found by the log.
    let id = wrong.header("x-request-id");
    until("the refusal is logged", || server.log().contains(id));
    let log = server.log();
    assert!(!log.contains(token) && !log.contains("guessed"), "a token is in the log");
    let line = log.lines().find(|line| line.contains(id)).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["level"], &line["route"]), (&"WARN".into(), &"/api/v1/jobs".into()));
    assert!(line["peer"].as_str().unwrap().starts_with("127.0.0.1:"), "{line}");
}

#[test]
fn an_address_that_is_taken_is_told() {
    let server = Server::start(Place::with_sqlite());
    let address = server.url("").trim_start_matches("http://").to_owned();
    let refused = Place::with_sqlite().run(&["serve", "--bind", &address]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.said.contains(&format!("cannot listen on {address}")), "{refused:?}");
}

#[test]
fn every_request_is_one_line_of_json_with_its_id_and_its_document() {
    let server = Server::start(Place::with_sqlite());
    let sent = server.send(
        "POST",
        "/documents?process=false",
        &[("X-Request-Id", "order-7"), ("User-Agent", &format!("scanner/1 {}", "x".repeat(500)))],
        crate::bench::invoice(),
    );
    let id = sent.data(201)["id"].as_str().unwrap().to_owned();
    until("the request is logged", || server.log().contains("\"answered\""));
    let log = server.log();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 1, "{log}");
    let line = answered[0];
    assert_eq!((&line["status"], &line["method"]), (&serde_json::json!(201), &serde_json::json!("POST")));
    assert!(line["peer"].as_str().unwrap().starts_with("127.0.0.1:"), "{line}");
    assert_eq!(line["user_agent"], format!("scanner/1 {}", "x".repeat(190)));
    assert_eq!((&line["span"]["request_id"], &line["span"]["document"]), (&"order-7".into(), &id.into()));
}

#[test]
fn a_log_that_nobody_reads_any_more_stops_nothing() {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;
    let place = Place::with_sqlite();
    let mut command = place.command(&["serve", "--bind", "127.0.0.1:0"]);
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(process.stderr.take().unwrap()).lines();
    let line = log.find_map(|line| line.ok().filter(|line| line.contains("listening on"))).unwrap();
    let address = line.split("http://").nth(1).unwrap().split(',').next().unwrap().to_owned();
    drop(log);
    for _ in 0..3 {
        let answer = ureq::get(format!("http://{address}/api/v1/documents")).call().unwrap();
        assert_eq!(answer.status().as_u16(), 200);
    }
    let id = rustix::process::Pid::from_child(&process);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(0));
}
