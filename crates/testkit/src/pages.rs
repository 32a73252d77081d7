//! Pages built from words at given positions, for detectors.

use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::{GrayRaster, Page, PageSize, Word};

/// A4 in points.
pub const A4: PageSize = PageSize { width_pt: 595.0, height_pt: 842.0 };

const FONT_SIZE: f32 = 10.0;
/// An average advance in em, precise enough for boxes.
const ADVANCE: f32 = 0.52;

/// A word of 10 points with its left and top edges in points on an A4 page.
#[must_use]
pub fn word(text: &str, left: f32, top: f32) -> Word {
    let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
    let right = left + f32::from(letters) * FONT_SIZE * ADVANCE;
    Word {
        text: text.to_owned(),
        bounds: BoundingBox::from_edges(
            left / A4.width_pt,
            top / A4.height_pt,
            right / A4.width_pt,
            (top + FONT_SIZE) / A4.height_pt,
        ),
        font_size: FONT_SIZE,
    }
}

/// An A4 page with a good text layer and no raster. Words must come in reading order.
#[must_use]
pub fn page(number: u32, words: Vec<Word>) -> Page {
    Page::of_words(number, A4, words)
}

/// A plain English invoice on one page.
#[must_use]
pub fn invoice(number: u32) -> Page {
    page(
        number,
        vec![
            word("Northwind", 50.0, 50.0),
            word("Joinery", 100.0, 50.0),
            word("Ltd", 140.0, 50.0),
            word("Invoice", 350.0, 90.0),
            word("number:", 392.0, 90.0),
            word("INV-20417", 450.0, 90.0),
            word("Invoice", 350.0, 104.0),
            word("date:", 392.0, 104.0),
            word("14/03/2024", 450.0, 104.0),
            word("Oak", 50.0, 300.0),
            word("shelf", 72.0, 300.0),
            word("1,000.00", 480.0, 300.0),
            word("Total", 350.0, 400.0),
            word("GBP", 380.0, 400.0),
            word("1,200.00", 480.0, 400.0),
        ],
    )
}

/// A raster with this many rows in the page's proportions: white, with black boxes at the words.
#[must_use]
pub fn raster(page: &Page, height: u32) -> GrayRaster {
    let width = scaled(page.size.width_pt / page.size.height_pt, height).max(1);
    let is_ink = |x: u32, y: u32| {
        page.words.iter().any(|word| {
            let columns = scaled(word.bounds.left, width)..scaled(word.bounds.right(), width);
            let rows = scaled(word.bounds.top, height)..scaled(word.bounds.bottom(), height);
            columns.contains(&x) && rows.contains(&y)
        })
    };
    let pixels = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| if is_ink(x, y) { 0 } else { 255 });
    GrayRaster { width, height, pixels: pixels.collect() }
}

/// A fraction of a length in pixels; both are small enough for every step to be exact.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of a page are far below 2^24"
)]
fn scaled(fraction: f32, length: u32) -> u32 {
    (fraction * length as f32).round() as u32
}
