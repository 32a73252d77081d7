//! The service and its OpenAPI document: schemathesis asks for everything that is described, right and wrong, and
//! holds every answer to the description.

use std::process::Command;

use fieldmark_testkit::python;

use super::server::Server;
use crate::keeping::place::Place;

/// What is expected beyond the tool's defaults, with the reasons.
const SETTINGS: &str = include_str!("schemathesis.toml");
/// What the tool is told of files.
const HOOKS: &str = include_str!("hooks.py");
/// Examples of each operation and phase: all checks within a minute.
const EXAMPLES: &str = "12";
/// The token of the service that has one.
const TOKEN: &str = "0123456789abcdef";

/// A service with documents that were read, one that waits, and their labels and jobs.
fn service(place: Place) -> Server {
    let place = place.with_invoices(3).with("schemathesis.toml", SETTINGS).with("hooks.py", HOOKS);
    assert_eq!(place.rows(&["submit", "in"]).len(), 3);
    place.run(&["worker", "--drain"]).printed(0);
    Server::start(place)
}

/// Asks the service for everything; what fails is shown as the tool shows it.
#[track_caller]
fn keeps_its_word(server: &Server, options: &[&str]) {
    let python = python::environment("schemathesis").unwrap_or_else(|missing| panic!("{missing}"));
    let mut command = Command::new(python);
    command.args(["-I", "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "run"]);
    command.arg(server.url("/openapi.json")).args(options);
    command.args(["--max-examples", EXAMPLES, "--seed", "1", "--generation-database", "none", "--no-color"]);
    let output = command.current_dir(server.place.bench.at("")).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    let failures: String =
        server.log().lines().filter(|line| line.contains("\"ERROR\"")).collect::<Vec<_>>().join("\n");
    assert!(output.status.success(), "{shown}\n{said}\n{failures}");
    assert!(shown.contains("Stateful"), "{shown}");
}

#[test]
fn every_answer_is_as_the_openapi_document_says() {
    keeps_its_word(&service(Place::with_sqlite()), &["--phases", "examples,coverage,fuzzing,stateful"]);
}

#[test]
fn the_same_holds_with_a_token_on_the_other_database() {
    let place = Place::with_postgres().set("FIELDMARK_HTTP__TOKEN", TOKEN);
    let token = format!("Authorization: Bearer {TOKEN}");
    keeps_its_word(&service(place), &["--phases", "examples,stateful", "--header", &token]);
}
