//! Any characters with any boxes as a page: whatever numbers a file puts there, words lie on the page, each of
//! them in one line, and the domain can read it.
#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use fieldmark_document_reader::fuzzing::{Character, Edges, PageFrame, Paint, QuarterTurns, read_page};
use fieldmark_domain::content::{DocumentContent, FileMetadata};
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::{Page, PageSize, TextLayer, TextVerdict, Word};
use fieldmark_domain::reading::{ReadingOptions, read_fields};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Sheet {
    width: u16,
    height: u16,
    corner: (f32, f32),
    turns: u8,
    picture_share: u8,
    drawn: Vec<Drawn>,
}

/// A character as writing goes on, or as anything can be.
#[derive(Debug, Arbitrary)]
enum Drawn {
    /// Beside the last one, as far away as so many tenths of a point.
    Next { letter: u8, step: i8 },
    /// Where a line begins, in points from the sheet's corner.
    Line { letter: u8, left: u16, low: u16, font_size: u8 },
    Anything {
        code: u32,
        tight: Option<Corners>,
        loose: Corners,
        direction: Option<(Number, Number)>,
        font_size: Number,
        paint: u8,
    },
}

type Corners = (Number, Number, Number, Number);

/// A number as boxes have it, or one at the end of what numbers can be, or any other.
#[derive(Debug, Clone, Copy)]
struct Number(f32);

impl<'a> Arbitrary<'a> for Number {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        const ENDS: [f32; 8] =
            [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, f32::MIN_POSITIVE, -0.0, 1.0];
        Ok(Self(match bytes.arbitrary::<u8>()? {
            0..200 => f32::from(bytes.arbitrary::<i16>()?) / 16.0,
            200..240 => *bytes.choose(&ENDS)?,
            240.. => bytes.arbitrary()?,
        }))
    }
}

fuzz_target!(|sheet: Sheet| {
    let frame = frame_of(&sheet);
    let share = f32::from(sheet.picture_share) / 255.0;
    let (words, size, text_layer) = read_page(&characters(&sheet, frame), frame, share);
    is_sound(&words, size, &text_layer);
    let page = Page { number: 1, size, words, text_layer, raster: None };
    let document = DocumentContent {
        media_type: MediaType::Pdf,
        metadata: FileMetadata::default(),
        pages: vec![page],
        page_count: 1,
        electronic_invoices: Vec::new(),
        unread: Vec::new(),
    };
    let _ = read_fields(&document, &[], &ReadingOptions { threshold: 0.0, with_candidates: true, ..ReadingOptions::default() });
});

/// The reader takes no other sheets than those of at most a million points a side, whose edges are numbers.
fn frame_of(sheet: &Sheet) -> PageFrame {
    let (width, height) = (f32::from(sheet.width) + 1.0, f32::from(sheet.height) + 1.0);
    let corner = |edge: f32| if edge.is_finite() { edge.clamp(-1e6, 1e6) } else { 0.0 };
    let (left, low) = (corner(sheet.corner.0), corner(sheet.corner.1));
    let shown = Edges { left, right: left + width, low, high: low + height };
    PageFrame { shown, turns: QuarterTurns::new(sheet.turns) }
}

fn characters(sheet: &Sheet, frame: PageFrame) -> Vec<Character> {
    let mut last = written(b'-', frame.shown.left, frame.shown.low, 10.0);
    let mut characters = Vec::with_capacity(sheet.drawn.len());
    for drawn in &sheet.drawn {
        last = match *drawn {
            Drawn::Next { letter, step } => {
                let left = last.loose.right + f32::from(step) / 10.0;
                written(letter, left, last.loose.low, last.font_size)
            }
            Drawn::Line { letter, left, low, font_size } => {
                let (left, low) = (frame.shown.left + f32::from(left), frame.shown.low + f32::from(low));
                written(letter, left, low, f32::from(font_size))
            }
            Drawn::Anything { code, tight, loose, direction, font_size, paint } => Character {
                code,
                tight: tight.map(edges),
                loose: edges(loose),
                direction: direction.map(|(x, y)| (x.0, y.0)),
                font_size: font_size.0,
                paint: [Paint::Visible, Paint::Invisible, Paint::Hidden][usize::from(paint % 3)],
            },
        };
        characters.push(last);
    }
    characters
}

/// A letter of Latin-1 with a usual box.
fn written(letter: u8, left: f32, low: f32, font_size: f32) -> Character {
    let right = left + font_size / 2.0;
    Character {
        code: letter.into(),
        tight: (letter != b' ').then_some(Edges { left, right, low, high: low + 0.7 * font_size }),
        loose: Edges { left, right, low: low - 0.2 * font_size, high: low + 0.9 * font_size },
        direction: Some((1.0, 0.0)),
        font_size,
        paint: Paint::Visible,
    }
}

fn edges((left, right, low, high): Corners) -> Edges {
    Edges { left: left.0, right: right.0, low: low.0, high: high.0 }
}

fn is_sound(words: &[Word], size: PageSize, text_layer: &TextLayer) {
    assert!(size.width_pt > 0.0 && size.height_pt > 0.0);
    for word in words {
        assert!(!word.text.is_empty() && !word.text.contains(char::is_whitespace), "{word:?}");
        let bounds = word.bounds;
        for edge in [bounds.left, bounds.top, bounds.right(), bounds.bottom()] {
            assert!((0.0..=1.000_001).contains(&edge), "{word:?}");
        }
        assert!(bounds.width >= 0.0 && bounds.height >= 0.0, "{word:?}");
        assert!(word.font_size.is_finite() && word.font_size >= 0.0, "{word:?}");
    }
    let mut order: Vec<usize> = PageLayout::of(words, size).reading_order().collect();
    order.sort_unstable();
    assert!(order.into_iter().eq(0..words.len()), "every word stands in one line");
    if words.is_empty() {
        assert_eq!(text_layer.verdict, TextVerdict::None);
    }
    assert!(text_layer.verdict == TextVerdict::Good || !text_layer.reasons.is_empty());
}
