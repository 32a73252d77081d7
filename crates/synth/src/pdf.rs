//! Writes synthetic pages as PDF files: the standard fonts by name, each word exactly at its
//! position.
//!
//! The same pages and options result in the same bytes. Knows nothing of invoices: a page's labels
//! are not written to the file. Follows ISO 32000-1 (PDF 1.7), `/AF` of ISO 32000-2. Does not
//! encrypt.

mod accents;
mod attachments;
mod content;
mod encoding;
mod fonts;

use fieldmark_domain::page::PageSize;
use pdf_writer::{Date, Finish, Name, Pdf, Rect, Ref, TextStr};

pub use attachments::Attachment;

use crate::page::{SyntheticPage, SyntheticWord};
use attachments::WrittenAttachment;
use fonts::FontBook;

/// The identifier of every file: it is fixed, so that equal input results in equal bytes.
const FILE_IDENTIFIER: &[u8] = b"fieldmark-synth\0";

/// How a viewer rotates a page before it shows it. The content is rotated in the opposite
/// direction, so that the page appears upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rotation {
    /// Not at all.
    #[default]
    Upright,
    /// By 90 degrees clockwise.
    Clockwise90,
    /// By 180 degrees.
    UpsideDown,
    /// By 270 degrees clockwise.
    Clockwise270,
}

impl Rotation {
    /// Every rotation.
    pub const ALL: &'static [Self] =
        &[Self::Upright, Self::Clockwise90, Self::UpsideDown, Self::Clockwise270];

    /// The value of `/Rotate`.
    const fn degrees(self) -> i32 {
        match self {
            Self::Upright => 0,
            Self::Clockwise90 => 90,
            Self::UpsideDown => 180,
            Self::Clockwise270 => 270,
        }
    }
}

/// A crop box inside a larger media box: the viewer shows only the content of the crop box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    /// The crop box's lower left corner in the file's coordinates, in points; any sign.
    pub origin: (f32, f32),
    /// The margin of the media box around the crop box on each side, in points, not below 0.
    pub margin: f32,
}

/// The options of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PdfOptions {
    /// The title in the information dictionary.
    pub title: Option<String>,
    /// The author in the information dictionary.
    pub author: Option<String>,
    /// The rotation of every page.
    pub rotation: Rotation,
    /// The crop box of every page; without it the media box is the page, with its origin at 0, 0.
    pub crop: Option<Crop>,
    /// Embedded files.
    pub attachments: Vec<Attachment>,
    /// Words that are in the text but not drawn (text rendering mode 3), each with the index of its
    /// page, counted from 0. Words of missing pages are ignored.
    pub invisible_words: Vec<(usize, SyntheticWord)>,
}

impl PdfOptions {
    /// The invisible words of one page.
    fn invisible_on(&self, page: usize) -> impl Iterator<Item = &SyntheticWord> {
        self.invisible_words.iter().filter(move |(index, _)| *index == page).map(|(_, word)| word)
    }
}

/// Writes pages to a file. Without pages the result is a well-formed file without pages.
#[must_use]
pub fn write(pages: &[SyntheticPage], options: &PdfOptions) -> Vec<u8> {
    let mut references = References::new();
    let mut pdf = Pdf::new();
    pdf.set_file_id((FILE_IDENTIFIER.to_vec(), FILE_IDENTIFIER.to_vec()));
    let (catalog, page_tree) = (references.next(), references.next());

    let visible = pages.iter().flat_map(|page| page.words.iter());
    let invisible = options.invisible_words.iter().map(|(_, word)| word);
    let fonts = FontBook::of(visible.chain(invisible));
    let font_references = fonts.write(&mut pdf, &mut references);
    let attached = attachments::write(&options.attachments, &mut pdf, &mut references);

    let kids: Vec<Ref> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| {
            let content =
                content::of(page, options.invisible_on(index), placement(page.size, options), &fonts);
            let content_reference = references.next();
            pdf.stream(content_reference, &content);
            write_page(
                &mut pdf,
                references.next(),
                page.size,
                options,
                page_tree,
                content_reference,
                &font_references,
            )
        })
        .collect();
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(page_tree).kids(kids).count(count);

    write_catalog(&mut pdf, catalog, page_tree, &attached);
    write_information(&mut pdf, references.next(), options);
    pdf.finish()
}

/// Assigns object numbers.
struct References(Ref);

impl References {
    const fn new() -> Self {
        Self(Ref::new(1))
    }

    fn next(&mut self) -> Ref {
        self.0.bump()
    }
}

/// The matrix from the upright page (origin at its lower left corner, y upwards) to the file's coordinates.
fn placement(size: PageSize, options: &PdfOptions) -> [f32; 6] {
    let (x, y) = options.crop.map_or((0.0, 0.0), |crop| crop.origin);
    let (width, height) = (size.width_pt, size.height_pt);
    match options.rotation {
        Rotation::Upright => [1.0, 0.0, 0.0, 1.0, x, y],
        Rotation::Clockwise90 => [0.0, 1.0, -1.0, 0.0, x + height, y],
        Rotation::UpsideDown => [-1.0, 0.0, 0.0, -1.0, x + width, y + height],
        Rotation::Clockwise270 => [0.0, -1.0, 1.0, 0.0, x, y + width],
    }
}

/// The visible box, in the file's coordinates, before its rotation.
fn shown_box(size: PageSize, options: &PdfOptions) -> Rect {
    let (x, y) = options.crop.map_or((0.0, 0.0), |crop| crop.origin);
    let (width, height) = match options.rotation {
        Rotation::Upright | Rotation::UpsideDown => (size.width_pt, size.height_pt),
        Rotation::Clockwise90 | Rotation::Clockwise270 => (size.height_pt, size.width_pt),
    };
    Rect::new(x, y, x + width, y + height)
}

/// Writes one page's dictionary and returns its reference.
fn write_page(
    pdf: &mut Pdf,
    reference: Ref,
    size: PageSize,
    options: &PdfOptions,
    parent: Ref,
    content: Ref,
    fonts: &[(String, Ref)],
) -> Ref {
    let shown = shown_box(size, options);
    let margin = options.crop.map_or(0.0, |crop| crop.margin.max(0.0));
    let mut page = pdf.page(reference);
    page.parent(parent).contents(content);
    page.media_box(Rect::new(shown.x1 - margin, shown.y1 - margin, shown.x2 + margin, shown.y2 + margin));
    if options.crop.is_some() {
        page.crop_box(shown);
    }
    if options.rotation != Rotation::Upright {
        page.rotate(options.rotation.degrees());
    }
    let mut resources = page.resources();
    let mut dictionary = resources.fonts();
    for (name, font) in fonts {
        dictionary.pair(Name(name.as_bytes()), font);
    }
    dictionary.finish();
    resources.finish();
    page.finish();
    reference
}

/// Writes the document's root.
fn write_catalog(pdf: &mut Pdf, reference: Ref, page_tree: Ref, attached: &[WrittenAttachment<'_>]) {
    let mut catalog = pdf.catalog(reference);
    catalog.pages(page_tree);
    attachments::announce(attached, &mut catalog);
    catalog.finish();
}

/// Writes the file's metadata. The date is fixed, like the identifier.
fn write_information(pdf: &mut Pdf, reference: Ref, options: &PdfOptions) {
    let mut information = pdf.document_info(reference);
    if let Some(title) = &options.title {
        information.title(TextStr(title));
    }
    if let Some(author) = &options.author {
        information.author(TextStr(author));
    }
    information.producer(TextStr("fieldmark-synth"));
    information.creation_date(Date::new(2020).month(1).day(1).hour(0).minute(0).second(0).utc_offset_hour(0));
    information.finish();
}

#[cfg(test)]
mod tests;
