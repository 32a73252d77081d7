//! Files that cannot be read, options that make no sense, and the status that scripts see.

use std::io::Read as _;
use std::process::Stdio;
use std::time::Duration;

use crate::bench::{Bench, Ended, encrypted_invoice, invoice, rows};

#[test]
fn a_bad_file_stands_in_its_place_and_stops_nothing() {
    let whole = invoice();
    let bench = Bench::new()
        .with("1.pdf", invoice())
        .with("2.pdf", "")
        .with("3.pdf", "%PDF-1.7\nand then nothing of the kind")
        .with("4.pdf", fieldmark_testkit::pdf_sketch::pdf(&[]))
        .with("5.pdf", encrypted_invoice("secret"))
        .with("7.pdf", &whole);
    let names = ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "6.pdf", "7.pdf"];
    let printed = bench.run(&[&["extract"], &names[..]].concat()).printed(1);
    let rows = rows(&printed);
    let files: Vec<&str> = rows.iter().map(|row| row["file"].as_str().unwrap()).collect();
    assert_eq!(files, names);
    let codes: Vec<&str> = rows.iter().map(|row| row["error"]["code"].as_str().unwrap_or("read")).collect();
    let expected = [
        "read",
        "document_empty",
        "document_unreadable",
        "document_without_pages",
        "document_encrypted",
        "file_not_found",
        "read",
    ];
    assert_eq!(codes, expected);
    for row in rows.iter().filter(|row| row.get("error").is_some()) {
        assert!(!row["error"]["message"].as_str().unwrap().is_empty(), "{row}");
        assert!(row.get("fields").is_none(), "{row}");
    }
}

#[test]
fn a_password_opens_an_encrypted_file() {
    let bench = Bench::new().with("a.pdf", encrypted_invoice("open sesame"));
    let rows_of = |printed: String| rows(&printed);
    let given = rows_of(bench.run(&["extract", "a.pdf", "--password", "open sesame"]).printed(0));
    assert_eq!(given[0]["pages"].as_array().unwrap().len(), 1);
    let wrong = rows_of(bench.run(&["extract", "a.pdf", "--password", "wrong"]).printed(1));
    assert_eq!(wrong[0]["error"]["code"], "document_encrypted");
    let mut command = bench.command(&["extract", "a.pdf"]);
    let quiet = command.env("FIELDMARK_PASSWORD", "open sesame").output().unwrap();
    assert_eq!(quiet.status.code(), Some(0), "{}", String::from_utf8_lossy(&quiet.stderr));
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let bench = Bench::new().with("a.pdf", invoice());
    let refused: [(&[&str], &str); 6] = [
        (&["extract"], "FILE|DIR"),
        (&["extract", "a.pdf", "--threshold", "1.5"], "0 to 1"),
        (&["extract", "a.pdf", "--device", "abacus"], "cpu, cuda"),
        (&["extract", "a.pdf", "--format", "xml"], "jsonl"),
        (&["extract", "a.pdf", "--jobs", "0"], "--jobs"),
        (&["read", "a.pdf"], "read"),
    ];
    for (arguments, reason) in refused {
        let said = bench.run(arguments).refusal();
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
}

#[test]
fn a_folder_without_pdfs_is_nothing_to_read() {
    let bench = Bench::new().with("in/notes.txt", "words");
    assert!(bench.run(&["extract", "in"]).refusal().contains("nothing to read"));
}

#[cfg(not(feature = "cuda"))]
#[test]
fn a_gpu_that_the_program_was_not_built_for_is_said_so() {
    let bench = Bench::new().with("a.pdf", invoice());
    let said = bench.run(&["extract", "a.pdf", "--device", "cuda"]).refusal();
    assert!(said.contains("without CUDA") && said.contains("--features cuda"), "{said}");
}

#[test]
fn help_teaches_with_examples_and_hides_the_worker() {
    let bench = Bench::new();
    let help = bench.run(&["extract", "--help"]).printed(0);
    for part in ["Examples:", "Exit status:", "--annotate <DIR>", "--no-xml", "subfolders included"] {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert!(!bench.run(&["--help"]).printed(0).contains("reader-worker"));
}

#[test]
fn the_version_names_the_build() {
    let printed = Bench::new().run(&["--version"]).printed(0);
    assert!(printed.starts_with(concat!("fieldmark ", env!("CARGO_PKG_VERSION"), " (")), "{printed}");
    assert!(printed.contains("devices cpu"), "{printed}");
}

#[test]
fn a_worker_ends_with_its_parent_and_looks_at_no_settings() {
    let bench = Bench::new().with_settings("this is no [[ toml");
    let mut command = bench.command(&["reader-worker"]);
    let mut worker =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        worker.try_wait().unwrap()
    });
    let Some(status) = ended else {
        worker.kill().unwrap();
        panic!("a worker without a parent must end");
    };
    let mut said = String::new();
    worker.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(!said.contains("toml"));
}

#[test]
fn more_jobs_than_any_machine_has_use_for_are_refused() {
    let bench = Bench::new().with("a.pdf", invoice());
    for jobs in ["0", "257", "18446744073709551615"] {
        let refused = bench.run(&["extract", "a.pdf", "--jobs", jobs]);
        assert_eq!(refused.status, Some(2), "{jobs}");
    }
}

/// A model that says what it is and has no weights.
fn with_a_model_that_is_none(bench: Bench) -> Bench {
    bench.with("model/model.json", "{}").with("model/model.safetensors", "")
}

#[test]
fn a_run_that_cannot_begin_leaves_the_output_as_it_was() {
    let bench = with_a_model_that_is_none(Bench::new());
    let bench = bench.with("a.pdf", invoice()).with("out.jsonl", "precious");
    let mut command = bench.command(&["extract", "a.pdf", "--output", "out.jsonl"]);
    command.env("FIELDMARK_DETECTION__MODEL", bench.at("model")).env("RUST_BACKTRACE", "1");
    let said = Ended::of(&command.output().unwrap()).refusal();
    assert!(said.contains("the model cannot be loaded") && said.lines().count() == 1, "{said}");
    assert_eq!(std::fs::read_to_string(bench.at("out.jsonl")).unwrap(), "precious");
}

#[test]
fn results_are_not_written_over_what_is_read() {
    let bench = Bench::new().with("in/a.pdf", invoice());
    let said = bench.run(&["extract", "in", "--output", "in/../in/a.pdf"]).refusal();
    assert!(said.contains("is to be read"), "{said}");
    assert_eq!(std::fs::read(bench.at("in/a.pdf")).unwrap(), invoice());
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_a_failure_that_was_begun() {
    let bench = Bench::new().with("a.pdf", invoice());
    for format in ["table", "json", "jsonl", "csv"] {
        let ended = bench.run(&["extract", "a.pdf", "--format", format, "--output", "/dev/full"]);
        assert_eq!(ended.status, Some(1), "{ended:?}");
        assert!(ended.said.contains("the results cannot be written: "), "{ended:?}");
    }
}

#[test]
fn other_programs_lines_in_the_environment_file_are_passed_over() {
    let bench = Bench::new().with("a.pdf", invoice()).with_settings("").with_dot_env("SOME OTHER LINE\n");
    assert_eq!(bench.run(&["extract", "a.pdf"]).status, Some(0));
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_not_waited_for() {
    let bench = Bench::new().with("in/a.pdf", invoice());
    for name in ["in/b.pdf", "pipe"] {
        let made = std::process::Command::new("mkfifo").arg(bench.at(name)).status().unwrap();
        assert!(made.success());
    }
    let rows = rows(&bench.run(&["extract", "in", "pipe"]).printed(1));
    assert_eq!(rows.len(), 2);
    assert!(rows[0]["fields"].is_object());
    assert_eq!(rows[1]["error"]["code"], "file_unreadable");
}
