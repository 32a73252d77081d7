//! Reads a file's structure with lopdf: metadata, embedded files, encryption.
//!
//! It decides nothing: where lopdf fails and pdfium succeeds, pdfium is used instead.

use std::panic::catch_unwind;

use fieldmark_domain::content::FileMetadata;
use lopdf::{Document, LoadOptions, Object};
use pdfium_render::prelude::{PdfDocument, PdfDocumentMetadataTagType};

use crate::worker::attachments::{self, Attachment, MAX_ATTACHMENTS};
use crate::worker::electronic_invoice::FoundInvoices;
use crate::worker::text_string::{MAX_TEXT, text};

/// What the file's structure contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// The file's metadata.
    pub metadata: FileMetadata,
    /// Whether it has a page tree without pages.
    pub is_without_pages: bool,
    /// The e-invoices among its embedded files, if they were requested.
    pub invoices: FoundInvoices,
}

/// Maximum size of a decompressed object stream in bytes.
const MAX_STREAM_BYTES: usize = 64 * 1024 * 1024;

/// Reads the structure; `None` when lopdf cannot, because the file is broken or unusual.
pub fn inspect(bytes: &[u8], password: Option<&str>, with_invoices: bool) -> Option<Structure> {
    catch_unwind(|| load(bytes, password, with_invoices)).ok().flatten()
}

fn load(bytes: &[u8], password: Option<&str>, with_invoices: bool) -> Option<Structure> {
    let options = LoadOptions {
        password: password.map(str::to_owned),
        max_decompressed_size: Some(MAX_STREAM_BYTES),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    document.catalog().ok()?;
    let information =
        document.trailer.get_deref(b"Info", &document).and_then(Object::as_dict).cloned().unwrap_or_default();
    let text = |key: &[u8]| text(information.get_deref(key, &document).ok()?);
    let files = attachments::of(&document);
    let metadata = FileMetadata {
        title: text(b"Title"),
        author: text(b"Author"),
        creator: text(b"Creator"),
        producer: text(b"Producer"),
        format_version: Some(document.version.clone()).filter(|version| !version.is_empty()),
        encrypted: document.is_encrypted() || document.was_encrypted(),
        attachments: files.iter().map(|file| file.name.clone()).collect(),
    };
    let invoices = if with_invoices { invoices_among(&files) } else { FoundInvoices::default() };
    Some(Structure { metadata, is_without_pages: has_empty_tree(&document), invoices })
}

/// Whether the root of the page tree lists no pages. A root that lists missing pages is broken, not
/// empty.
fn has_empty_tree(document: &Document) -> bool {
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document));
    let kids = root.and_then(Object::as_dict).and_then(|root| root.get_deref(b"Kids", document));
    kids.and_then(Object::as_array).is_ok_and(Vec::is_empty)
}

/// Reads the e-invoices, first from files that are named or labelled as XML, because decompression
/// is limited.
fn invoices_among(files: &[Attachment<'_>]) -> FoundInvoices {
    let mut found = FoundInvoices::default();
    let (likely, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.calls_itself_xml());
    for file in likely.into_iter().chain(others).filter(|file| file.has_content()) {
        found.look_at(&file.name, |limit| file.content(limit));
    }
    found.in_order()
}

/// pdfium's metadata, for a file that lopdf cannot read.
pub fn metadata_from_pdfium(document: &PdfDocument<'_>) -> FileMetadata {
    let tag = |tag: PdfDocumentMetadataTagType| {
        let value = document.metadata().get(tag)?;
        let value: String = value.value().trim().chars().take(MAX_TEXT).collect();
        (!value.is_empty()).then_some(value)
    };
    let attachments = document.attachments();
    FileMetadata {
        title: tag(PdfDocumentMetadataTagType::Title),
        author: tag(PdfDocumentMetadataTagType::Author),
        creator: tag(PdfDocumentMetadataTagType::Creator),
        producer: tag(PdfDocumentMetadataTagType::Producer),
        format_version: None,
        encrypted: document.permissions().security_handler_revision().is_ok_and(is_encrypted),
        attachments: attachments.iter().take(MAX_ATTACHMENTS).map(|attachment| attachment.name()).collect(),
    }
}

/// The e-invoices among the embedded files that pdfium finds, for a file that lopdf cannot read.
pub fn invoices_from_pdfium(document: &PdfDocument<'_>) -> FoundInvoices {
    let mut found = FoundInvoices::default();
    for file in document.attachments().iter().take(MAX_ATTACHMENTS) {
        found.look_at(&file.name(), |limit| file.save_to_bytes().ok().filter(|bytes| bytes.len() <= limit));
    }
    found.in_order()
}

fn is_encrypted(revision: pdfium_render::prelude::PdfSecurityHandlerRevision) -> bool {
    !matches!(revision, pdfium_render::prelude::PdfSecurityHandlerRevision::Unprotected)
}
