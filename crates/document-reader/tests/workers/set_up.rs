//! Pools for the tests, and a runtime for each.

use std::time::Duration;

use fieldmark_document_reader::{ReaderOptions, WorkerPool};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};
use libtest_mimic::Trial;

/// With this argument the program is a worker.
pub const WORKER_ARGUMENT: &str = "reader-worker";

/// Options with this program as the worker. The time limit is generous: only a hang should reach
/// it.
pub fn options() -> ReaderOptions {
    ReaderOptions {
        worker_program: std::env::current_exe().unwrap(),
        worker_arguments: vec![WORKER_ARGUMENT.into()],
        pdfium: Some(fieldmark_testkit::pdfium::library().unwrap()),
        workers: 1,
        timeout: Duration::from_secs(60),
        ..ReaderOptions::default()
    }
}

/// A pool with these options.
pub fn pool(options: ReaderOptions) -> WorkerPool {
    WorkerPool::new(options).unwrap()
}

/// Reads one file.
pub async fn read(pool: &WorkerPool, bytes: Vec<u8>) -> Result<DocumentContent, ReadError> {
    pool.read(ReadRequest::new(bytes)).await
}

/// The reason of an unreadable file.
pub fn reason(error: ReadError) -> String {
    match error {
        ReadError::Unreadable { reason } => reason,
        other => panic!("{other:?} is not `Unreadable`"),
    }
}

/// A test that needs tokio.
pub fn trial<F>(name: &str, test: fn() -> F) -> Trial
where
    F: Future<Output = ()> + 'static,
{
    Trial::test(name, move || {
        run(test());
        Ok(())
    })
}

/// Runs a future to its end on tokio.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test)
}
