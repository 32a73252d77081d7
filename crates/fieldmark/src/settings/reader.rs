//! Settings of the PDF reader: its library, its workers, and what a file may cost.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use fieldmark_document_reader::{OptionsError, ReaderOptions};

use super::bound::Bound;
use super::described::settings;
use super::{Unacceptable, duration};

settings! {
    /// The reading of files and its limits. Defaults are the reader's own.
    pub struct ReaderSettings in "reader" {
        /// The library libpdfium: in a settings file relative to the folder of that file, in the
        /// environment absolute.
        #[otherwise = "beside the executable, then in `data_dir` if that is absolute"]
        pub pdfium: Option<PathBuf>,
        /// Files that are read at once, each by a process of its own.
        #[within(Bound::Between(1.0, 1024.0))]
        #[otherwise = "as many as `--jobs`"]
        pub workers: Option<usize>,
        /// The time in which one file must be read.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub timeout: Duration,
        /// The largest file.
        #[within(Bound::AboveZero)]
        #[unit = "bytes"]
        pub max_file_bytes: u64,
        /// Pages of a file that are read; the rest are only counted.
        #[within(Bound::AboveZero)]
        pub max_pages: u32,
        /// The largest picture of a page.
        #[within(Bound::Between(1.0, 2_147_483_648.0))]
        #[unit = "pixels"]
        pub max_pixels: u64,
        /// The memory of one worker process.
        #[within(Bound::AtLeast(67_108_864))]
        #[unit = "bytes"]
        pub memory_bytes: u64,
    }
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
        self.check_bounds()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the settings and the reader itself accept the settings.
    fn accepted(settings: &ReaderSettings) -> (bool, bool) {
        (settings.check_bounds().is_ok(), settings.options(NonZeroUsize::MIN).validate().is_ok())
    }

    #[test]
    fn the_ranges_are_those_of_the_reader() {
        let defaults = ReaderSettings::default;
        let accept = [
            ReaderSettings { workers: Some(1), max_pixels: 1, max_pages: 1, ..defaults() },
            ReaderSettings { workers: Some(1024), max_pixels: 1 << 31, max_file_bytes: 1, ..defaults() },
            ReaderSettings { memory_bytes: 64 << 20, timeout: Duration::from_nanos(1), ..defaults() },
        ];
        let refuse = [
            ReaderSettings { workers: Some(0), ..defaults() },
            ReaderSettings { workers: Some(1025), ..defaults() },
            ReaderSettings { timeout: Duration::ZERO, ..defaults() },
            ReaderSettings { max_file_bytes: 0, ..defaults() },
            ReaderSettings { max_pages: 0, ..defaults() },
            ReaderSettings { max_pixels: 0, ..defaults() },
            ReaderSettings { max_pixels: (1 << 31) + 1, ..defaults() },
            ReaderSettings { memory_bytes: (64 << 20) - 1, ..defaults() },
        ];
        for settings in accept {
            assert_eq!(accepted(&settings), (true, true), "{settings:?}");
        }
        for settings in refuse {
            assert_eq!(accepted(&settings), (false, false), "{settings:?}");
        }
    }
}
