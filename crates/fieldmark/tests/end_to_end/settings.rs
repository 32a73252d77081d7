//! Settings: which source wins, and what is said of a bad one.

use std::os::unix::fs::PermissionsExt as _;

use crate::bench::{Bench, Ended, invoice, rows};

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
    let bench = bench.with_settings("[detection]\nthreshold = 1\n");
    assert_eq!(count(&bench, &[], &[]), 0);
    let bench = bench.with_dot_env("FIELDMARK_DETECTION__THRESHOLD=0\n");
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
    let bench = Bench::new().with("a.pdf", invoice()).with_settings("reader.timeout = \"soon\"\n");
    let said = bench.run(&["extract", "a.pdf"]).refusal();
    assert!(said.contains("`reader.timeout`") && said.contains("fieldmark.toml"), "{said}");
    let said = bench.run(&["extract", "a.pdf", "--config", "none.toml"]).refusal();
    assert!(said.contains("none.toml"), "{said}");
}

#[test]
fn a_page_limit_is_kept() {
    let bench =
        Bench::new().with("a.pdf", crate::bench::invoice_of_pages(4)).with_settings("reader.max_pages = 2\n");
    let rows = rows(&bench.run(&["extract", "a.pdf"]).printed(0));
    assert_eq!(rows[0]["pages"].as_array().unwrap().len(), 2);
    assert_eq!(rows[0]["page_count"], 4);
}

#[test]
fn a_larger_file_is_refused() {
    let bench = Bench::new().with("a.pdf", invoice()).with_settings("reader.max_file_bytes = 100\n");
    let rows = rows(&bench.run(&["extract", "a.pdf"]).printed(1));
    assert_eq!(rows[0]["error"]["code"], "document_too_large");
}

#[test]
fn without_libpdfium_the_message_says_how_to_get_it() {
    let bench = Bench::new().with("a.pdf", invoice()).with("libpdfium.so", "no library");
    let mut command = bench.command(&["extract", "a.pdf"]);
    let output = command.env("FIELDMARK_READER__PDFIUM", bench.at("libpdfium.so")).output().unwrap();
    let rows = rows(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(rows[0]["error"]["code"], "reader_unavailable");
    assert!(rows[0]["error"]["message"].as_str().unwrap().contains("cargo xtask pdfium"), "{rows:?}");
}

#[test]
fn a_settings_file_that_others_can_write_is_refused_with_the_command_that_mends_it() {
    let bench = Bench::new().with("a.pdf", invoice()).with("own.toml", "").with_settings("");
    for (file, options) in
        [("own.toml", &["--config", "own.toml"][..]), ("settings of the user/fieldmark/fieldmark.toml", &[])]
    {
        std::fs::set_permissions(bench.at(file), std::fs::Permissions::from_mode(0o666)).unwrap();
        let said = bench.run(&[&["extract", "a.pdf"], options].concat()).refusal();
        assert!(said.contains("chmod go-w") && said.contains(".toml"), "{said}");
        let printed = bench.run(&[&["doctor"], options].concat()).printed(1);
        assert!(printed.contains("✗ settings") && printed.contains("chmod go-w"), "{printed}");
    }
}

#[test]
fn the_environment_names_files_by_absolute_paths() {
    let bench = Bench::new().with("a.pdf", invoice()).with("own.toml", "").with("model/x", "");
    for (variable, value) in [
        ("FIELDMARK_CONFIG", "own.toml"),
        ("FIELDMARK_READER__PDFIUM", "own.toml"),
        ("FIELDMARK_DETECTION__MODEL", "model"),
    ] {
        let output = bench.command(&["extract", "a.pdf"]).env(variable, value).output().unwrap();
        let said = Ended::of(&output).refusal();
        assert!(said.contains("must be an absolute path"), "{said}");
    }
    let mut command = bench.command(&["doctor"]);
    let printed =
        Ended::of(&command.env("FIELDMARK_CONFIG", bench.at("own.toml")).output().unwrap()).printed(0);
    assert!(printed.contains("own.toml, and the environment"), "{printed}");
}

#[test]
fn settings_are_printed_with_their_sources_and_without_their_secrets() {
    let bench = Bench::new().with_settings("[http]\ntoken = \"hush4711hush4711\"\nmax_uploads = 3\n");
    let mut command = bench.command(&["settings", "--format", "jsonl"]);
    let ended = Ended::of(&command.env("FIELDMARK_READER__TIMEOUT", "1m 30s").output().unwrap());
    let printed = ended.printed(0);
    assert!(!printed.contains("hush4711"), "{printed}");
    let rows = rows(&printed);
    let row = |key: &str| rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("{key}"));
    assert_eq!(row("http.token")["value"], "hidden");
    assert!(row("http.token")["source"].as_str().unwrap().contains("fieldmark.toml"));
    assert_eq!(row("http.max_uploads")["value"], "3");
    assert_eq!(row("reader.timeout")["value"], "1m 30s");
    assert_eq!(row("reader.timeout")["source"], "FIELDMARK_READER__TIMEOUT in the environment");
    assert_eq!(row("detection.threshold")["value"], "0.1");
    assert_eq!(row("detection.threshold")["source"], "its default");
    assert_eq!(row("jobs.workers")["otherwise"], "one for each processor core");
    assert_eq!(row("jobs.workers").get("value"), None);
}

#[test]
fn the_reference_of_settings_is_the_page_of_the_docs() {
    let printed = Bench::new().run(&["settings", "--markdown"]).printed(0);
    assert!(printed.contains("| `http.token` | `FIELDMARK_HTTP__TOKEN` | secret text |"), "{printed}");
    assert_eq!(printed, include_str!("../../../../docs/settings.md"));
}

/// A secret in each place where one may stand by mistake: no command tells it, whatever it says otherwise.
#[test]
fn no_command_tells_a_secret_of_its_settings() {
    const HUSH: &str = "hush4711hush";
    let files = [
        ("http.token = hush4711hush\n", "line 1, column 14 (`http.token`)"),
        ("[http]\ntoken = \"hush4711hush\n", "line 2"),
        ("http.token = [\"hush4711hush\"]\n", "`http.token`"),
        ("http.bind = \"hush4711hush\"\n", "`http.bind`"),
        ("database.url = \"hush4711hush://me:hush4711hush@host\"\n", "`database.url`"),
        ("database.max_connections = \"hush4711hush\"\n", "`database.max_connections`"),
        ("storage.url = \"s3://me:hush4711hush@bucket\"\n", "`storage.url`"),
        ("log.format = \"hush4711hush\"\n", "`log.format`"),
        ("reader.timeout = \"hush4711hush\"\n", "`reader.timeout`"),
    ];
    let told = |bench: &Bench, variable: Option<&str>, place: &str| {
        for arguments in [&["extract", "a.pdf"][..], &["doctor"], &["settings"]] {
            let mut command = bench.command(arguments);
            command.envs(variable.map(|name| (name, HUSH))).env("RUST_BACKTRACE", "1");
            let ended = Ended::of(&command.output().unwrap());
            let said = format!("{}{}", ended.printed, ended.said);
            assert!(!said.contains(HUSH) && said.contains(place), "{place}: {said}");
            assert_ne!(ended.status, Some(0), "{said}");
        }
    };
    for (text, place) in files {
        told(&Bench::new().with("a.pdf", invoice()).with_settings(text), None, place);
    }
    let bench = Bench::new().with("a.pdf", invoice());
    for variable in ["FIELDMARK_DATABASE__MAX_CONNECTIONS", "FIELDMARK_HTTP", "FIELDMARK_DETECTION__DEVICE"] {
        told(&bench, Some(variable), variable);
    }
    let bench = bench.with_settings("").with_dot_env("X=1\nFIELDMARK_HTTP__TOKEN hush4711hush\n");
    told(&bench, None, ".env, line 2");
}
