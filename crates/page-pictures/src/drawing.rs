//! Draws the boxes on a page: a tinted outline around each value with its field's name next to it,
//! and a thin outline around the value's caption.

use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::PageBox;
use fieldmark_domain::label::Label;
use fieldmark_domain::page::GrayRaster;
use image::RgbImage;

use crate::canvas::{Canvas, Rectangle};
use crate::strokes::Strokes;
use crate::tags::{self, Tag};
use crate::{lettering, palette};

/// The picture of the page with this number; `None` when the raster's number of pixels does not
/// match its size.
pub fn draw(raster: &GrayRaster, page: u32, labels: &[Label]) -> Option<RgbImage> {
    let mut canvas = Canvas::of(raster)?;
    let size = canvas.size();
    let strokes = Strokes::on(size.1);
    let on_page = |place: Option<PageBox>| place.filter(|place| place.page == page);
    let around = |place: PageBox| Rectangle::of(&place.bounds, size).grown(strokes.margin);
    for label in labels {
        if let Some(caption) = on_page(label.caption) {
            canvas.outline(around(caption), strokes.caption, palette::colour(label.field.kind()));
        }
    }
    let placed = labels.iter().filter_map(|label| Some((label.field, around(on_page(label.place)?))));
    let values: Vec<(Field, Rectangle)> = placed.collect();
    for (field, rectangle) in &values {
        canvas.tint(*rectangle, palette::colour(field.kind()));
        canvas.outline(*rectangle, strokes.value, palette::colour(field.kind()));
    }
    for Tag { field, rectangle } in tags::place(&values, size, &strokes) {
        canvas.fill(rectangle, palette::colour(field.kind()));
        lettering::write(&mut canvas, field.name(), rectangle, palette::WHITE, &strokes);
    }
    Some(canvas.into_image())
}
