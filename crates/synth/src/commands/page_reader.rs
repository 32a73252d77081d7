//! Reads PDF files as the product does, in worker processes of this program.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use fieldmark_document_reader::{ReaderOptions, WorkerPool, run_worker};
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::ports::{DocumentReader as _, ReadRequest};
use tokio::runtime::{Builder, Runtime};

/// The hidden subcommand that starts this program as a reading process.
const READER_WORKER: &str = "reader-worker";

/// Where `cargo xtask pdfium` puts the library.
const DATA_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");

/// Runs a reading process if these arguments (including the program's name) ask for one.
pub fn run_as_worker(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let asked = arguments.into_iter().nth(1).is_some_and(|argument| argument == READER_WORKER);
    asked.then(run_worker)
}

/// Reads one file after the other.
pub struct PageReader {
    pool: WorkerPool,
    runtime: Runtime,
}

impl PageReader {
    /// A reader with the libpdfium at the absolute path in `FIELDMARK_READER__PDFIUM`, or the one
    /// in the repository's folder `data`.
    ///
    /// # Errors
    /// When the runtime cannot be created.
    pub fn new() -> Result<Self> {
        let options = ReaderOptions {
            worker_arguments: vec![READER_WORKER.into()],
            pdfium: std::env::var_os("FIELDMARK_READER__PDFIUM").map(PathBuf::from),
            data_folder: Some(PathBuf::from(DATA_FOLDER)),
            ..ReaderOptions::default()
        };
        Ok(Self {
            pool: WorkerPool::new(options)?,
            runtime: Builder::new_current_thread().enable_all().build()?,
        })
    }

    /// The pages of a file, with pictures of this number of rows if requested.
    ///
    /// # Errors
    /// When the file cannot be read, or libpdfium is missing.
    pub fn read(&self, bytes: Vec<u8>, raster_height: Option<u32>) -> Result<DocumentContent> {
        let request = ReadRequest { raster_height, electronic_invoices: false, ..ReadRequest::new(bytes) };
        Ok(self.runtime.block_on(self.pool.read(request))?)
    }
}
