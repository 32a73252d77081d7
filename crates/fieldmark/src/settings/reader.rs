//! Settings of the PDF reader: its library, its workers, and what a file may cost.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use fieldmark_document_reader::{OptionsError, ReaderOptions};
use serde::{Deserialize, Serialize};

use super::{Unacceptable, duration};

/// The reading of PDFs and its limits. Defaults are the reader's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReaderSettings {
    /// The library `libpdfium`: in a settings file relative to the folder of that file, in the environment absolute.
    /// When not given it is looked for beside the executable and, when that is absolute, in the data folder.
    pub pdfium: Option<PathBuf>,
    /// How many files are read at once, each by a process of its own; when not given, as many as `--jobs`.
    pub workers: Option<usize>,
    /// How long reading one file may take.
    #[serde(with = "duration")]
    pub timeout: Duration,
    /// How many bytes a file may have.
    pub max_file_bytes: u64,
    /// How many pages of a file are read.
    pub max_pages: u32,
    /// How many pixels a page's picture may have.
    pub max_pixels: u64,
    /// How much memory a worker may take, in bytes.
    pub memory_bytes: u64,
}

impl Default for ReaderSettings {
    fn default() -> Self {
        let options = ReaderOptions::default();
        Self {
            pdfium: None,
            workers: None,
            timeout: options.timeout,
            max_file_bytes: options.max_file_bytes,
            max_pages: options.max_pages,
            max_pixels: options.max_pixels,
            memory_bytes: options.memory_bytes,
        }
    }
}

impl ReaderSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        if self.pdfium.as_ref().is_some_and(|pdfium| !pdfium.is_file()) {
            return Err(Unacceptable::new("reader.pdfium", "names no file that is there"));
        }
        let unacceptable = |error: OptionsError| {
            let key = format!("reader.{}", error.option);
            Unacceptable::new(key, format!("must be {}", error.expected))
        };
        self.options(NonZeroUsize::MIN).validate().map_err(unacceptable)
    }

    /// The reader's options, for so many documents at once when the settings do not name the workers.
    pub fn options(&self, jobs: NonZeroUsize) -> ReaderOptions {
        let defaults = ReaderOptions::default();
        ReaderOptions {
            // No file of this run is turned away because others wait.
            queue: defaults.queue.max(jobs.get()),
            pdfium: self.pdfium.clone(),
            workers: self.workers.unwrap_or(jobs.get()),
            timeout: self.timeout,
            memory_bytes: self.memory_bytes,
            max_file_bytes: self.max_file_bytes,
            max_pages: self.max_pages,
            max_pixels: self.max_pixels,
            ..defaults
        }
    }
}
