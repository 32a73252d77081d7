//! The picture of a page, with what was read on it.
//!
//! Knows which page and which labels; how a page becomes a raster and what boxes look like is the business of the reader
//! and the painter.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::content::DocumentContent;
use crate::document::{Document, DocumentId};
use crate::label::{Label, StoredLabel};
use crate::media_type::MediaType;
use crate::page::Page;
use crate::ports::{
    BlobError, BlobStore, DocumentReader, DocumentRepository, PagePainter, PaintError, ReadError, ReadRequest,
};
use crate::scope::Scope;
use crate::use_case_error::UseCaseError;

/// Shows a page of a document.
#[derive(Clone)]
pub struct ShowPage {
    /// Where documents are kept.
    pub documents: Arc<dyn DocumentRepository>,
    /// Where the bytes are.
    pub blobs: Arc<dyn BlobStore>,
    /// Makes a raster of the page.
    pub reader: Arc<dyn DocumentReader>,
    /// Makes a picture of the raster.
    pub painter: Arc<dyn PagePainter>,
}

/// Which page, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShowPageRequest {
    /// The document.
    pub document: DocumentId,
    /// The page, counted from 1.
    pub page: u32,
    /// The rows of the picture, within [`ShowPageRequest::HEIGHTS`]; the columns follow from the page's proportions.
    pub height: u32,
    /// Whether the places of the document's labels are drawn.
    pub overlay: bool,
}

impl ShowPageRequest {
    /// The rows that a picture may have: below, words are smears;
    /// above, it has more pixels than a scan of an A4 page at 300 dots an inch.
    pub const HEIGHTS: RangeInclusive<u32> = 200..=4000;
}

/// The picture of a page.
#[derive(Clone, PartialEq, Eq)]
pub struct PagePicture {
    /// The picture in PNG (ISO/IEC 15948).
    pub png: Vec<u8>,
    /// Its columns.
    pub width: u32,
    /// Its rows.
    pub height: u32,
}

impl std::fmt::Debug for PagePicture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { png, width, height } = self;
        write!(formatter, "PagePicture({width} by {height} pixels in {} bytes)", png.len())
    }
}

/// A page that was read, and what is to be drawn on it.
pub struct PageToPaint {
    page: Page,
    labels: Vec<Label>,
    painter: Arc<dyn PagePainter>,
}

impl std::fmt::Debug for PageToPaint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "PageToPaint(page {} with {} labels)", self.page.number, self.labels.len())
    }
}

impl PageToPaint {
    /// The picture. Blocks the calling thread for as long as a large picture takes, some tenths of a second.
    ///
    /// # Errors
    /// [`UseCaseError::Paint`].
    pub fn paint(&self) -> Result<PagePicture, UseCaseError> {
        let Some(raster) = &self.page.raster else {
            return Err(PaintError { reason: "the reader gave no raster".to_owned() }.into());
        };
        let (width, height) = (raster.width, raster.height);
        Ok(PagePicture { png: self.painter.paint(&self.page, &self.labels)?, width, height })
    }
}

impl ShowPage {
    /// The page and the labels that are to be drawn on it, as they are now, corrected ones included. No other page is
    /// read. [`PageToPaint::paint`] makes the picture.
    ///
    /// # Errors
    /// [`UseCaseError::Invalid`] for `height`, [`UseCaseError::NotFound`] for the document and for a page that it does
    /// not have, [`UseCaseError::Storage`], also when the bytes are not where they were stored, [`UseCaseError::Read`]:
    /// [`ReadError::TooLarge`] when the picture would have more pixels than the reader allows, and for a page beyond
    /// those that it reads; [`UseCaseError::Repository`].
    pub async fn execute(
        &self,
        scope: &Scope,
        request: &ShowPageRequest,
    ) -> Result<PageToPaint, UseCaseError> {
        check_height(request.height)?;
        let (document, labels) = self.subject(scope, request).await?;
        let page = self.read(&document, request).await?;
        Ok(PageToPaint { page, labels, painter: Arc::clone(&self.painter) })
    }

    /// The document and the labels that are drawn.
    async fn subject(
        &self,
        scope: &Scope,
        request: &ShowPageRequest,
    ) -> Result<(Document, Vec<Label>), UseCaseError> {
        let id = request.document;
        if !request.overlay {
            let document = self.documents.find(scope, id).await?;
            return Ok((document.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?, Vec::new()));
        }
        let record = self.documents.show(scope, id).await?.ok_or(UseCaseError::DOCUMENT_NOT_FOUND)?;
        let standing = record.labels.into_iter().filter(StoredLabel::is_there);
        Ok((record.document, standing.map(|stored| stored.label).collect()))
    }

    async fn read(&self, document: &Document, request: &ShowPageRequest) -> Result<Page, UseCaseError> {
        if document.media_type == MediaType::Xml || request.page == 0 {
            return Err(UseCaseError::PAGE_NOT_FOUND);
        }
        let bytes = self.blobs.get(&document.sha256).await?.ok_or(BlobError::Missing)?;
        let content = self.reader.read(ReadRequest {
            electronic_invoices: false,
            raster_height: Some(request.height),
            only_page: Some(request.page),
            ..ReadRequest::new(bytes)
        });
        let DocumentContent { pages, page_count, .. } = content.await?;
        let found = pages.into_iter().find(|page| page.number == request.page);
        found.ok_or_else(|| not_given(request.page, page_count))
    }
}

fn check_height(height: u32) -> Result<(), UseCaseError> {
    let (least, most) = (ShowPageRequest::HEIGHTS.start(), ShowPageRequest::HEIGHTS.end());
    if ShowPageRequest::HEIGHTS.contains(&height) {
        return Ok(());
    }
    Err(UseCaseError::invalid("height", format!("must be {least} to {most}")))
}

/// Why the reader gave no such page of a file with so many.
fn not_given(page: u32, page_count: u32) -> UseCaseError {
    if page > page_count {
        return UseCaseError::PAGE_NOT_FOUND;
    }
    let reason = format!("page {page} of {page_count} is beyond the pages that are read");
    UseCaseError::Read(ReadError::TooLarge { reason })
}
