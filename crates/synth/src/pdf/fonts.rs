//! The fonts of a file: the code of each character in each font, and the font dictionaries.
//!
//! A font has at most 256 codes; a typeface with more characters uses as many fonts as necessary.

use std::collections::{BTreeMap, BTreeSet};

use pdf_writer::types::{FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str};

use super::References;
use super::encoding::{assignable_codes, glyph_name, win_ansi_code};
use crate::page::SyntheticWord;
use crate::typeface::Typeface;

/// A piece of a word that one font can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Index of the font in the file.
    pub(super) font: usize,
    /// The characters' codes.
    pub(super) codes: Vec<u8>,
}

/// One font of the file: a typeface and the characters of its codes.
struct EncodedFont {
    typeface: Typeface,
    characters: BTreeMap<u8, char>,
}

/// The fonts of a file.
pub(super) struct FontBook {
    fonts: Vec<EncodedFont>,
    places: BTreeMap<(Typeface, char), (usize, u8)>,
}

impl FontBook {
    /// The fonts that these words need.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a SyntheticWord>) -> Self {
        let mut needed: BTreeMap<Typeface, BTreeSet<char>> = BTreeMap::new();
        for word in words {
            needed.entry(word.typeface).or_default().extend(word.text.chars());
        }
        let fonts: Vec<EncodedFont> = needed
            .into_iter()
            .flat_map(|(typeface, characters)| {
                encode(characters).into_iter().map(move |characters| EncodedFont { typeface, characters })
            })
            .collect();
        let places = fonts
            .iter()
            .enumerate()
            .flat_map(|(index, font)| {
                font.characters
                    .iter()
                    .map(move |(code, character)| ((font.typeface, *character), (index, *code)))
            })
            .collect();
        Self { fonts, places }
    }

    /// The runs that show a text, in order. Characters that were not in the words of
    /// [`FontBook::of`] are dropped.
    pub(super) fn runs(&self, typeface: Typeface, text: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for &(font, code) in text.chars().filter_map(|character| self.places.get(&(typeface, character))) {
            match runs.last_mut() {
                Some(run) if run.font == font => run.codes.push(code),
                _ => runs.push(Run { font, codes: vec![code] }),
            }
        }
        runs
    }

    /// Writes the fonts; returns the entries of the pages' resources.
    pub(super) fn write(&self, pdf: &mut Pdf, references: &mut References) -> Vec<(String, Ref)> {
        self.fonts
            .iter()
            .enumerate()
            .map(|(index, font)| (resource_name(index), font.write(pdf, references)))
            .collect()
    }
}

/// The name of a font in the pages' resources.
pub(super) fn resource_name(font: usize) -> String {
    format!("F{}", font + 1)
}

/// The codes of characters: those of `WinAnsiEncoding` in the first font, then any free code.
fn encode(characters: BTreeSet<char>) -> Vec<BTreeMap<u8, char>> {
    let (inside, outside): (Vec<char>, Vec<char>) =
        characters.into_iter().partition(|character| win_ansi_code(*character).is_some());
    let mut current: BTreeMap<u8, char> =
        inside.into_iter().filter_map(|character| Some((win_ansi_code(character)?, character))).collect();
    let mut full = Vec::new();
    for character in outside {
        if let Some(code) = free_code(&current) {
            current.insert(code, character);
        } else if let Some(code) = assignable_codes().next() {
            full.push(std::mem::replace(&mut current, BTreeMap::from([(code, character)])));
        }
    }
    full.push(current);
    full
}

fn free_code(taken: &BTreeMap<u8, char>) -> Option<u8> {
    assignable_codes().find(|code| !taken.contains_key(code))
}

impl EncodedFont {
    /// Writes the font's dictionary, descriptor and character map.
    fn write(&self, pdf: &mut Pdf, references: &mut References) -> Ref {
        let (reference, descriptor, map) = (references.next(), references.next(), references.next());
        let first = self.characters.keys().next().copied().unwrap_or(0);
        let last = self.characters.keys().next_back().copied().unwrap_or(0);
        let mut font = pdf.type1_font(reference);
        font.base_font(Name(base_font(self.typeface))).first_char(first).last_char(last);
        font.widths((first..=last).map(|code| self.width(code))).font_descriptor(descriptor).to_unicode(map);
        self.write_encoding(&mut font);
        font.finish();
        self.write_descriptor(pdf, descriptor);
        pdf.stream(map, self.unicode_map().as_slice());
        reference
    }

    /// The width of a code in thousandths of an em; 0 for an unused code.
    fn width(&self, code: u8) -> f32 {
        let character = self.characters.get(&code);
        character.map_or(0.0, |character| f32::from(self.typeface.advance_in_thousandths(*character)))
    }

    fn write_encoding(&self, font: &mut pdf_writer::writers::Type1Font<'_>) {
        let mut differing = self
            .characters
            .iter()
            .filter(|(code, character)| win_ansi_code(**character) != Some(**code))
            .peekable();
        if differing.peek().is_none() {
            font.encoding_predefined(Name(b"WinAnsiEncoding"));
            return;
        }
        let mut encoding = font.encoding_custom();
        encoding.base_encoding(Name(b"WinAnsiEncoding"));
        let mut differences = encoding.differences();
        for (code, character) in differing {
            differences.consecutive(*code, [Name(glyph_name(*character).as_bytes())]);
        }
    }

    fn write_descriptor(&self, pdf: &mut Pdf, reference: Ref) {
        let (ascent, descent) = (self.typeface.ascent() * 1000.0, -self.typeface.descent() * 1000.0);
        pdf.font_descriptor(reference)
            .name(Name(base_font(self.typeface)))
            .flags(flags(self.typeface))
            .bbox(Rect::new(-170.0, descent, 1010.0, ascent))
            .italic_angle(if self.typeface.is_slanted() { -12.0 } else { 0.0 })
            .ascent(ascent)
            .descent(descent)
            .cap_height(700.0)
            .stem_v(if self.typeface.is_bold() { 140.0 } else { 85.0 });
    }

    fn unicode_map(&self) -> pdf_writer::Buf {
        let system = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };
        let mut map = UnicodeCmap::<u8>::new(Name(b"Adobe-Identity-UCS"), system);
        for (code, character) in &self.characters {
            map.pair(*code, *character);
        }
        map.finish()
    }
}

/// The name of the standard font.
const fn base_font(typeface: Typeface) -> &'static [u8] {
    match typeface {
        Typeface::Helvetica => b"Helvetica",
        Typeface::HelveticaBold => b"Helvetica-Bold",
        Typeface::HelveticaOblique => b"Helvetica-Oblique",
        Typeface::HelveticaBoldOblique => b"Helvetica-BoldOblique",
        Typeface::Times => b"Times-Roman",
        Typeface::TimesBold => b"Times-Bold",
        Typeface::TimesItalic => b"Times-Italic",
        Typeface::TimesBoldItalic => b"Times-BoldItalic",
        Typeface::Courier => b"Courier",
        Typeface::CourierBold => b"Courier-Bold",
        Typeface::CourierOblique => b"Courier-Oblique",
        Typeface::CourierBoldOblique => b"Courier-BoldOblique",
    }
}

fn flags(typeface: Typeface) -> FontFlags {
    let family = match typeface {
        Typeface::Times | Typeface::TimesBold | Typeface::TimesItalic | Typeface::TimesBoldItalic => {
            FontFlags::SERIF
        }
        Typeface::Courier
        | Typeface::CourierBold
        | Typeface::CourierOblique
        | Typeface::CourierBoldOblique => FontFlags::FIXED_PITCH | FontFlags::SERIF,
        _ => FontFlags::empty(),
    };
    let slant = if typeface.is_slanted() { FontFlags::ITALIC } else { FontFlags::empty() };
    FontFlags::NON_SYMBOLIC | family | slant
}
