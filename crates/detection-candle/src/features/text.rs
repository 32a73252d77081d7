//! A word's text as rows of a hashed embedding table: the whole word, its prefixes and suffixes,
//! its letter n-grams, and its shape. Letters are lower-cased and all digits are mapped to one, so
//! that the rows describe the kind of word and not which number it is.
//!
//! The scheme is that of Bojanowski et al., "Enriching Word Vectors with Subword Information"
//! (TACL 2017), with FNV-1a as the hash.

use unicode_normalization::UnicodeNormalization;

/// Maximum number of rows of a word; unused ones are 0.
pub const IDS: usize = 18;
/// Number of rows for text.
pub const TEXT_ROWS: usize = 1 << 14;
/// Number of rows for shapes.
pub const SHAPE_ROWS: usize = 1 << 11;

/// Only this many characters of a word are used for n-grams.
const MAX_NGRAM_CHARACTERS: usize = 20;

/// The rows of a word.
pub fn ids(word: &str) -> [u16; IDS] {
    let text: String = word.nfkc().collect();
    let core: String = text.to_lowercase().trim_matches(|c| ".,;:()[]|*\"'#".contains(c)).to_owned();
    let masked: String = core.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let mut rows = Rows::default();
    rows.push_text('w', &masked);
    let framed: Vec<char> = std::iter::once('<')
        .chain(masked.chars().take(MAX_NGRAM_CHARACTERS))
        .chain(std::iter::once('>'))
        .collect();
    let slice = |from: usize, to: usize| framed.get(from..to).unwrap_or_default().iter().collect::<String>();
    let length = framed.len();
    rows.push_text('p', &slice(0, length.min(4)));
    rows.push_text('s', &slice(length.saturating_sub(4), length));
    rows.push_text('q', &slice(0, length.min(6)));
    for size in [3, 4] {
        for start in 0..(length + 1).saturating_sub(size) {
            rows.push_text(if size == 3 { '3' } else { '4' }, &slice(start, start + size));
        }
    }
    let shape: Vec<char> = text.chars().map(shape_of).collect();
    rows.push_shape('f', &run_length_at_most(&shape, 4));
    rows.push_shape('c', &run_length_at_most(&shape, 1));
    rows.rows
}

#[derive(Default)]
struct Rows {
    rows: [u16; IDS],
    count: usize,
}

impl Rows {
    /// Adds a text row; the last two places are reserved for shapes.
    fn push_text(&mut self, kind: char, text: &str) {
        if self.count + 2 < IDS {
            self.push(1 + hash(kind, text) % TEXT_ROWS as u64);
        }
    }

    fn push_shape(&mut self, kind: char, shape: &str) {
        self.push((1 + TEXT_ROWS) as u64 + hash(kind, shape) % SHAPE_ROWS as u64);
    }

    fn push(&mut self, row: u64) {
        let row = u16::try_from(row).unwrap_or(0);
        let known = self.rows.iter().take(self.count).any(|other| *other == row);
        if let (false, Some(slot)) = (known, self.rows.get_mut(self.count)) {
            *slot = row;
            self.count += 1;
        }
    }
}

fn shape_of(letter: char) -> char {
    if letter.is_numeric() {
        '0'
    } else if letter.is_uppercase() {
        'X'
    } else if letter.is_alphabetic() {
        'x'
    } else {
        letter
    }
}

fn run_length_at_most(shape: &[char], longest: usize) -> String {
    let mut short = String::new();
    let mut run = 0;
    let mut previous = None;
    for &letter in shape {
        run = if previous == Some(letter) { run + 1 } else { 1 };
        previous = Some(letter);
        if run <= longest {
            short.push(letter);
        }
    }
    short
}

/// FNV-1a, 64 bits, folded so that the low bits depend on all bits.
fn hash(kind: char, text: &str) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(u32::from(kind));
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state ^ (state >> 29) ^ (state >> 47)
}
