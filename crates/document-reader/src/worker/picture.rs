//! Draws a page's picture in gray with pdfium.

use fieldmark_domain::page::{GrayRaster, PageSize};
use pdfium_render::prelude::{PdfBitmapFormat, PdfPage, PdfPageRenderRotation, PdfRenderConfig};

use crate::messages::Failure;
use crate::words::QuarterTurns;

/// Columns and rows of a page's picture.
///
/// # Errors
/// When it would have more pixels than allowed.
pub fn extent(size: PageSize, rows: u32, max_pixels: u64, number: u32) -> Result<(u32, u32), Failure> {
    let rows = rows.max(1);
    let columns = (f64::from(rows) * f64::from(size.width_pt) / f64::from(size.height_pt)).round().max(1.0);
    if columns * f64::from(rows) > max_pixels as f64 {
        return Err(Failure::TooLarge(format!(
            "the picture of page {number} would have {columns} by {rows} pixels, but at most {max_pixels} are allowed"
        )));
    }
    Ok((columns as u32, rows))
}

/// Draws a page with an additional rotation; `None` when pdfium cannot.
pub fn draw(page: &PdfPage<'_>, columns: u32, rows: u32, further: QuarterTurns) -> Option<GrayRaster> {
    let rotation = match further.steps() {
        0 => PdfPageRenderRotation::None,
        1 => PdfPageRenderRotation::Degrees90,
        2 => PdfPageRenderRotation::Degrees180,
        _ => PdfPageRenderRotation::Degrees270,
    };
    // pdfium-render draws into a gray bitmap only if the whole drawing is gray and its byte order
    // is unchanged.
    let config = PdfRenderConfig::new()
        .set_fixed_size(i32::try_from(columns).ok()?, i32::try_from(rows).ok()?)
        .rotate(rotation, false)
        .use_grayscale_rendering(true)
        .set_format(PdfBitmapFormat::Gray)
        .set_reverse_byte_order(false);
    let bitmap = page.render_with_config(&config).ok()?;
    let padded = bitmap.as_raw_bytes();
    // Rows are padded to the stride of the bitmap.
    let stride = padded.len() / rows as usize;
    let width = columns as usize;
    let mut pixels = Vec::with_capacity(width * rows as usize);
    for row in padded.chunks_exact(stride.max(1)).take(rows as usize) {
        pixels.extend_from_slice(row.get(..width)?);
    }
    (pixels.len() == width * rows as usize).then_some(GrayRaster { width: columns, height: rows, pixels })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: PageSize = PageSize { width_pt: 595.0, height_pt: 842.0 };

    #[test]
    fn the_columns_follow_from_the_rows() {
        assert_eq!(extent(A4, 1000, 10_000_000, 1), Ok((707, 1000)));
    }

    #[test]
    fn a_page_like_a_ribbon_is_over_the_limit() {
        let ribbon = PageSize { width_pt: 14_400.0, height_pt: 3.0 };
        let failure = extent(ribbon, 1000, 10_000_000, 7).unwrap_err();
        assert!(matches!(failure, Failure::TooLarge(reason) if reason.contains("page 7")));
    }
}
