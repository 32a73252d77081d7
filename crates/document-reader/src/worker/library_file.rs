//! libpdfium's file: opened while the worker may still open files, loaded when it may open no
//! others.

use std::error::Error as _;
use std::fs::File;
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;

use pdfium_render::prelude::{Pdfium, PdfiumError};

use crate::library;

/// The open library.
#[derive(Debug)]
pub struct LibraryFile {
    path: PathBuf,
    file: File,
}

impl LibraryFile {
    /// Opens the library; the reader has already checked its path.
    ///
    /// # Errors
    /// The operator's message when it cannot be opened.
    pub fn open(path: PathBuf) -> Result<Self, String> {
        match File::open(&path) {
            Ok(file) => Ok(Self { path, file }),
            Err(error) => Err(library::unusable(&path, &error.to_string())),
        }
    }

    /// The open file.
    #[cfg(target_os = "linux")]
    pub const fn file(&self) -> &File {
        &self.file
    }

    /// Loads the library, which runs its initialisation code.
    ///
    /// # Errors
    /// The operator's message when it cannot be loaded.
    pub fn load(&self) -> Result<Pdfium, String> {
        let name = self.name_of_open_file();
        let unusable = |error: PdfiumError| {
            let said = reason(&error).replace(&*name.to_string_lossy(), "it");
            library::unusable(&self.path, &said)
        };
        Ok(Pdfium::new(Pdfium::bind_to_library(&name).map_err(unusable)?))
    }

    /// The path of the open file in `/proc`, where the system has one: after root's capabilities
    /// are dropped, a folder of the real path may be inaccessible.
    fn name_of_open_file(&self) -> PathBuf {
        let own = PathBuf::from(format!("/proc/self/fd/{}", self.file.as_raw_fd()));
        if own.exists() { own } else { self.path.clone() }
    }
}

/// The loader's message, if it has one.
fn reason(error: &PdfiumError) -> String {
    match error {
        PdfiumError::LoadLibraryError(loading) => {
            loading.source().map_or_else(|| loading.to_string(), ToString::to_string)
        }
        _ => "it is not a libpdfium of the kind that is needed".to_owned(),
    }
}
