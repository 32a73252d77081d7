//! The possible depth of a file's structure does not depend on the stack that the reader was
//! started with, and a deeper file is refused instead of crashing.

use std::time::Duration;

use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::ports::{DocumentReader, ReadRequest};
use libtest_mimic::Trial;

use crate::files;
use crate::hostile::depths::{self, End};
use crate::set_up::{options, pool, read, reason, trial};

/// Far deeper than real files, and too deep for the smallest stack below.
const LEVELS: u32 = 3000;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("deep_trees_are_answered_on_a_small_stack", || deep_trees_are_answered("256")),
        trial("deep_trees_are_answered_on_the_usual_stack", || deep_trees_are_answered("8192")),
        trial("deep_trees_are_answered_without_a_limit", || deep_trees_are_answered("unlimited")),
        trial("what_is_too_deep_is_refused_as_that", what_is_too_deep_is_refused_as_that),
    ]
}

/// Workers that are started with this stack limit in KiB.
fn pool_with_stack(limit: &str) -> WorkerPool {
    let usual = options();
    let script = format!("ulimit -s {limit} && exec \"$0\" \"$@\"");
    let program = [usual.worker_program.clone().into()];
    let arguments = ["-c".into(), script.into()].into_iter().chain(program).chain(usual.worker_arguments);
    pool(ReaderOptions {
        worker_program: "sh".into(),
        worker_arguments: arguments.collect(),
        pdfium: usual.pdfium,
        workers: 1,
        // A busy machine needs time; a file that is too deep ends by itself.
        timeout: Duration::from_secs(120),
        ..ReaderOptions::default()
    })
}

async fn deep_trees_are_answered(stack: &'static str) {
    let pool = pool_with_stack(stack);
    let deep = depths::trees(LEVELS, End::Leaf).into_iter().chain(depths::brackets(20_000));
    for (name, bytes) in deep {
        assert!(!is_too_deep(&pool, name, &bytes).await, "{name}");
    }
    // pdfium follows some loops until its stack is used up, whatever its size.
    for (name, bytes) in depths::trees(LEVELS, End::Root) {
        is_too_deep(&pool, name, &bytes).await;
    }
}

/// Reads a file with and without a picture, and returns whether it was refused as too deep. After
/// any other answer the worker must still be usable.
async fn is_too_deep(pool: &WorkerPool, name: &str, bytes: &[u8]) -> bool {
    // Drawing nested patterns takes the whole time limit, at any depth.
    let rasters = if name == "patterns" { &[None][..] } else { &[None, Some(20)] };
    for &raster_height in rasters {
        assert_eq!(read(pool, files::good()).await.unwrap().pages.len(), 1);
        let worker = pool.idle_workers();
        let answer = pool.read(ReadRequest { raster_height, ..ReadRequest::new(bytes.to_vec()) }).await;
        let code = answer.as_ref().map_or_else(|error| error.code(), |_| "read");
        assert!(["read", "document_unreadable"].contains(&code), "{name}: {answer:?}");
        if answer.as_ref().is_err_and(|error| error.to_string().contains("nested more deeply")) {
            return true;
        }
        assert_eq!(pool.idle_workers(), worker, "{name} cost the worker: {answer:?}");
    }
    false
}

async fn what_is_too_deep_is_refused_as_that() {
    let pool = pool(options());
    let error = read(&pool, depths::colour_spaces_alone(180_000)).await.unwrap_err();
    let reason = reason(error);
    assert!(reason.contains("nested more deeply"), "{reason}");
    assert_eq!(read(&pool, files::good()).await.unwrap().pages.len(), 1);
}
