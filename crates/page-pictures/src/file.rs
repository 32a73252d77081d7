//! Pixels as a PNG file.

use fieldmark_domain::ports::PaintError;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

/// The file of these pixels, row by row from the top, of a picture of this width and height.
pub fn png(
    (width, height): (u32, u32),
    pixels: &[u8],
    colours: ExtendedColorType,
) -> Result<Vec<u8>, PaintError> {
    let mut png = Vec::new();
    let written = PngEncoder::new(&mut png).write_image(pixels, width, height, colours);
    written.map_err(|error| failed(&error.to_string()))?;
    Ok(png)
}

/// A page that cannot be painted, for this reason.
pub fn failed(reason: &str) -> PaintError {
    PaintError { reason: reason.to_owned() }
}
