//! A reader of what [`crate::pdf_sketch`] writes, by its operators: tests that keep and read documents need no libpdfium
//! for it. It knows no other PDF.

use async_trait::async_trait;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::page::Word;
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};

use crate::pages;

/// Reads sketches of PDFs.
#[derive(Debug, Clone, Copy, Default)]
pub struct SketchReader;

#[async_trait]
impl DocumentReader for SketchReader {
    async fn read(&self, request: ReadRequest) -> Result<DocumentContent, ReadError> {
        self.media_type(&request.bytes)?;
        let text = String::from_utf8_lossy(&request.bytes);
        if !text.contains("startxref") {
            return Err(ReadError::Unreadable { reason: "no cross-reference table".to_owned() });
        }
        let contents: Vec<&str> = text.split("\nstream\n").skip(1).collect();
        if contents.is_empty() {
            return Err(ReadError::NoPages);
        }
        let pages = (1..).zip(&contents).map(|(number, content)| {
            let mut page = pages::page(number, content.lines().filter_map(word_of).collect());
            page.raster = request.raster_height.map(|height| pages::raster(&page, height));
            page
        });
        let mut document = DocumentContent::of_pages(pages.collect());
        document.pages.retain(|page| request.only_page.is_none_or(|number| page.number == number));
        Ok(document)
    }

    fn media_type(&self, bytes: &[u8]) -> Result<MediaType, ReadError> {
        match bytes {
            [] => Err(ReadError::Empty),
            _ if bytes.starts_with(b"%PDF-") => Ok(MediaType::Pdf),
            _ => Err(ReadError::UnsupportedMediaType { found: String::new() }),
        }
    }
}

/// `BT /F 12 Tf LEFT BOTTOM Td (TEXT) Tj ET`
fn word_of(line: &str) -> Option<Word> {
    let parts: Vec<&str> = line.strip_prefix("BT ")?.split(' ').collect();
    let [_, _, _, left, bottom, _, text, ..] = parts.as_slice() else { return None };
    let (left, bottom): (f32, f32) = (left.parse().ok()?, bottom.parse().ok()?);
    let text = text.trim_matches(['(', ')']).to_owned();
    let (size, baseline) = (pages::A4, pages::A4.height_pt - bottom);
    let bounds = BoundingBox::from_edges(
        left / size.width_pt,
        (baseline - 9.0) / size.height_pt,
        (left + 40.0) / size.width_pt,
        baseline / size.height_pt,
    );
    Some(Word { text, bounds, font_size: 12.0 })
}
