//! A page's picture in colour, and drawing rectangles on it. Anything outside the picture is not
//! drawn.

use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::GrayRaster;
use fieldmark_domain::ports::PaintError;
use image::{ExtendedColorType, Rgb, RgbImage};

use crate::file::png;

/// The precision with which box positions are reported, as fractions of the page; boxes are drawn
/// at the reported positions.
const STEPS: f64 = 10_000.0;
/// Coordinates are clamped to this distance in pixels, at which nothing is visible.
const MAX_COORDINATE: f64 = 1_000_000.0;

/// A rectangle in pixels; the right and bottom edges are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rectangle {
    /// The first column.
    pub left: i32,
    /// The first row.
    pub top: i32,
    /// The column after the last.
    pub right: i32,
    /// The row after the last.
    pub bottom: i32,
}

impl Rectangle {
    /// The pixels that a box covers on a picture of this width and height.
    #[expect(clippy::cast_possible_truncation, reason = "clamped values fit into an i32")]
    #[must_use]
    pub fn of(bounds: &BoundingBox, (width, height): (i32, i32)) -> Self {
        let (width, height) = (f64::from(width), f64::from(height));
        let rounded = |fraction: f32| (f64::from(fraction) * STEPS).round() / STEPS;
        let (left, top) = (rounded(bounds.left), rounded(bounds.top));
        let (right, bottom) = (left + rounded(bounds.width), top + rounded(bounds.height));
        let pixels = |edge: f64| edge.clamp(-MAX_COORDINATE, MAX_COORDINATE) as i32;
        Self {
            left: pixels((left * width).floor()),
            top: pixels((top * height).floor()),
            right: pixels((right * width).ceil()),
            bottom: pixels((bottom * height).ceil()),
        }
    }

    /// The rectangle enlarged by a margin on all sides.
    #[must_use]
    pub const fn grown(self, margin: i32) -> Self {
        Self {
            left: self.left - margin,
            top: self.top - margin,
            right: self.right + margin,
            bottom: self.bottom + margin,
        }
    }

    /// The number of pixels that both contain.
    #[must_use]
    pub fn overlap(self, other: Self) -> i64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        i64::from(width.max(0)) * i64::from(height.max(0))
    }

    /// Whether the whole rectangle is on a picture of this width and height.
    #[must_use]
    pub const fn is_on(self, (width, height): (i32, i32)) -> bool {
        self.left >= 0 && self.top >= 0 && self.right <= width && self.bottom <= height
    }

    /// The rectangle, moved by the smallest distance that puts it onto a picture of this width and
    /// height.
    #[must_use]
    pub fn moved_onto(self, (width, height): (i32, i32)) -> Self {
        let x = (width - self.right).min(0).max(-self.left);
        let y = (height - self.bottom).min(0).max(-self.top);
        Self { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }
}

/// The picture to draw on.
pub struct Canvas {
    image: RgbImage,
}

impl Canvas {
    /// A colour picture of a gray raster; `None` when the number of pixels does not match its size.
    #[must_use]
    pub fn of(raster: &GrayRaster) -> Option<Self> {
        let colours = raster.pixels.iter().flat_map(|gray| [*gray; 3]).collect();
        Some(Self { image: RgbImage::from_raw(raster.width, raster.height, colours)? })
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (i32, i32) {
        let pixels = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
        (pixels(self.image.width()), pixels(self.image.height()))
    }

    /// A white picture of at most 65 535 columns and rows.
    #[must_use]
    pub fn white(width: u16, height: u16) -> Self {
        Self { image: RgbImage::from_pixel(u32::from(width), u32::from(height), Rgb([255; 3])) }
    }

    /// Draws a gray raster with its upper left corner at this column and row; parts outside the
    /// picture are cut off.
    pub fn lay(&mut self, raster: &GrayRaster, (left, top): (i32, i32)) {
        let width = usize::try_from(raster.width).unwrap_or(usize::MAX).max(1);
        for (y, row) in (top..).zip(raster.pixels.chunks(width)) {
            for (x, gray) in (left..).zip(row) {
                let dot =
                    Rectangle { left: x, top: y, right: x.saturating_add(1), bottom: y.saturating_add(1) };
                self.fill(dot, Rgb([*gray; 3]));
            }
        }
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, rectangle: Rectangle, colour: Rgb<u8>) {
        self.change(rectangle, |pixel| *pixel = colour);
    }

    /// Tints a rectangle with a light colour: its content stays readable.
    pub fn tint(&mut self, rectangle: Rectangle, colour: Rgb<u8>) {
        self.change(rectangle, |pixel| {
            for (part, wanted) in pixel.0.iter_mut().zip(colour.0) {
                *part = (u16::from(*part) * 4 / 5 + u16::from(wanted) / 5).min(255) as u8;
            }
        });
    }

    /// Draws the rectangle's edges inside it, `thickness` pixels thick.
    pub fn outline(&mut self, rectangle: Rectangle, thickness: i32, colour: Rgb<u8>) {
        let Rectangle { left, top, right, bottom } = rectangle;
        self.fill(Rectangle { bottom: top + thickness, ..rectangle }, colour);
        self.fill(Rectangle { top: bottom - thickness, ..rectangle }, colour);
        self.fill(Rectangle { right: left + thickness, ..rectangle }, colour);
        self.fill(Rectangle { left: right - thickness, ..rectangle }, colour);
    }

    fn change(&mut self, rectangle: Rectangle, mut change: impl FnMut(&mut Rgb<u8>)) {
        let (width, height) = self.size();
        for y in rectangle.top.max(0)..rectangle.bottom.min(height) {
            for x in rectangle.left.max(0)..rectangle.right.min(width) {
                if let Some(pixel) = self.image.get_pixel_mut_checked(x.unsigned_abs(), y.unsigned_abs()) {
                    change(pixel);
                }
            }
        }
    }

    /// The picture.
    #[must_use]
    pub fn into_image(self) -> RgbImage {
        self.image
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// When it is too large for one.
    pub fn to_png(&self) -> Result<Vec<u8>, PaintError> {
        png(self.image.dimensions(), self.image.as_raw(), ExtendedColorType::Rgb8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Rgb<u8> = Rgb([200, 0, 0]);

    fn white(width: u32, height: u32) -> Canvas {
        Canvas::of(&GrayRaster { width, height, pixels: vec![255; (width * height) as usize] }).unwrap()
    }

    #[test]
    fn an_outline_stays_inside_and_off_the_picture_nothing_is_drawn() {
        let mut canvas = white(10, 8);
        canvas.outline(Rectangle { left: -3, top: 2, right: 5, bottom: 6 }, 1, RED);
        let image = canvas.into_image();
        assert_eq!(*image.get_pixel(0, 2), RED);
        assert_eq!(*image.get_pixel(4, 4), RED);
        assert_eq!(*image.get_pixel(5, 2), Rgb([255; 3]));
        assert_eq!(*image.get_pixel(0, 3), Rgb([255; 3]));
    }

    #[test]
    fn a_raster_lies_where_it_is_laid_and_what_is_outside_is_left_out() {
        let mut canvas = Canvas::white(4, 3);
        canvas.lay(&GrayRaster { width: 2, height: 2, pixels: vec![1, 2, 3, 4] }, (3, 1));
        canvas.lay(&GrayRaster { width: 2, height: 1, pixels: vec![5, 6] }, (-1, 0));
        let image = canvas.into_image();
        let dark: Vec<(u32, u32, u8)> = image
            .enumerate_pixels()
            .filter(|(_, _, pixel)| pixel.0 != [255; 3])
            .map(|(x, y, pixel)| (x, y, pixel.0[0]))
            .collect();
        assert_eq!(dark, [(0, 0, 6), (3, 1, 1), (3, 2, 3)]);
    }

    #[test]
    fn a_box_covers_every_pixel_that_it_touches() {
        let bounds = BoundingBox { left: 0.1, top: 0.5, width: 0.25, height: 0.1 };
        let rectangle = Rectangle::of(&bounds, (100, 10));
        assert_eq!(rectangle, Rectangle { left: 10, top: 5, right: 35, bottom: 6 });
    }

    #[test]
    fn a_box_beyond_all_numbers_is_far_off_and_not_drawn() {
        let mut canvas = white(10, 8);
        let off = BoundingBox { left: 1e30, top: -1e30, width: f32::INFINITY, height: 1.0 };
        for rectangle in [Rectangle::of(&off, (10, 8)).grown(3), Rectangle::of(&off, (10, 8))] {
            canvas.fill(rectangle, RED);
            assert_eq!(rectangle.overlap(Rectangle { left: 0, top: 0, right: 10, bottom: 8 }), 0);
        }
        assert!(canvas.into_image().pixels().all(|pixel| *pixel == Rgb([255; 3])));
    }

    #[test]
    fn a_raster_without_its_pixels_is_refused() {
        assert!(Canvas::of(&GrayRaster { width: 4, height: 4, pixels: vec![0; 15] }).is_none());
    }
}
