//! No use after free. The usual allocator returns the same memory at once, so that such a use has
//! no effect as long as nothing else is allocated in between; with this allocator it always fails.

use std::ffi::OsString;
use std::path::PathBuf;

use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::ports::{DocumentReader, ReadRequest};
use libtest_mimic::Trial;

use crate::compiled::{AS_LIBRARY, compile};
use crate::files;
use crate::hostile;
use crate::set_up::{options, pool, trial};

pub fn trials() -> Vec<Trial> {
    vec![trial(
        "no_file_makes_a_worker_use_memory_that_is_gone",
        no_file_makes_a_worker_use_memory_that_is_gone,
    )]
}

/// Workers with our own `free`. `env` passes it to the loader, which the reader itself would not
/// do.
fn pool_without_reuse(folder: &std::path::Path) -> WorkerPool {
    let source = include_str!("memory_that_is_gone.c");
    let library = compile(folder, "gone.so", source, &AS_LIBRARY);
    let usual = options();
    let mut preload = OsString::from("LD_PRELOAD=");
    preload.push(library);
    let mut arguments = vec![preload, usual.worker_program.into()];
    arguments.extend(usual.worker_arguments);
    let options = ReaderOptions {
        worker_program: PathBuf::from("env"),
        worker_arguments: arguments,
        pdfium: usual.pdfium,
        workers: 1,
        timeout: usual.timeout,
        ..ReaderOptions::default()
    };
    pool(options)
}

async fn no_file_makes_a_worker_use_memory_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool_without_reuse(folder.path());
    let mut files = vec![
        ("good", files::good()),
        ("pages", files::pages(3)),
        ("field", files::with_form_field("Number", "2041")),
    ];
    files.extend(hostile::loops_of_fields());
    for (name, bytes) in files {
        for raster_height in [None, Some(100)] {
            let request = ReadRequest { raster_height, ..ReadRequest::new(bytes.clone()) };
            let answer = pool.read(request).await;
            assert!(answer.is_ok(), "{name}: {answer:?}");
        }
    }
}
