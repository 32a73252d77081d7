//! Files to pages.

use std::sync::Arc;

use async_trait::async_trait;

use crate::content::DocumentContent;
use crate::media_type::MediaType;

/// What to read and what of it is wanted.
#[derive(Clone)]
pub struct ReadRequest {
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
    /// The password of an encrypted file.
    pub password: Option<String>,
    /// Whether e-invoices in the file are read; a file that is nothing else has then no pages.
    pub electronic_invoices: bool,
    /// When given, each page comes with a gray raster of this many rows; otherwise with none.
    pub raster_height: Option<u32>,
    /// When given, this page alone is read, counted from 1. A number that the file does not have, or that is beyond the
    /// pages that the reader reads, gives no page; a page that is there and cannot be read is an error.
    pub only_page: Option<u32>,
}

impl ReadRequest {
    /// A request for the words and e-invoices of an unencrypted file, on all its pages.
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            bytes: bytes.into(),
            password: None,
            electronic_invoices: true,
            raster_height: None,
            only_page: None,
        }
    }
}

impl std::fmt::Debug for ReadRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ReadRequest")
            .field("bytes", &self.bytes.len())
            .field("password", &self.password.as_ref().map(|_| "…"))
            .field("electronic_invoices", &self.electronic_invoices)
            .field("raster_height", &self.raster_height)
            .field("only_page", &self.only_page)
            .finish()
    }
}

/// Why a file could not be read. Messages are for the client; nothing in them is secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are of no kind that can be read.
    #[error("the file is neither a PDF nor an e-invoice by its bytes, whatever its name says{}", detail(.found))]
    UnsupportedMediaType {
        /// What it is instead, for people; empty when that is not known.
        found: String,
    },
    /// The bytes, the pages or the pixels are more than the settings allow.
    #[error("the file is over a limit: {reason}")]
    TooLarge {
        /// Which limit, its value, and what was asked.
        reason: String,
    },
    /// The file is encrypted and the password is missing or wrong.
    #[error("the file is encrypted: {}", if *.password_given { "the password does not open it" } else { "give its password" })]
    Encrypted {
        /// Whether a password came with the request.
        password_given: bool,
    },
    /// The file claims to be what it is not, is broken, or brought its worker down.
    #[error("the file cannot be read: {reason}")]
    Unreadable {
        /// What went wrong, in words for people.
        reason: String,
    },
    /// The file is well-formed and has no page.
    #[error("the file has no pages")]
    NoPages,
    /// Too many files are waiting; try again later.
    #[error("too many files are waiting to be read")]
    Overloaded,
    /// The reader itself does not work: no worker starts, a library is missing. Not the file's fault.
    #[error("the reader is unavailable: {reason}")]
    Unavailable {
        /// What is missing and how to get it.
        reason: String,
    },
}

fn detail(found: &str) -> String {
    if found.is_empty() { String::new() } else { format!(": {found}") }
}

impl ReadError {
    /// The stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "document_empty",
            Self::UnsupportedMediaType { .. } => "unsupported_media_type",
            Self::TooLarge { .. } => "document_too_large",
            Self::Encrypted { .. } => "document_encrypted",
            Self::Unreadable { .. } => "document_unreadable",
            Self::NoPages => "document_without_pages",
            Self::Overloaded => "overloaded",
            Self::Unavailable { .. } => "reader_unavailable",
        }
    }

    /// Whether the same file may be read later: it is not to blame.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Overloaded | Self::Unavailable { .. })
    }
}

/// Reads files into pages of words.
///
/// ```
/// # use fieldmark_testkit::{pdf_sketch::pdf, sketch_reader::SketchReader};
/// use fieldmark_domain::ports::{DocumentReader, ReadRequest};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let file = pdf(&[&[("Invoice", 50.0, 60.0)], &[("Total", 350.0, 400.0)]]);
/// let second = ReadRequest { only_page: Some(2), ..ReadRequest::new(file) };
/// let content = SketchReader.read(second).await?;
/// assert_eq!((content.pages.len(), content.page_count), (1, 2));
/// assert_eq!(content.pages[0].words[0].text, "Total");
///
/// let error = SketchReader.media_type(b"GIF89a").unwrap_err();
/// assert_eq!(error.code(), "unsupported_media_type");
/// # Ok(())
/// # }
/// ```
#[cfg_attr(any(test, feature = "mock"), mockall::automock)]
#[async_trait]
pub trait DocumentReader: Send + Sync {
    /// Reads one file.
    ///
    /// # Errors
    /// Every variant of [`ReadError`]; an adapter maps whatever else befalls it to
    /// [`ReadError::Unreadable`] when the file is to blame and to [`ReadError::Unavailable`] when it is not.
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError>;

    /// What kind of file the bytes are. Looks at the first of them only, so that a file of a kind that is read may
    /// still turn out to be unreadable.
    ///
    /// # Errors
    /// [`ReadError::Empty`] without bytes, [`ReadError::UnsupportedMediaType`] for a kind that is not read.
    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError>;
}
