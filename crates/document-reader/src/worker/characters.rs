//! Reads the characters of a page's content from pdfium.

use pdfium_render::prelude::{
    PdfColor, PdfPage, PdfPageObject, PdfPageObjectCommon, PdfPageObjectsCommon, PdfPageTextChar,
    PdfPageTextRenderMode, PdfPathFillMode, PdfRect,
};

use crate::words::{Character, Edges, Paint};

/// Maximum number of characters of a page, more than a page for people has; further ones are
/// dropped.
const MAX_CHARACTERS: usize = 300_000;
/// A colour channel from this value on counts as white.
const WHITE: u8 = 250;
/// Maximum number of a page's objects that are searched for fills.
const MAX_OBJECTS: usize = 20_000;
/// Text with a smaller font size, in points, is ignored.
const MIN_FONT_SIZE: f32 = 0.8;

/// The characters of a page in drawing order; empty when it has no text that pdfium can read.
pub fn of(page: &PdfPage<'_>) -> Vec<Character> {
    let Ok(text) = page.text() else {
        return Vec::new();
    };
    let mut backgrounds = Backgrounds::of(page);
    text.chars().iter().take(MAX_CHARACTERS).map(|character| record(&character, &mut backgrounds)).collect()
}

fn record(character: &PdfPageTextChar<'_>, backgrounds: &mut Backgrounds<'_>) -> Character {
    let matrix = character.matrix().ok().filter(|_| !matches!(character.is_generated(), Ok(true)));
    let tight = character.tight_bounds().ok().map(|bounds| edges_of(&bounds)).filter(Edges::has_area);
    let loose = character.loose_bounds().ok().map(|bounds| edges_of(&bounds));
    let scale = matrix.map_or(1.0, |matrix| matrix.c().hypot(matrix.d()));
    let font_size = character.unscaled_font_size().value * scale;
    let loose = loose.or(tight).unwrap_or_default();
    let paint = match matrix {
        Some(_) => paint(character, font_size, tight.unwrap_or(loose), backgrounds),
        None => Paint::Visible,
    };
    let direction = matrix.map(|matrix| (matrix.a(), matrix.b()));
    Character { code: character.unicode_value(), tight, loose, direction, font_size, paint }
}

fn paint(
    character: &PdfPageTextChar<'_>,
    font_size: f32,
    edges: Edges,
    backgrounds: &mut Backgrounds<'_>,
) -> Paint {
    match character.render_mode() {
        Ok(PdfPageTextRenderMode::Invisible | PdfPageTextRenderMode::InvisibleClipping) => {
            return Paint::Invisible;
        }
        Ok(PdfPageTextRenderMode::StrokedUnfilled | PdfPageTextRenderMode::StrokedUnfilledClipping) => {
            return Paint::Visible;
        }
        _ => {}
    }
    let is_tiny = font_size < MIN_FONT_SIZE && edges.height() < MIN_FONT_SIZE;
    let colour = character.fill_color().ok();
    let is_clear = colour.is_some_and(|colour| colour.alpha() == 0);
    let is_white_on_white = colour.is_some_and(is_white) && !backgrounds.shows(edges.centre());
    if is_tiny || is_clear || is_white_on_white { Paint::Hidden } else { Paint::Visible }
}

fn is_white(colour: PdfColor) -> bool {
    [colour.red(), colour.green(), colour.blue()].iter().all(|channel| *channel >= WHITE)
}

/// The backgrounds on which white text would be visible. Collected when the first white character
/// is found.
struct Backgrounds<'a> {
    page: &'a PdfPage<'a>,
    found: Option<Vec<Edges>>,
}

impl<'a> Backgrounds<'a> {
    const fn of(page: &'a PdfPage<'a>) -> Self {
        Self { page, found: None }
    }

    /// Whether white text is visible at this point: whether a background that is not white may be
    /// below it.
    fn shows(&mut self, point: (f32, f32)) -> bool {
        let page = self.page;
        let found = self.found.get_or_insert_with(|| {
            page.objects().iter().take(MAX_OBJECTS).filter_map(|object| background(&object)).collect()
        });
        found.iter().any(|edges| edges.holds(point))
    }
}

/// The box of an object on which white text may be visible: a fill that is not white, or a picture,
/// shading or form, whose colours are unknown.
fn background(object: &PdfPageObject<'_>) -> Option<Edges> {
    let could_be_dark = match object {
        PdfPageObject::Text(_) => false,
        PdfPageObject::Path(path) => {
            let is_filled = !matches!(path.fill_mode(), Ok(PdfPathFillMode::None));
            is_filled && !path.fill_color().is_ok_and(is_white)
        }
        _ => true,
    };
    let bounds = object.bounds().ok().filter(|_| could_be_dark)?;
    Some(edges_of(&bounds.to_rect()))
}

/// Converts a rectangle of pdfium.
pub fn edges_of(rectangle: &PdfRect) -> Edges {
    Edges {
        left: rectangle.left().value,
        right: rectangle.right().value,
        low: rectangle.bottom().value,
        high: rectangle.top().value,
    }
}
