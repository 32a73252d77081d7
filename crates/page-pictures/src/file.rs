//! Pixels as a PNG file.

use fieldmark_domain::ports::PaintError;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

/// The PNG file of these pixels, row by row from the top, for a picture of this width and height.
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

/// The error that a page cannot be painted.
pub fn failed(reason: &str) -> PaintError {
    PaintError { reason: reason.to_owned() }
}
