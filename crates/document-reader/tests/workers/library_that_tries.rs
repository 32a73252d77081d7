//! A malicious library in the place of libpdfium: its code runs on loading, inside the cage, and
//! can do nothing.

use std::path::Path;
use std::process::Command;

use fieldmark_document_reader::{HoldName, ReaderOptions};
use libtest_mimic::Trial;
use tempfile::TempDir;

use crate::compiled::{AS_LIBRARY, compile};
use crate::files;
use crate::set_up::{options, pool, read, trial};

const SOURCE: &str = include_str!("library_that_tries.c");
/// All six attempts, each of which sets a bit.
const ALL: i32 = 100 + 0b11_1111;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("a_library_that_tries_can_do_nothing", a_library_that_tries_can_do_nothing),
        trial("without_a_cage_the_same_code_can_do_all_of_it", without_a_cage_the_same_code_can_do_all_of_it),
    ]
}

fn folder_with_secret() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), "secret").unwrap();
    folder
}

fn definition(folder: &Path) -> String {
    format!("-DFOLDER=\"{}\"", folder.display())
}

fn markers(folder: &Path) -> Vec<bool> {
    ["created", "started"].map(|name| folder.join(name).exists()).to_vec()
}

async fn a_library_that_tries_can_do_nothing() {
    let folder = folder_with_secret();
    let definition = definition(folder.path());
    let arguments = [&AS_LIBRARY[..], &[definition.as_str()]].concat();
    let library = compile(folder.path(), "libpdfium.so", SOURCE, &arguments);
    let pool = pool(ReaderOptions { pdfium: Some(library), ..options() });
    let report = pool.inspect().await.unwrap();
    for name in [HoldName::FileSystem, HoldName::SystemCalls] {
        assert!(report.holds(name), "this system allows no full cage: {report:?}");
    }
    let error = read(&pool, files::good()).await.unwrap_err();
    // It was loaded and its code ran to the end; then loading fails because it is not libpdfium.
    assert_eq!(error.code(), "reader_unavailable", "{error}");
    assert!(error.to_string().contains("undefined symbol: FPDF"), "{error}");
    assert_eq!(markers(folder.path()), [false, false]);
}

async fn without_a_cage_the_same_code_can_do_all_of_it() {
    let folder = folder_with_secret();
    let arguments = ["-DMAIN", &definition(folder.path())];
    let program = compile(folder.path(), "program", SOURCE, &arguments);
    let status = Command::new(program).status().unwrap();
    assert_eq!(status.code(), Some(ALL), "{status}");
    assert_eq!(markers(folder.path()), [true, true]);
}
