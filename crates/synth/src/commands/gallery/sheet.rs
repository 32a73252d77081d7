//! The sheet: pages in rows, a caption below each, and a legend at the foot if labels are painted.

use anyhow::{Result, anyhow};
use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_page_pictures::canvas::{Canvas, Rectangle};
use fieldmark_page_pictures::lettering;
use fieldmark_page_pictures::strokes::Strokes;
use image::Rgb;

use super::{Exhibit, tints};

const GROUND: Rgb<u8> = Rgb([203, 213, 225]);
const INK: Rgb<u8> = Rgb([15, 23, 42]);
/// Pixels around each page.
const MARGIN: i32 = 10;
/// Rows below a page for its caption, and at the foot for the legend.
const CAPTION: i32 = 14;
/// Rows of a line below a word.
const UNDERLINE: i32 = 2;

/// The sheet while it is being painted.
pub struct Sheet {
    canvas: Canvas,
    columns: i32,
    cell: (i32, i32),
    strokes: Strokes,
}

impl Sheet {
    /// An empty sheet with space for these pages, `columns` per row.
    pub fn of(exhibits: &[Exhibit], columns: usize) -> Self {
        let pixels = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
        let widest = exhibits.iter().map(|exhibit| pixels(exhibit.raster.width)).max().unwrap_or(0);
        let highest = exhibits.iter().map(|exhibit| pixels(exhibit.raster.height)).max().unwrap_or(0);
        let columns = i32::try_from(columns.clamp(1, exhibits.len().max(1))).unwrap_or(1);
        let rows = i32::try_from(exhibits.len()).unwrap_or(i32::MAX).div_euclid(columns)
            + i32::from(exhibits.len() as i64 % i64::from(columns) != 0);
        let cell = (widest + 2 * MARGIN, highest + 2 * MARGIN + CAPTION);
        let side = |length: i32| u16::try_from(length).unwrap_or(u16::MAX);
        let mut canvas = Canvas::white(
            side(cell.0.saturating_mul(columns)),
            side(cell.1.saturating_mul(rows).saturating_add(CAPTION)),
        );
        let (right, bottom) = canvas.size();
        canvas.fill(Rectangle { left: 0, top: 0, right, bottom }, GROUND);
        Self { canvas, columns, cell, strokes: Strokes::on(0) }
    }

    /// Places a page, counted from 0 along the rows.
    pub fn hang(&mut self, place: usize, exhibit: &Exhibit, labels: bool) {
        let place = i32::try_from(place).unwrap_or(i32::MAX);
        let corner = (
            (place % self.columns) * self.cell.0 + MARGIN,
            (place / self.columns).saturating_mul(self.cell.1) + MARGIN,
        );
        self.canvas.lay(&exhibit.raster, corner);
        if labels {
            self.paint_labels(exhibit, corner);
        }
        let fits = (self.cell.0 / 8 - 2).max(0).unsigned_abs() as usize;
        let caption: String = exhibit.caption.chars().take(fits).collect();
        self.write(&caption, (corner.0, corner.1 + self.cell.1 - 2 * MARGIN - CAPTION + 2), INK);
    }

    fn paint_labels(&mut self, exhibit: &Exhibit, corner: (i32, i32)) {
        let pixels = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
        let size = (pixels(exhibit.raster.width), pixels(exhibit.raster.height));
        for word in &exhibit.page.words {
            let on_page = Rectangle::of(&word.to_word(exhibit.page.size).bounds, size);
            let around = Rectangle {
                left: on_page.left + corner.0,
                top: on_page.top + corner.1,
                right: on_page.right + corner.0,
                bottom: on_page.bottom + corner.1,
            };
            match word.class {
                Some(class @ SpanClass::Value(_)) => {
                    self.canvas.tint(around, tints::of_class(class));
                    self.canvas.outline(around, 1, tints::of_class(class));
                }
                Some(class) => self.canvas.tint(around, tints::of_class(class)),
                None => {}
            }
            if let Some(role) = word.role {
                let line = Rectangle { top: around.bottom, bottom: around.bottom + UNDERLINE, ..around };
                self.canvas.fill(line, tints::of_role(role));
            }
        }
    }

    /// The sheet as a PNG file, with the legend of the underlines if labels are painted.
    ///
    /// # Errors
    /// When it is too large for one.
    pub fn into_png(mut self, labels: bool) -> Result<Vec<u8>> {
        if labels {
            let top = self.canvas.size().1 - CAPTION;
            let mut left = MARGIN;
            for role in BlockRole::ALL {
                left = self.write(role.name(), (left, top), tints::of_role(*role));
            }
        }
        self.canvas.to_png().map_err(|error| anyhow!("the sheet cannot be painted: {error}"))
    }

    /// Writes a text and returns the column after it.
    fn write(&mut self, text: &str, (left, top): (i32, i32), colour: Rgb<u8>) -> i32 {
        let (width, height) = self.strokes.tag_size(text);
        let tag = Rectangle { left, top, right: left + width, bottom: top + height };
        lettering::write(&mut self.canvas, text, tag, colour, &self.strokes);
        tag.right
    }
}
