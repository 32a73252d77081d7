//! A page's content stream: drawings first, then the words, each at its own position, then the
//! accents that the fonts lack.

use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Buf, Content, Name, Str};

use super::accents;
use super::fonts::{FontBook, resource_name};
use crate::page::{Drawing, SyntheticPage, SyntheticWord};

/// The identity matrix.
const IDENTITY: [f32; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The content stream of a page, including the invisible words.
///
/// `placement` maps the upright page (origin at its lower left corner, y upwards) to the file's
/// coordinates.
pub(super) fn of<'a>(
    page: &SyntheticPage,
    invisible: impl Iterator<Item = &'a SyntheticWord>,
    placement: [f32; 6],
    fonts: &FontBook,
) -> Buf {
    let mut content = Content::new();
    if placement != IDENTITY {
        content.transform(placement);
    }
    let height = page.size.height_pt;
    for drawing in &page.drawings {
        draw(&mut content, drawing, height);
    }
    let mut invisible = invisible.peekable();
    if page.words.is_empty() && invisible.peek().is_none() {
        return content.finish();
    }
    content.set_fill_gray(0.0).begin_text();
    for word in &page.words {
        show(&mut content, word, height, fonts);
    }
    if invisible.peek().is_some() {
        content.set_text_rendering_mode(TextRenderingMode::Invisible);
    }
    for word in invisible {
        show(&mut content, word, height, fonts);
    }
    content.end_text();
    for word in &page.words {
        accents::draw(&mut content, word, height);
    }
    content.finish()
}

fn draw(content: &mut Content, drawing: &Drawing, page_height: f32) {
    match *drawing {
        Drawing::Rule { from, to, width } => {
            content.set_stroke_gray(0.0).set_line_width(width);
            content.move_to(from.0, page_height - from.1).line_to(to.0, page_height - to.1).stroke();
        }
        Drawing::Fill { edges: (left, top, right, bottom), gray } => {
            content.set_fill_gray(gray);
            content.rect(left, page_height - bottom, right - left, bottom - top).fill_nonzero();
        }
    }
}

/// Shows one word. Each run starts at the end of the previous one.
fn show(content: &mut Content, word: &SyntheticWord, page_height: f32, fonts: &FontBook) {
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, word.left, page_height - word.baseline]);
    content.set_horizontal_scaling(word.stretch * 100.0);
    for run in fonts.runs(word.typeface, &word.text) {
        content.set_font(Name(resource_name(run.font).as_bytes()), word.font_size);
        content.show(Str(&run.codes));
    }
}
