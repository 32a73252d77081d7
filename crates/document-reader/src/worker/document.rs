//! Reads a whole file: opens it with pdfium, describes it by its structure, and sends it page by
//! page.

use std::ops::Range;

use fieldmark_domain::content::FileMetadata;
use fieldmark_domain::media_type::MediaType;
use pdfium_render::prelude::{PdfDocument, Pdfium, PdfiumError, PdfiumInternalError};

use crate::first_bytes;
use crate::frames::FrameError;
use crate::messages::{Answer, Failure, Finish, ReadOrder, Setup};
use crate::worker::electronic_invoice::{self, FoundInvoices, Unread};
use crate::worker::library_file::LibraryFile;
use crate::worker::page::{self, PageOrder};
use crate::worker::structure::{self, Structure};
use crate::worker::word_budget::WordBudget;

/// Sends an answer with its body.
pub type Send<'a> = dyn FnMut(&Answer, &[u8]) -> Result<(), FrameError> + 'a;

/// Reads files with libpdfium, which is either loaded at the start or never.
pub struct DocumentEngine {
    setup: Setup,
    pdfium: Result<Pdfium, String>,
}

impl DocumentEngine {
    /// An engine with these limits, and with the library or the reason why there is none. Loads the
    /// library now; later nothing could be loaded.
    pub fn new(setup: Setup, library: &Result<LibraryFile, String>) -> Self {
        let pdfium = library.as_ref().map_err(Clone::clone).and_then(LibraryFile::load);
        Self { setup, pdfium }
    }

    /// Reads a file: sends its pages and returns the final answer.
    ///
    /// # Errors
    /// When an answer cannot be sent. A fault in the file is an answer, not an error.
    pub fn read(&self, bytes: &[u8], order: &ReadOrder, send: &mut Send<'_>) -> Result<Answer, FrameError> {
        if !first_bytes::has_pdf_header(bytes) {
            return Ok(read_invoice(bytes, order));
        }
        let password = order.password.as_deref();
        let pdfium = match &self.pdfium {
            Ok(pdfium) => pdfium,
            Err(reason) => return Ok(Answer::Failed(Failure::Unavailable(reason.clone()))),
        };
        let structure = structure::inspect(bytes, password, order.electronic_invoices);
        let document = match open(pdfium, bytes, password, structure.as_ref()) {
            Ok(document) => document,
            Err(failure) => return Ok(Answer::Failed(failure)),
        };
        let max_pixels = self.setup.max_pixels;
        let page_order = PageOrder { raster_height: order.raster_height, max_pixels };
        if document.pages().len() <= 0 {
            return Ok(Answer::Failed(without_pages(structure.as_ref())));
        }
        let page_count = document.pages().len().unsigned_abs();
        let wanted = wanted_pages(page_count.min(self.setup.max_pages), order.only_page);
        match send_pages(&document, wanted.clone(), page_order, send)? {
            Err(failure) => return Ok(Answer::Failed(failure)),
            Ok(false) if !wanted.is_empty() => {
                return Ok(Answer::Failed(without_readable_pages(order.only_page)));
            }
            Ok(_) => {}
        }
        let (metadata, invoices) = match structure {
            Some(known) => (known.metadata, known.invoices),
            None if order.electronic_invoices => {
                (structure::metadata_from_pdfium(&document), structure::invoices_from_pdfium(&document))
            }
            None => (structure::metadata_from_pdfium(&document), FoundInvoices::default()),
        };
        Ok(Answer::Finished(Box::new(Finish {
            media_type: MediaType::Pdf,
            metadata,
            page_count,
            electronic_invoices: invoices.read,
            unread: invoices.broken,
        })))
    }
}

/// Reads a file that is an e-invoice without a PDF.
fn read_invoice(bytes: &[u8], order: &ReadOrder) -> Answer {
    if !order.electronic_invoices {
        return Answer::Failed(Failure::NoPages);
    }
    match electronic_invoice::read(bytes) {
        Ok(invoice) => Answer::Finished(Box::new(Finish {
            media_type: MediaType::Xml,
            metadata: FileMetadata::default(),
            page_count: 0,
            electronic_invoices: vec![invoice],
            unread: Vec::new(),
        })),
        Err(Unread::Foreign(found)) => Answer::Failed(Failure::Unsupported(found)),
        Err(Unread::TooLarge(reason)) => Answer::Failed(Failure::TooLarge(reason)),
        Err(Unread::Broken(reason)) => Answer::Failed(Failure::Unreadable(format!("it is {reason}"))),
    }
}

/// Opens the file. pdfium decides whether it can be read; the structure distinguishes a file
/// without pages from a broken one.
fn open<'a>(
    pdfium: &'a Pdfium,
    bytes: &'a [u8],
    password: Option<&str>,
    structure: Option<&Structure>,
) -> Result<PdfDocument<'a>, Failure> {
    let password_given = password.is_some();
    if password.is_some_and(|password| password.contains('\0')) {
        return Err(Failure::Encrypted { password_given });
    }
    pdfium.load_pdf_from_byte_slice(bytes, password).map_err(|error| match error {
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError) => {
            Failure::Encrypted { password_given }
        }
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::SecurityError) => {
            Failure::Unreadable("it is encrypted in a way that is not supported".to_owned())
        }
        _ if structure.is_some_and(|structure| structure.is_without_pages) => Failure::NoPages,
        _ => Failure::Unreadable("it is broken: no PDF document can be made out in it".to_owned()),
    })
}

/// The failure when pdfium finds no page: the file has none, or its pages cannot be found.
fn without_pages(structure: Option<&Structure>) -> Failure {
    if structure.is_some_and(|structure| structure.is_without_pages) {
        Failure::NoPages
    } else {
        Failure::Unreadable("it is broken: no page can be found in it".to_owned())
    }
}

/// The indices of the requested pages, among the first `count`.
fn wanted_pages(count: u32, only_page: Option<u32>) -> Range<u32> {
    match only_page {
        Some(number) if (1..=count).contains(&number) => number - 1..number,
        Some(_) => 0..0,
        None => 0..count,
    }
}

/// Sends these pages, and returns whether at least one could be read. A page that cannot be read is
/// sent empty.
fn send_pages(
    document: &PdfDocument<'_>,
    wanted: Range<u32>,
    order: PageOrder,
    send: &mut Send<'_>,
) -> Result<Result<bool, Failure>, FrameError> {
    let mut any_page = false;
    let mut budget = WordBudget::default();
    for index in wanted {
        let (mut page, readable) = match page::read(document, index.cast_signed(), order) {
            Ok(read) => read,
            Err(failure) => return Ok(Err(failure)),
        };
        any_page |= readable;
        budget.charge(&mut page);
        let raster = page.raster.take();
        let size = raster.as_ref().map(|raster| (raster.width, raster.height));
        let pixels = raster.map(|raster| raster.pixels).unwrap_or_default();
        send(&Answer::Page { page, raster: size }, &pixels)?;
    }
    Ok(Ok(any_page))
}

/// The failure when no requested page can be read.
fn without_readable_pages(only_page: Option<u32>) -> Failure {
    Failure::Unreadable(match only_page {
        Some(number) => format!("its page {number} is broken"),
        None => "none of its pages can be read".to_owned(),
    })
}
