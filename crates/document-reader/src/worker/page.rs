//! Reads one page: its size, words, the verdict on its text, and its picture.

use fieldmark_domain::page::{GrayRaster, Page, PageSize, TextLayer, TextVerdict};
use pdfium_render::prelude::{
    PdfDocument, PdfPage, PdfPageAnnotation, PdfPageAnnotationType, PdfPageObjectCommon,
    PdfPageObjectsCommon, PdfPageRenderRotation, PdfiumError,
};

use crate::messages::Failure;
use crate::words::{self, Edges, PageFrame, QuarterTurns, Surroundings};
use crate::worker::characters::edges_of;
use crate::worker::{characters, picture};

/// What to read of each page.
#[derive(Debug, Clone, Copy)]
pub struct PageOrder {
    /// Rows of its raster, if one is requested.
    pub raster_height: Option<u32>,
    /// Maximum number of pixels of the raster.
    pub max_pixels: u64,
}

/// A4, for a page whose size is unknown.
const USUAL_SIZE: PageSize = PageSize { width_pt: 595.0, height_pt: 842.0 };
/// Maximum plausible side of a page; ISO 32000-1, annex C.2, allows 14400.
const MAX_SIDE_PT: f32 = 1_000_000.0;

/// Reads a page, and returns whether it could be read. An unreadable page is empty.
///
/// # Errors
/// When its picture would exceed the limit.
pub fn read(document: &PdfDocument<'_>, index: i32, order: PageOrder) -> Result<(Page, bool), Failure> {
    let number = index.unsigned_abs() + 1;
    let Ok(page) = document.pages().get(index).and_then(|page| with_printed_fields(document, index, page))
    else {
        return Ok((unreadable(number, order)?, false));
    };
    let text = words::read(&characters::of(&page), frame_of(&page));
    let size = text.frame.size();
    let surroundings = Surroundings {
        picture_share: picture_share(&page, text.words.len(), &text.frame),
        is_invisible: text.is_invisible,
        left_out: text.left_out,
    };
    let text_layer = words::judge(&text.words, surroundings);
    let raster = match order.raster_height {
        Some(rows) => {
            let (columns, rows) = picture::extent(size, rows, order.max_pixels, number)?;
            let further = QuarterTurns::new(text.frame.turns.steps() + 4 - rotation_of(&page).steps());
            Some(picture::draw(&page, columns, rows, further).unwrap_or_else(|| blank(columns, rows)))
        }
        None => None,
    };
    Ok((Page { number, size, words: text.words, text_layer, raster }, true))
}

/// Makes the text in form fields part of the page's content, where text is read from.
///
/// The page is loaded again afterwards: flattening closes pdfium's page, and the old object's
/// boundaries and objects would use freed memory.
fn with_printed_fields<'a>(
    document: &PdfDocument<'a>,
    index: i32,
    mut page: PdfPage<'a>,
) -> Result<PdfPage<'a>, PdfiumError> {
    const MAX_ANNOTATIONS: usize = 5000;
    let is_field =
        |annotation: PdfPageAnnotation<'_>| annotation.annotation_type() == PdfPageAnnotationType::Widget;
    if !page.annotations().iter().take(MAX_ANNOTATIONS).any(is_field) {
        return Ok(page);
    }
    if let Err(error) = page.flatten() {
        tracing::debug!(%error, "form fields cannot be read");
    }
    drop(page);
    document.pages().get(index)
}

/// A page that exists but cannot be read, in A4.
fn unreadable(number: u32, order: PageOrder) -> Result<Page, Failure> {
    let raster = match order.raster_height {
        Some(rows) => {
            let (columns, rows) = picture::extent(USUAL_SIZE, rows, order.max_pixels, number)?;
            Some(blank(columns, rows))
        }
        None => None,
    };
    let reasons = vec!["The page is broken and cannot be read.".to_owned()];
    let text_layer = TextLayer { verdict: TextVerdict::None, reasons };
    Ok(Page { number, size: USUAL_SIZE, words: Vec::new(), text_layer, raster })
}

fn blank(width: u32, height: u32) -> GrayRaster {
    GrayRaster { width, height, pixels: vec![u8::MAX; width as usize * height as usize] }
}

fn rotation_of(page: &PdfPage<'_>) -> QuarterTurns {
    QuarterTurns::new(match page.rotation() {
        Ok(PdfPageRenderRotation::Degrees90) => 1,
        Ok(PdfPageRenderRotation::Degrees180) => 2,
        Ok(PdfPageRenderRotation::Degrees270) => 3,
        Ok(PdfPageRenderRotation::None) | Err(_) => 0,
    })
}

/// The visible box: pdfium's bounding box is the part of the crop box inside the media box.
fn frame_of(page: &PdfPage<'_>) -> PageFrame {
    let turns = rotation_of(page);
    let shown = page.boundaries().bounding().map(|boundary| edges_of(&boundary.bounds)).ok();
    let is_sound = |edges: &Edges| {
        let sides = [edges.width(), edges.height()];
        edges.is_finite() && sides.iter().all(|side| (0.01..=MAX_SIDE_PT).contains(side))
    };
    let usual = Edges { left: 0.0, right: USUAL_SIZE.width_pt, low: 0.0, high: USUAL_SIZE.height_pt };
    PageFrame { shown: shown.filter(is_sound).unwrap_or(usual), turns }
}

/// The share of the page that its largest picture covers. Computed only for pages with little text:
/// on others it has no effect.
fn picture_share(page: &PdfPage<'_>, word_count: usize, frame: &PageFrame) -> f32 {
    const FEW_WORDS: usize = 40;
    const MAX_OBJECTS: usize = 2000;
    if word_count > FEW_WORDS {
        return 0.0;
    }
    let area = |object: pdfium_render::prelude::PdfPageObject<'_>| {
        object.as_image_object()?;
        let bounds = edges_of(&object.bounds().ok()?.to_rect());
        let width = bounds.right.min(frame.shown.right) - bounds.left.max(frame.shown.left);
        let height = bounds.high.min(frame.shown.high) - bounds.low.max(frame.shown.low);
        Some(width.max(0.0) * height.max(0.0))
    };
    let largest = page.objects().iter().take(MAX_OBJECTS).filter_map(area).fold(0.0, f32::max);
    largest / (frame.shown.width() * frame.shown.height())
}
