//! Draws pictures of pages with boxes around the extracted values: the adapter behind the domain's
//! [`PagePainter`].
//!
//! Knows labels and rasters. Other crates render pages to rasters and deliver the pictures.

pub mod canvas;
mod drawing;
mod file;
pub mod lettering;
pub mod palette;
pub mod strokes;
mod tags;

use fieldmark_domain::label::Label;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{PagePainter, PaintError};
use file::{failed, png};
use image::ExtendedColorType;

/// Paints pages as PNG files: gray without labels, in colour with labels.
#[derive(Debug, Clone, Copy, Default)]
pub struct PngPainter;

impl PagePainter for PngPainter {
    fn paint(&self, page: &Page, labels: &[Label]) -> Result<Vec<u8>, PaintError> {
        let raster = page.raster.as_ref().ok_or_else(|| failed("it has no raster"))?;
        if u64::from(raster.width) * u64::from(raster.height) != raster.pixels.len() as u64 {
            return Err(failed("the number of pixels of its raster does not match its size"));
        }
        if labels.is_empty() {
            return png((raster.width, raster.height), &raster.pixels, ExtendedColorType::L8);
        }
        let picture = drawing::draw(raster, page.number, labels);
        let picture = picture.ok_or_else(|| failed("its raster cannot be made a picture"))?;
        png(picture.dimensions(), picture.as_raw(), ExtendedColorType::Rgb8)
    }
}

#[cfg(test)]
mod tests;
