//! Settings: which source wins, and what is said of a bad one.

use crate::bench::{Bench, invoice, rows};

#[test]
fn the_file_is_below_dot_env_is_below_the_environment_is_below_the_options() {
    let bench = Bench::new().with("a.pdf", invoice());
    let count = |bench: &Bench, environment: &[(&str, &str)], options: &[&str]| {
        let mut command = bench.command(&[&["extract", "a.pdf"], options].concat());
        let output = command.envs(environment.iter().copied()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        rows(&String::from_utf8(output.stdout).unwrap())[0]["fields"].as_object().unwrap().len()
    };
    let everything = count(&bench, &[("FIELDMARK_DETECTION__THRESHOLD", "0")], &[]);
    assert!(everything > 0);
    let bench = bench.with("fieldmark.toml", "[detection]\nthreshold = 1\n");
    assert_eq!(count(&bench, &[], &[]), 0);
    let bench = bench.with(".env", "FIELDMARK_DETECTION__THRESHOLD=0\n");
    assert_eq!(count(&bench, &[], &[]), everything);
    let above = [("FIELDMARK_DETECTION__THRESHOLD", "1")];
    assert_eq!(count(&bench, &above, &[]), 0);
    assert_eq!(count(&bench, &above, &["--threshold", "0"]), everything);
}

#[test]
fn an_unknown_setting_is_refused_by_name_and_source() {
    let bench = Bench::new().with("a.pdf", invoice()).with("own.toml", "[reader]\nspeed = \"high\"\n");
    let said = bench.run(&["extract", "a.pdf", "--config", "own.toml"]).refusal();
    assert!(said.contains("`reader.speed`") && said.contains("own.toml"), "{said}");
    let mut command = bench.command(&["extract", "a.pdf"]);
    let output = command.env("FIELDMARK_READER__SPEED", "high").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("`reader.speed`") && said.contains("FIELDMARK_READER__SPEED"), "{said}");
}

#[test]
fn a_bad_value_is_refused_by_name_and_source() {
    let bench = Bench::new().with("a.pdf", invoice()).with("fieldmark.toml", "reader.timeout = \"soon\"\n");
    let said = bench.run(&["extract", "a.pdf"]).refusal();
    assert!(said.contains("`reader.timeout`") && said.contains("fieldmark.toml"), "{said}");
    let said = bench.run(&["extract", "a.pdf", "--config", "none.toml"]).refusal();
    assert!(said.contains("none.toml"), "{said}");
}

#[test]
fn a_page_limit_is_kept() {
    let bench = Bench::new()
        .with("a.pdf", crate::bench::invoice_of_pages(4))
        .with("fieldmark.toml", "reader.max_pages = 2\n");
    let rows = rows(&bench.run(&["extract", "a.pdf"]).printed(0));
    assert_eq!(rows[0]["pages"].as_array().unwrap().len(), 2);
    assert_eq!(rows[0]["page_count"], 4);
}

#[test]
fn a_larger_file_is_refused() {
    let bench = Bench::new().with("a.pdf", invoice()).with("fieldmark.toml", "reader.max_file_bytes = 100\n");
    let rows = rows(&bench.run(&["extract", "a.pdf"]).printed(1));
    assert_eq!(rows[0]["error"]["code"], "document_too_large");
}

#[test]
fn without_libpdfium_the_message_says_how_to_get_it() {
    let bench = Bench::new().with("a.pdf", invoice()).with("libpdfium.so", "no library");
    let mut command = bench.command(&["extract", "a.pdf"]);
    let output = command.env("FIELDMARK_READER__PDFIUM", "libpdfium.so").output().unwrap();
    let rows = rows(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(rows[0]["error"]["code"], "reader_unavailable");
    assert!(rows[0]["error"]["message"].as_str().unwrap().contains("cargo xtask pdfium"), "{rows:?}");
}
