//! What a file holds, as its reader gives it.

use crate::electronic_invoice::ElectronicInvoice;
use crate::media_type::MediaType;
use crate::page::Page;

/// What a file says about itself; every part is optional and none is trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FileMetadata {
    /// The title in the file's information dictionary.
    pub title: Option<String>,
    /// The author in the file's information dictionary.
    pub author: Option<String>,
    /// The program with which the document was written.
    pub creator: Option<String>,
    /// The program that made the file.
    pub producer: Option<String>,
    /// The format's version, for instance `1.7`.
    pub format_version: Option<String>,
    /// Whether the file was encrypted (and was opened with the empty or the given password).
    pub encrypted: bool,
    /// File names of embedded files.
    pub attachments: Vec<String>,
}

/// The content of a document: its pages, and what else was read of its file.
///
/// ```
/// use fieldmark_domain::content::DocumentContent;
/// use fieldmark_domain::page::{Page, PageSize};
///
/// let content = DocumentContent::of_pages(vec![Page::of_words(1, PageSize::A4, Vec::new())]);
/// assert_eq!((content.page_count, content.media_type.name()), (1, "application/pdf"));
/// assert!(content.electronic_invoices.is_empty() && content.unread.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DocumentContent {
    /// What kind of file it came from.
    pub media_type: MediaType,
    /// What the file says about itself.
    pub metadata: FileMetadata,
    /// Pages in the file's order; the first `page_limit` of them when the file has more, or the one that was asked for.
    pub pages: Vec<Page>,
    /// How many pages the file has, read or not.
    pub page_count: u32,
    /// The e-invoices that the file carries, in its order; the file itself when it is one. Usually one.
    pub electronic_invoices: Vec<ElectronicInvoice>,
    /// What of the file could not be read, one phrase each, for people.
    pub unread: Vec<String>,
}

impl DocumentContent {
    /// A PDF of these pages, of which nothing else is known.
    #[must_use]
    pub fn of_pages(pages: Vec<Page>) -> Self {
        Self {
            media_type: MediaType::Pdf,
            metadata: FileMetadata::default(),
            page_count: u32::try_from(pages.len()).unwrap_or(u32::MAX),
            pages,
            electronic_invoices: Vec::new(),
            unread: Vec::new(),
        }
    }
}
