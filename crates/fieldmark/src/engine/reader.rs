//! The reading processes: how they are started, and what a started one does.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use fieldmark_document_reader::{ReaderOptions, WorkerPool, run_worker};

use crate::settings::Settings;

/// The hidden subcommand by which the program starts its own reading processes.
const READER_WORKER: &str = "reader-worker";

/// Does a reading process's work if these arguments, the program's name among them, ask for one.
pub fn run_as_worker(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let asked = arguments.into_iter().nth(1).is_some_and(|argument| argument == READER_WORKER);
    asked.then(run_worker)
}

/// The reader's options after the settings, for so many documents at once.
pub fn options(settings: &Settings, jobs: NonZeroUsize) -> anyhow::Result<ReaderOptions> {
    Ok(ReaderOptions {
        worker_program: std::env::current_exe().context("the program does not find itself")?,
        worker_arguments: vec![READER_WORKER.into()],
        data_folder: Some(settings.data_dir.clone()),
        ..settings.reader.options(jobs)
    })
}

/// The pool of reading processes; none is started before the first file.
pub fn pool(options: ReaderOptions) -> anyhow::Result<Arc<WorkerPool>> {
    Ok(Arc::new(WorkerPool::new(options).context("the reader's options")?))
}
