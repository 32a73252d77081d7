//! A folder as a stranger's archive would have it: nothing in it but its invoices is used.

use std::path::Path;
use std::process::Command;

use fieldmark_testkit::pdfium;
use serde_json::Value;

use crate::bench::{Bench, Ended, invoice, rows};

/// A library that leaves a trace when it is loaded.
const LIBRARY: &str = "#include <fcntl.h>\n\
    __attribute__((constructor)) static void loaded(void) { open(TRACE, O_WRONLY | O_CREAT, 0600); }\n";

fn compile(source: &Path, library: &Path, trace: &Path) {
    let definition = format!("-DTRACE=\"{}\"", trace.display());
    let mut command = Command::new("cc");
    let status = command.args(["-shared", "-fPIC", &definition, "-o"]).arg(library).arg(source).status();
    assert!(status.unwrap().success());
}

/// Settings that name the library, send what is kept elsewhere, and give everybody access.
fn archive() -> Bench {
    let settings = "data_dir = \"data\"\nreader.pdfium = \"data/libpdfium.so\"\n\
                    http.bind = \"0.0.0.0:80\"\nhttp.token = \"a token of the stranger's\"\n\
                    database.url = \"postgres://stranger.example/x\"\nstorage.url = \"s3://strangers\"\n\
                    storage.endpoint = \"https://stranger.example\"\ndetection.threshold = 1\n";
    let bench = Bench::new()
        .with("a.pdf", invoice())
        .with("fieldmark.toml", settings)
        .with(".env", "FIELDMARK_READER__PDFIUM=data/libpdfium.so\nFIELDMARK_DETECTION__THRESHOLD=1\n")
        .with("data/library.c", LIBRARY);
    for name in ["data/libpdfium.so", "libpdfium.so"] {
        compile(&bench.at("data/library.c"), &bench.at(name), &bench.at("trace"));
    }
    bench
}

fn without_named_library(bench: &Bench, arguments: &[&str]) -> Ended {
    let mut command = bench.command(arguments);
    Ended::of(&command.env_remove(pdfium::SETTING).output().unwrap())
}

#[test]
fn extract_loads_nothing_of_the_folder_that_it_reads() {
    let bench = archive();
    let ended = bench.run(&["extract", "."]);
    let rows = rows(&ended.printed);
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(!rows[0]["fields"].as_object().unwrap().is_empty(), "its threshold was used: {rows:?}");
    assert!(ended.said.contains("--config fieldmark.toml") && ended.said.contains(".env"), "{}", ended.said);
    // Without a library of its own, neither.
    let ended = without_named_library(&bench, &["extract", "."]);
    assert!(!bench.at("trace").exists(), "{ended:?}");
    for command in [&["doctor"][..], &["documents"]] {
        let ended = without_named_library(&bench, command);
        let said = format!("{}{}", ended.printed, ended.said);
        assert!(!said.contains("stranger") && said.contains("is not read"), "{said}");
    }
    assert!(!bench.at("trace").exists());
}

/// The same library is loaded as soon as somebody names the folder's settings. Even then its trace is refused,
/// by the cage.
#[test]
fn named_settings_are_used() {
    let bench = archive();
    let ended = without_named_library(&bench, &["extract", "a.pdf", "--config", "fieldmark.toml"]);
    let error = rows(&ended.printed)[0]["error"]["message"].as_str().unwrap().to_owned();
    assert!(
        error.contains("data/libpdfium.so cannot be used (") && error.contains("undefined symbol"),
        "{error}"
    );
    assert!(!bench.at("trace").exists(), "the library wrote a file from inside the cage");
    let report = without_named_library(&bench, &["doctor", "--format", "json", "--config", "fieldmark.toml"]);
    let report: Value = serde_json::from_str(&report.printed).unwrap();
    let settings =
        report["findings"].as_array().unwrap().iter().find(|finding| finding["name"] == "settings");
    let detail = settings.unwrap()["detail"].as_str().unwrap();
    assert!(detail.contains("fieldmark.toml and .env"), "{detail}");
}
