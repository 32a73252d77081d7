//! Turns a page's characters into words: rotates them upright, cuts them to the visible box,
//! removes double prints, groups and spells them, and sorts them in reading order.

use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::{PageSize, Word};

use super::character::{Character, Edges, Paint};
use super::grouping::{self, PlacedCharacter, PlacedWord};
use super::orientation::{turns_of_text, turns_to_level};
use super::overprint::Prints;
use super::page_frame::PageFrame;
use super::spelling::{self, Meaning};
use super::tracking::join_letter_spaced;

/// Maximum number of words of a page: twice as many as the fullest invoice page has. The time for
/// page layout grows with the square of their number.
pub const MAX_WORDS: usize = 3_000;
/// The share of visible characters from which visible text counts as the page's own text although
/// the page also has invisible text. A stamp or a footer on a scan has a smaller share.
const VISIBLE_SHARE: f32 = 0.2;
/// A box from ascent to descent is used if its height is within these multiples of the font size.
const PLAUSIBLE_HEIGHT: std::ops::RangeInclusive<f32> = 0.5..=2.2;
/// Descent and height of a usual typeface as multiples of the font size, for fonts that do not
/// state them.
const USUAL_DESCENT: f32 = 0.22;
const USUAL_HEIGHT: f32 = 1.12;
/// The height of a capital letter of a usual typeface, as a multiple of the font size.
const USUAL_CAPITAL: f32 = 0.72;

/// The words of a page and what was found while reading them.
#[derive(Debug, Clone, PartialEq)]
pub struct PageText {
    /// The words in reading order.
    pub words: Vec<Word>,
    /// The page's frame, rotated so that most of its text is level.
    pub frame: PageFrame,
    /// Whether the words come from invisible text, such as an OCR layer over a scan.
    pub is_invisible: bool,
    /// How many words were dropped because the page has too many.
    pub left_out: usize,
}

/// Reads the words of a page from its characters in drawing order.
pub fn read(characters: &[Character], frame: PageFrame) -> PageText {
    let frame = frame.turned(turns_of_text(characters, &frame));
    let is_invisible = reads_invisible(characters, &frame);
    let placed = placed(characters, &frame, is_invisible);
    let size = frame.size();
    let mut words: Vec<Word> = join_letter_spaced(grouping::words(placed))
        .into_iter()
        .filter_map(|word| finished(word, size))
        .collect();
    let left_out = words.len().saturating_sub(MAX_WORDS);
    words.truncate(MAX_WORDS);
    PageText { words: in_reading_order(words, size), frame, is_invisible, left_out }
}

/// The visible characters in their places, and the gaps between them.
fn placed(characters: &[Character], frame: &PageFrame, is_invisible: bool) -> Vec<Option<PlacedCharacter>> {
    let mut prints = Prints::default();
    let mut placed = Vec::with_capacity(characters.len());
    let mut rest = characters;
    while let Some((character, after)) = rest.split_first() {
        let (code, after) = whole_code(character, after);
        rest = after;
        let is_wanted = match character.paint {
            Paint::Visible => true,
            Paint::Invisible => is_invisible,
            Paint::Hidden => false,
        };
        let text = match spelling::meaning(code) {
            Meaning::Character(text) => Some(text),
            Meaning::Nothing => Some(spelling::UNSEEN),
            Meaning::Unknown if character.tight.is_some() => Some(spelling::UNKNOWN),
            Meaning::Unknown | Meaning::Gap => None,
        };
        match text {
            None => placed.push(None),
            Some(text) if is_wanted => placed.extend(place(character, text, frame, &mut prints).map(Some)),
            Some(_) => {}
        }
    }
    placed
}

/// Whether to read invisible text. If the page has almost no other text, it is the result of OCR;
/// otherwise it repeats the visible text or differs from what the page shows.
fn reads_invisible(characters: &[Character], frame: &PageFrame) -> bool {
    let count = |paint: Paint| {
        let counts = |character: &&Character| {
            character.paint == paint
                && matches!(spelling::meaning(character.code), Meaning::Character(_) | Meaning::Unknown)
                && frame.shown.holds(character.loose.centre())
        };
        characters.iter().filter(counts).count() as f32
    };
    let (visible, invisible) = (count(Paint::Visible), count(Paint::Invisible));
    invisible > 0.0 && visible < VISIBLE_SHARE * (visible + invisible)
}

/// Joins a surrogate pair; returns other characters unchanged.
fn whole_code<'a>(character: &Character, after: &'a [Character]) -> (u32, &'a [Character]) {
    let joined = after
        .split_first()
        .and_then(|(low, after)| Some((spelling::joined(character.code, low.code)?, after)));
    joined.unwrap_or((character.code, after))
}

/// Places a character on the page as shown; `None` when it is outside the page, not level, already
/// printed, or too small to read.
fn place(
    character: &Character,
    text: char,
    frame: &PageFrame,
    prints: &mut Prints,
) -> Option<PlacedCharacter> {
    let made_up = character.direction.is_none();
    if !made_up && turns_to_level(character, frame)?.steps() != 0 {
        return None;
    }
    let edges = seen_edges(character, frame)?;
    let size = frame.size();
    let sheet = Edges { left: 0.0, right: size.width_pt, low: 0.0, high: size.height_pt };
    if !sheet.holds(edges.centre()) || prints.repeats(u32::from(text), &edges) {
        return None;
    }
    let font_size = character.usable_font_size().unwrap_or(edges.height());
    let loose = frame.place(&character.loose);
    let advance = if loose.has_area() { (loose.left, loose.right) } else { (edges.left, edges.right) };
    Some(PlacedCharacter { character: text, edges, advance, font_size })
}

/// Left and right from the glyph, where it has a box; ascent and descent from the font, where they
/// are plausible.
fn seen_edges(character: &Character, frame: &PageFrame) -> Option<Edges> {
    let loose = frame.place(&character.loose);
    let tight = character.tight.map(|tight| frame.place(&tight)).filter(Edges::has_area);
    let (left, right) = match tight {
        Some(tight) => (tight.left, tight.right),
        None => (loose.left, loose.right),
    };
    let (low, high) = match tight {
        Some(tight) if !is_plausible(&loose, &tight, character.usable_font_size()) => {
            usual_heights(&tight, character.usable_font_size())
        }
        _ => (loose.low, loose.high),
    };
    let edges = Edges { left, right, low, high };
    (edges.is_finite() && edges.width() >= 0.0 && edges.height() > 0.3).then_some(edges)
}

fn is_plausible(loose: &Edges, tight: &Edges, font_size: Option<f32>) -> bool {
    let reaches = loose.low <= tight.centre().1 && loose.high >= tight.centre().1;
    loose.has_area()
        && reaches
        && font_size.is_none_or(|size| PLAUSIBLE_HEIGHT.contains(&(loose.height() / size)))
}

/// A line of usual height around a glyph. The glyph is assumed to sit on the baseline unless it
/// reaches below it.
fn usual_heights(tight: &Edges, font_size: Option<f32>) -> (f32, f32) {
    let font_size = font_size.unwrap_or(tight.height() / USUAL_CAPITAL);
    let bottom = tight.high + USUAL_DESCENT * font_size;
    (bottom - USUAL_HEIGHT * font_size, bottom)
}

/// The word with its final spelling and its box in fractions of the page; `None` when no text is
/// left.
fn finished(word: PlacedWord, size: PageSize) -> Option<Word> {
    let text = spelling::normalised(&word.text);
    let (across, down) =
        (|x: f32| (x / size.width_pt).clamp(0.0, 1.0), |y: f32| (y / size.height_pt).clamp(0.0, 1.0));
    let edges = word.edges;
    let bounds =
        BoundingBox::from_edges(across(edges.left), down(edges.low), across(edges.right), down(edges.high));
    (!text.is_empty()).then_some(Word { text, bounds, font_size: word.font_size })
}

fn in_reading_order(words: Vec<Word>, size: PageSize) -> Vec<Word> {
    let order: Vec<usize> = PageLayout::of(&words, size).reading_order().collect();
    let mut words: Vec<Option<Word>> = words.into_iter().map(Some).collect();
    order.into_iter().filter_map(|index| words.get_mut(index)?.take()).collect()
}
