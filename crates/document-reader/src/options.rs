//! The reader's options: its resources and its limits per file.

use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::time::Duration;

/// The options of a [`WorkerPool`](crate::WorkerPool). All limits of the reader are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderOptions {
    /// The program to start as a worker; it calls [`run_worker`](crate::run_worker) while it has a
    /// single thread. Default: the running executable. It is started with no environment except
    /// `LD_LIBRARY_PATH`.
    pub worker_program: PathBuf,
    /// The worker program's arguments. Default: `reader-worker`.
    pub worker_arguments: Vec<OsString>,
    /// The absolute path of `libpdfium`. Without it the library is looked for beside the worker
    /// program and in the data folder. A library that another user can change is refused: see
    /// [`Trust`](crate::Trust).
    pub pdfium: Option<PathBuf>,
    /// The data folder, where `libpdfium` is looked for if the path is absolute. A library in the
    /// current folder is never loaded.
    pub data_folder: Option<PathBuf>,
    /// How many files are read in parallel, each by its own process: 1 to 1024.
    pub workers: usize,
    /// How many more files may wait for a worker, at most 1,000,000; further files are refused as
    /// overloaded.
    pub queue: usize,
    /// Time limit for one file, measured from the moment a worker gets it.
    pub timeout: Duration,
    /// Memory limit of a worker in bytes; at least 64 MiB.
    pub memory_bytes: u64,
    /// How many pages of a file are read; further pages are only counted.
    pub max_pages: u32,
    /// Maximum number of pixels of a page's picture: 1 to 2^31.
    pub max_pixels: u64,
    /// Maximum size of a file in bytes.
    pub max_file_bytes: u64,
}

const MEBIBYTE: u64 = 1024 * 1024;
const MIN_MEMORY_BYTES: u64 = 64 * MEBIBYTE;

impl Default for ReaderOptions {
    fn default() -> Self {
        Self {
            worker_program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("fieldmark")),
            worker_arguments: vec![OsString::from("reader-worker")],
            pdfium: None,
            data_folder: None,
            workers: std::thread::available_parallelism().map_or(1, NonZero::get),
            queue: 256,
            timeout: Duration::from_secs(15),
            memory_bytes: 768 * MEBIBYTE,
            max_pages: 100,
            max_pixels: 40_000_000,
            max_file_bytes: 25 * MEBIBYTE,
        }
    }
}

/// An option that is outside its range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the reader's option `{option}` must be {expected}")]
pub struct OptionsError {
    /// The option's name.
    pub option: &'static str,
    /// The allowed range.
    pub expected: &'static str,
}

impl ReaderOptions {
    /// Checks that every option is inside its range.
    ///
    /// # Errors
    /// The first option that is out of its range.
    pub fn validate(&self) -> Result<(), OptionsError> {
        let demands = [
            ("worker_program", !self.worker_program.as_os_str().is_empty(), "a program"),
            ("pdfium", self.pdfium.as_ref().is_none_or(|path| path.is_absolute()), "an absolute path"),
            ("workers", (1..=1024).contains(&self.workers), "from 1 to 1024"),
            ("queue", self.queue <= 1_000_000, "at most 1000000"),
            ("timeout", !self.timeout.is_zero(), "above 0"),
            ("memory_bytes", self.memory_bytes >= MIN_MEMORY_BYTES, "at least 64 MiB"),
            ("max_pages", self.max_pages > 0, "above 0"),
            ("max_pixels", (1..=1 << 31).contains(&self.max_pixels), "from 1 to 2^31"),
            ("max_file_bytes", self.max_file_bytes > 0, "above 0"),
        ];
        match demands.into_iter().find(|(_, holds, _)| !holds) {
            Some((option, _, expected)) => Err(OptionsError { option, expected }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_valid() {
        assert_eq!(ReaderOptions::default().validate(), Ok(()));
    }

    #[test]
    fn an_option_out_of_range_is_named() {
        let cases = [
            ("workers", ReaderOptions { workers: 0, ..ReaderOptions::default() }),
            (
                "pdfium",
                ReaderOptions { pdfium: Some("data/libpdfium.so".into()), ..ReaderOptions::default() },
            ),
            ("timeout", ReaderOptions { timeout: Duration::ZERO, ..ReaderOptions::default() }),
            ("memory_bytes", ReaderOptions { memory_bytes: 1, ..ReaderOptions::default() }),
            ("max_pages", ReaderOptions { max_pages: 0, ..ReaderOptions::default() }),
            ("max_pixels", ReaderOptions { max_pixels: 0, ..ReaderOptions::default() }),
        ];
        for (option, options) in cases {
            let error = options.validate().unwrap_err();
            assert_eq!(error.option, option);
            assert!(error.to_string().contains(option));
        }
    }
}
