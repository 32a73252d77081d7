//! Pictures of pages with the fields' boxes drawn, so that people see what was read where.
//!
//! Knows reports and rasters; where they come from is the engine's business.

mod canvas;
mod lettering;
mod palette;
mod tags;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use fieldmark_domain::field::Field;
use fieldmark_domain::page::GrayRaster;
use image::RgbImage;

use crate::report::{BoxReport, ExtractionReport};
use canvas::{Canvas, Rectangle};
use tags::Tag;

/// Rows of a page's picture.
pub const RASTER_HEIGHT: u32 = 1600;

/// How far an outline stands off the words, in pixels.
const MARGIN: i32 = 3;

/// The page's picture with the boxes of its fields: a filled outline around each value with the field's
/// name beside it, a thin outline around the words that name the field.
///
/// `None` when the raster's pixels are not as many as its size says.
pub fn draw(raster: &GrayRaster, page: u32, read: &ExtractionReport) -> Option<RgbImage> {
    let mut canvas = Canvas::of(raster)?;
    let on_page = |place: Option<BoxReport>| place.filter(|place| place.page == page);
    let size = canvas.size();
    for (field, found) in &read.fields {
        let colour = palette::colour(field.kind());
        if let Some(caption) = on_page(found.label_box) {
            canvas.outline(Rectangle::of(&caption, size).grown(MARGIN), 1, colour);
        }
    }
    let placed = read.fields.iter().filter_map(|(field, found)| Some((*field, on_page(found.place)?)));
    let values: Vec<(Field, Rectangle)> =
        placed.map(|(field, place)| (field, Rectangle::of(&place, size).grown(MARGIN))).collect();
    for (field, rectangle) in &values {
        canvas.tint(*rectangle, palette::colour(field.kind()));
        canvas.outline(*rectangle, 2, palette::colour(field.kind()));
    }
    for Tag { field, rectangle } in tags::place(&values, size) {
        canvas.fill(rectangle, palette::colour(field.kind()));
        lettering::write(&mut canvas, field.name(), rectangle, palette::WHITE);
    }
    Some(canvas.into_image())
}

/// Names of pictures: the file's stem and the page, made different where two files share a stem.
#[derive(Debug)]
pub struct PictureNames {
    folder: PathBuf,
    taken: HashSet<String>,
}

impl PictureNames {
    /// Names within this folder, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn within(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), taken: HashSet::new() })
    }

    /// A name for this file's pictures that no other file got.
    pub fn claim(&mut self, file: &Path) -> PictureName {
        let stem =
            file.file_stem().map_or_else(|| "document".to_owned(), |stem| stem.to_string_lossy().into());
        let numbered = (2..).map(|number| format!("{stem}~{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = free.unwrap_or(stem);
        self.taken.insert(name.clone());
        PictureName { folder: self.folder.clone(), name }
    }
}

/// The name of one file's pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureName {
    folder: PathBuf,
    name: String,
}

impl PictureName {
    /// The picture of a page, counted from 1.
    pub fn of_page(&self, page: u32) -> PathBuf {
        self.folder.join(format!("{}-{page}.png", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn blank(width: u32, height: u32) -> GrayRaster {
        GrayRaster { width, height, pixels: vec![255; (width * height) as usize] }
    }

    #[test]
    fn a_fields_box_is_drawn_in_its_kinds_colour_on_its_page_alone() {
        let report = samples::read("a.pdf");
        let read = report.extraction().unwrap();
        let first = draw(&blank(1000, 1400), 1, read).unwrap();
        // The invoice number's box begins at 0.6 and 0.1; its outline stands 3 pixels off.
        let identifier = palette::colour(Field::InvoiceNumber.kind());
        assert_eq!(*first.get_pixel(597, 145), identifier);
        assert_eq!(*first.get_pixel(700, 137), identifier);
        let inside = first.get_pixel(700, 150);
        assert!(*inside != identifier && *inside != palette::WHITE);
        assert_eq!(*first.get_pixel(100, 700), palette::WHITE);
        let second = draw(&blank(1000, 1400), 2, read).unwrap();
        assert!(second.pixels().all(|pixel| *pixel == palette::WHITE));
    }

    #[test]
    fn files_of_one_name_get_pictures_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let mut names = PictureNames::within(folder.path()).unwrap();
        let first = names.claim(Path::new("a/invoice.pdf"));
        let second = names.claim(Path::new("b/invoice.pdf"));
        assert_eq!(first.of_page(1), folder.path().join("invoice-1.png"));
        assert_eq!(second.of_page(2), folder.path().join("invoice~2-2.png"));
    }
}
