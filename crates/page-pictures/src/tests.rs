//! The content of pictures, pixel by pixel, and pages that cannot be painted.

use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::page::{GrayRaster, PageSize};
use image::{ColorType, DynamicImage, GenericImageView as _, Rgb, RgbImage};

use super::*;

/// A blank page with this number of pixels.
fn page(number: u32, width: u32, height: u32) -> Page {
    let raster = GrayRaster { width, height, pixels: vec![255; (width * height) as usize] };
    Page { raster: Some(raster), ..Page::of_words(number, PageSize::A4, Vec::new()) }
}

/// A label on the first page; its box starts at these fractions of the page.
fn label(field: Field, value: &str, left: f32, top: f32) -> Label {
    let bounds = BoundingBox { left, top, width: 0.2, height: 0.02 };
    Label { place: Some(PageBox { page: 1, bounds }), ..Label::sample(field, value) }
}

fn painted(page: &Page, labels: &[Label]) -> DynamicImage {
    image::load_from_memory(&PngPainter.paint(page, labels).unwrap()).unwrap()
}

fn painted_in_colour(page: &Page, labels: &[Label]) -> RgbImage {
    let picture = painted(page, labels);
    assert_eq!(picture.color(), ColorType::Rgb8);
    picture.into_rgb8()
}

#[test]
fn it_keeps_the_promises_of_a_page_painter() {
    fieldmark_testkit::page_painter::keeps_its_promises(&PngPainter).unwrap();
}

#[test]
fn a_fields_box_is_drawn_in_its_kinds_colour_on_its_page_alone() {
    let labels =
        [label(Field::InvoiceNumber, "F-7", 0.6, 0.1), label(Field::TotalGross, "1250.00", 0.6, 0.8)];
    let first = painted_in_colour(&page(1, 1000, 1400), &labels);
    // The invoice number's box starts at 0.6 and 0.1; its outline is 3 pixels away.
    let identifier = palette::colour(Field::InvoiceNumber.kind());
    assert_eq!(*first.get_pixel(597, 145), identifier);
    assert_eq!(*first.get_pixel(700, 137), identifier);
    let inside = first.get_pixel(700, 150);
    assert!(*inside != identifier && *inside != palette::WHITE);
    assert_eq!(*first.get_pixel(100, 700), palette::WHITE);
    let second = painted_in_colour(&page(2, 1000, 1400), &labels);
    assert!(second.pixels().all(|pixel| *pixel == palette::WHITE));
}

#[test]
fn the_words_that_name_a_field_have_a_thin_outline() {
    let caption = BoundingBox { left: 0.1, top: 0.1, width: 0.2, height: 0.02 };
    let named = Label {
        caption: Some(PageBox { page: 1, bounds: caption }),
        place: None,
        ..label(Field::DueDate, "2026-03-01", 0.0, 0.0)
    };
    let picture = painted_in_colour(&page(1, 1000, 1600), &[named]);
    let date = palette::colour(Field::DueDate.kind());
    assert_eq!(*picture.get_pixel(97, 170), date);
    assert_eq!(*picture.get_pixel(98, 170), palette::WHITE);
}

#[test]
fn a_box_has_edges_at_every_height() {
    for rows in [200, 300, 801, 1200, 3000, 4000] {
        let total = label(Field::TotalGross, "1250.00", 0.6, 0.8);
        let picture = painted_in_colour(&page(1, rows * 7 / 10, rows), &[total]);
        let money = palette::colour(Field::TotalGross.kind());
        let row = rows * 81 / 100;
        let is_edge: Vec<bool> =
            (0..picture.width()).map(|column| *picture.get_pixel(column, row) == money).collect();
        let edges = is_edge.chunk_by(|one, next| one == next).filter(|run| run[0]).count();
        assert_eq!(edges, 2, "{rows} rows");
    }
}

#[test]
fn without_labels_a_page_is_as_its_raster_is() {
    let mut page = page(1, 30, 20);
    let pixels: Vec<u8> = (0..600_u32).map(|pixel| (pixel % 251) as u8).collect();
    page.raster.as_mut().unwrap().pixels = pixels.clone();
    let picture = painted(&page, &[]);
    assert_eq!((picture.color(), picture.dimensions()), (ColorType::L8, (30, 20)));
    assert_eq!(picture.into_luma8().into_raw(), pixels);
    let coloured =
        painted_in_colour(&page, &[Label { place: None, ..label(Field::Currency, "SEK", 0.0, 0.0) }]);
    assert!(coloured.pixels().zip(pixels).all(|(pixel, gray)| *pixel == Rgb([gray; 3])));
}

#[test]
fn a_page_without_its_pixels_is_not_painted() {
    let bare = Page { raster: None, ..page(1, 4, 4) };
    assert!(PngPainter.paint(&bare, &[]).unwrap_err().to_string().contains("no raster"));
    let short =
        Page { raster: Some(GrayRaster { width: 4, height: 4, pixels: vec![0; 15] }), ..bare.clone() };
    let empty = Page { raster: Some(GrayRaster { width: 0, height: 0, pixels: Vec::new() }), ..bare };
    for page in [short, empty] {
        for labels in [Vec::new(), vec![label(Field::Currency, "SEK", 0.0, 0.0)]] {
            assert!(PngPainter.paint(&page, &labels).is_err(), "{:?}", page.raster);
        }
    }
}
