//! Completions and manual pages, which packages bring along.

use std::process::Command;

use crate::bench::Bench;

#[test]
fn every_shell_has_completions_that_know_the_subcommands() {
    let bench = Bench::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = bench.run(&["completions", shell]).printed(0);
        for word in ["extract", "serve", "documents", "--annotate"] {
            assert!(script.contains(word.trim_start_matches('-')), "{shell}: {word}");
        }
    }
    let said = bench.run(&["completions", "klingon"]).refusal();
    assert!(said.contains("bash") && said.contains("fish"), "{said}");
}

#[test]
fn bash_takes_the_completions_and_completes_a_subcommand() {
    let bench = Bench::new();
    let script = bench.run(&["completions", "bash"]).printed(0);
    let ask =
        "COMP_WORDS=(fieldmark ext); COMP_CWORD=1; _fieldmark fieldmark ext fieldmark; echo ${COMPREPLY[*]}";
    let output = Command::new("bash").args(["-c", &format!("{script}\n{ask}")]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "extract", "{output:?}");
}

#[test]
fn the_manual_is_one_page_or_a_page_for_each_subcommand() {
    let bench = Bench::new();
    let page = bench.run(&["manual"]).printed(0);
    assert!(page.contains(".TH") && page.contains("fieldmark\\-extract(1)"), "{page}");
    bench.run(&["manual", "new/man1"]).printed(0);
    for name in ["fieldmark.1", "fieldmark-extract.1", "fieldmark-documents-purge.1"] {
        assert!(bench.at(&format!("new/man1/{name}")).is_file(), "{name}");
    }
    bench.run(&["manual", "/dev/null/man1"]).refusal();
}
