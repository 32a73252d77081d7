//! `fieldmark doctor`: what it finds, how it says so, how it ends.

use serde_json::Value;

use crate::bench::{Bench, Ended};

fn finding<'a>(report: &'a Value, name: &str) -> &'a Value {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["name"] == name).unwrap_or_else(|| panic!("{name}: {report}"))
}

#[test]
fn where_everything_is_there_it_says_what_holds() {
    let bench = Bench::new();
    let printed = bench.run(&["doctor"]).printed(0);
    let parts = [
        "✓ version",
        "✓ libpdfium",
        "✓ worker",
        "✓ layout",
        "✓ memory",
        "cage attempts",
        "main memory",
        "system calls",
        "open socket",
    ];
    for part in parts.iter().chain(&["everything that is needed works"]) {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    assert!(!printed.contains('✗') && !printed.contains('\u{1b}'), "{printed}");
}

#[test]
fn machines_get_json() {
    let bench = Bench::new().with_settings("data_dir = \"kept\"\n").with("kept/x", "");
    let report: Value = serde_json::from_str(&bench.run(&["doctor", "--format", "json"]).printed(0)).unwrap();
    assert_eq!(report["works"], true);
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    assert!(finding(&report, "settings")["detail"].as_str().unwrap().contains("fieldmark.toml"));
    assert_eq!(finding(&report, "data_folder")["detail"], "kept, writable");
    assert!(finding(&report, "layout")["detail"].as_str().unwrap().contains("sha256 "));
    for needed in ["version", "settings", "libpdfium", "worker", "layout"] {
        assert_eq!(finding(&report, needed)["state"], "good", "{report}");
    }
    // Whatever the system allows, each hold and each try is told of.
    for told in ["file_system", "system_calls", "environment", "open_file", "open_socket", "start_program"] {
        assert_ne!(finding(&report, told)["state"], "missing", "{report}");
    }
    assert_eq!(std::fs::read_dir(bench.at("kept")).unwrap().count(), 1, "it leaves nothing behind");
}

/// Whether this system closes the cage or not: the three ways to tell agree.
#[test]
fn strict_fails_exactly_where_the_cage_is_open() {
    let bench = Bench::new();
    let report: Value = serde_json::from_str(&bench.run(&["doctor", "--format", "json"]).printed(0)).unwrap();
    let is_open = |finding: &Value| finding["state"] == "open";
    let caged = !report["findings"].as_array().unwrap().iter().any(is_open);
    assert_eq!(report["caged"], caged, "{report}");
    let printed = bench.run(&["doctor", "--strict"]).printed(i32::from(!caged));
    let last = printed.lines().last().unwrap();
    assert!(last.starts_with("everything that is needed works"), "{printed}");
    assert_eq!(last.contains("the cage is open: "), !caged, "{printed}");
}

/// A group and a name together are a finding's key, and neither is a sentence.
#[test]
fn machines_find_each_finding_by_group_and_name() {
    let report: Value =
        serde_json::from_str(&Bench::new().run(&["doctor", "--format", "json"]).printed(0)).unwrap();
    let mut names: Vec<&str> = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        let name = finding["name"].as_str().unwrap();
        for key in [finding["group"].as_str().unwrap(), name] {
            assert!(key.chars().all(|character| character.is_ascii_lowercase() || character == '_'), "{key}");
        }
        assert!(!names.contains(&name), "{name} twice: {report}");
        names.push(name);
    }
}

#[test]
fn without_libpdfium_it_says_how_to_get_it() {
    let bench = Bench::new().with("no-library.so", "no library");
    for wrong in ["no-library.so", "nowhere.so"] {
        let mut command = bench.command(&["doctor"]);
        let ended = Ended::of(&command.env("FIELDMARK_READER__PDFIUM", bench.at(wrong)).output().unwrap());
        let printed = ended.printed(1);
        assert!(printed.contains("✗ libpdfium") && printed.contains("cargo xtask pdfium"), "{printed}");
        assert!(printed.contains(wrong) && printed.contains("✓ layout"), "{printed}");
    }
}

/// The finding of a name, in a folder with this database and these settings.
fn found_of(name: &str, database: &[u8], settings: &str) -> Value {
    let bench = Bench::new().with("data/fieldmark.db", database).with("fieldmark.toml", settings);
    std::fs::create_dir(bench.at("data/documents")).unwrap();
    let report: Value = serde_json::from_str(
        &bench.run(&["doctor", "--config", "fieldmark.toml", "--format", "json"]).printed(1),
    )
    .unwrap();
    assert_eq!(finding(&report, name)["state"], "missing", "{report}");
    finding(&report, name).clone()
}

#[test]
fn the_advice_fits_the_fault() {
    let remedy = |finding: Value| finding["remedy"].as_str().unwrap().to_owned();
    let damaged = found_of("database", &[0; 8192], "");
    assert!(damaged["detail"].as_str().unwrap().contains("not a database"), "{damaged}");
    assert!(remedy(damaged).contains("put a backup"));
    let full = found_of("documents", b"", "[storage]\nmin_free_bytes = 9000000000000000000\n");
    assert!(remedy(full).contains("make room on the disk"));
    let away = found_of("database", b"", "[database]\nurl = \"postgres://me@127.0.0.1:1/nowhere\"\n");
    assert!(remedy(away).contains("see that the server runs"));
}

#[test]
fn a_new_database_beside_files_is_a_finding() {
    let sha256 = "ab".repeat(32);
    let bench = Bench::new().with(&format!("data/documents/ab/ab/{sha256}"), "a file of a lost database");
    let report: Value = serde_json::from_str(&bench.run(&["doctor", "--format", "json"]).printed(1)).unwrap();
    let found = finding(&report, "agreement");
    assert_eq!(found["state"], "missing", "{report}");
    assert!(found["remedy"].as_str().unwrap().contains("put a backup"), "{report}");
}

#[test]
fn settings_that_are_refused_are_a_finding() {
    let bench = Bench::new().with_settings("[reader]\nspeed = \"high\"\n");
    let printed = bench.run(&["doctor"]).printed(1);
    assert!(printed.contains("✗ settings") && printed.contains("`reader.speed`"), "{printed}");
    let bench = bench.with("broken.toml", "this is no [[ toml").with("folder/x", "");
    for name in ["none.toml", "broken.toml", "folder"] {
        for format in ["text", "json"] {
            let printed = bench.run(&["doctor", "--config", name, "--format", format]).printed(1);
            assert!(printed.contains(name) && !printed.contains("\"works\": true"), "{printed}");
        }
    }
}

#[test]
fn its_help_teaches() {
    let help = Bench::new().run(&["doctor", "--help"]).printed(0);
    for part in ["Exit status:", "Examples:", "--format", "--strict", "cage"] {
        assert!(help.contains(part), "{part}: {help}");
    }
}
