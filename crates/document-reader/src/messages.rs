//! The messages between a reader and its worker. Both come from the same release; the only version
//! is in the greeting, which detects a worker program of another release.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use fieldmark_domain::content::FileMetadata;
use fieldmark_domain::electronic_invoice::ElectronicInvoice;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::ReadError;
use serde::{Deserialize, Serialize};

use crate::cage_report::CageReport;

/// The first message of a worker.
pub const GREETING: &str = concat!("fieldmark reader worker ", env!("CARGO_PKG_VERSION"), " 3");

/// A message from the reader to its worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// The worker's resources and limits; sent once, before any file.
    Setup(Setup),
    /// Read the file in the frame's body.
    Read(ReadOrder),
    /// Report the cage and test it.
    Inspect,
}

/// What to read of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOrder {
    /// The password of an encrypted file.
    pub password: Option<String>,
    /// Whether to read e-invoices.
    pub electronic_invoices: bool,
    /// Rows of each page's raster; without it no raster is drawn.
    pub raster_height: Option<u32>,
    /// The only page to read, counted from 1; without it all pages are read.
    pub only_page: Option<u32>,
}

/// A worker's library and limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The path of libpdfium, or the reason why no library is used.
    pub library: Result<LibraryPath, String>,
    /// The memory limit of the process, in bytes.
    pub memory_bytes: u64,
    /// Maximum number of pages to read.
    pub max_pages: u32,
    /// Maximum number of pixels of a page's raster.
    pub max_pixels: u64,
}

/// A path as bytes, because a path need not be UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryPath(Vec<u8>);

impl From<PathBuf> for LibraryPath {
    fn from(path: PathBuf) -> Self {
        Self(path.as_os_str().as_bytes().to_vec())
    }
}

impl From<LibraryPath> for PathBuf {
    fn from(path: LibraryPath) -> Self {
        Self::from(OsString::from_vec(path.0))
    }
}

/// A message from the worker to its reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Once, at the start.
    Greeting(String),
    /// The next page of the file; the pixels of its raster are the frame's body.
    Page {
        /// The page, without its raster.
        page: Page,
        /// Width and height of the raster.
        raster: Option<(u32, u32)>,
    },
    /// All requested pages have been sent.
    Finished(Box<Finish>),
    /// The file cannot be read; discard the pages that were sent.
    Failed(Failure),
    /// The answer to [`Order::Inspect`].
    Cage(CageReport),
}

/// What the worker reports about a file after its pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finish {
    /// What kind of file it is.
    pub media_type: MediaType,
    /// The file's metadata.
    pub metadata: FileMetadata,
    /// How many pages the file has.
    pub page_count: u32,
    /// The e-invoices in the file.
    pub electronic_invoices: Vec<ElectronicInvoice>,
    /// Parts of the file that could not be read, one phrase each.
    pub unread: Vec<String>,
}

/// The variants of [`ReadError`] that a worker can report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The password is missing or wrong.
    Encrypted {
        /// Whether one was given.
        password_given: bool,
    },
    /// The file has no pages.
    NoPages,
    /// The limit that was exceeded, its value and the requested value.
    TooLarge(String),
    /// What the file is instead of a supported type.
    Unsupported(String),
    /// What is wrong with the file.
    Unreadable(String),
    /// What is wrong with the worker.
    Unavailable(String),
}

impl From<Failure> for ReadError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Encrypted { password_given } => Self::Encrypted { password_given },
            Failure::NoPages => Self::NoPages,
            Failure::TooLarge(reason) => Self::TooLarge { reason },
            Failure::Unsupported(found) => Self::UnsupportedMediaType { found },
            Failure::Unreadable(reason) => Self::Unreadable { reason },
            Failure::Unavailable(reason) => Self::Unavailable { reason },
        }
    }
}
