//! What a reader and its worker say to each other. Both are of one release: there are no versions
//! beyond the one in the greeting, which catches a worker program of another release.

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

/// The first thing that a worker says.
pub const GREETING: &str = concat!("fieldmark reader worker ", env!("CARGO_PKG_VERSION"), " 3");

/// From the reader to its worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// What the worker may use; once, before any file.
    Setup(Setup),
    /// Read the file that follows as the frame's body.
    Read(ReadOrder),
    /// Tell what the cage holds, and try it.
    Inspect,
}

/// What of a file is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOrder {
    /// The password of an encrypted file.
    pub password: Option<String>,
    /// Whether e-invoices are read.
    pub electronic_invoices: bool,
    /// The rows of each page's raster; none are drawn without it.
    pub raster_height: Option<u32>,
    /// The one page that is wanted, counted from 1; all of them without it.
    pub only_page: Option<u32>,
}

/// What a worker may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Where libpdfium is, or why there is none that is used.
    pub library: Result<LibraryPath, String>,
    /// The limit of the process's memory.
    pub memory_bytes: u64,
    /// How many pages are read.
    pub max_pages: u32,
    /// How many pixels a page's raster may have.
    pub max_pixels: u64,
}

/// A path as bytes, so that any path passes.
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

/// From the worker to its reader.
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
    /// All pages that are wanted have been sent.
    Finished(Box<Finish>),
    /// The file cannot be read; pages that were sent are void.
    Failed(Failure),
    /// The answer to [`Order::Inspect`].
    Cage(CageReport),
}

/// What is told of a file after its pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finish {
    /// What kind of file it is.
    pub media_type: MediaType,
    /// What the file says about itself.
    pub metadata: FileMetadata,
    /// How many pages the file has.
    pub page_count: u32,
    /// The e-invoices that it carries.
    pub electronic_invoices: Vec<ElectronicInvoice>,
    /// What of it could not be read.
    pub unread: Vec<String>,
}

/// [`ReadError`], as far as a worker can tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The password is missing or wrong.
    Encrypted {
        /// Whether one was given.
        password_given: bool,
    },
    /// The file has no pages.
    NoPages,
    /// A limit, its value and what was asked.
    TooLarge(String),
    /// What the file is, which is nothing that can be read.
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
