//! Simulates the changes to words between printer and detector: boxes of other heights, words
//! joined or split by a reader, letters confused or words lost by an OCR engine, a page shifted and
//! scaled.
//!
//! It is applied to training pages, so that the model does not rely on exact boxes.

use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::Word;
use rand::Rng;

use crate::page::SyntheticPage;

/// A word as a detector would get it, with its label: the index of its class, and whether a span
/// starts.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledWord {
    /// The word.
    pub word: Word,
    /// The index of the word on the synthetic page; for joined words the first one's.
    pub source: usize,
    /// Whether a span starts with it.
    pub starts_span: bool,
}

/// The words of a page as a document reader would return them.
pub fn read_with_noise(page: &SyntheticPage, random: &mut impl Rng) -> Vec<LabelledWord> {
    let mut words = boxed(page, random);
    if random.random_bool(0.06) {
        confuse_letters(&mut words, random);
    }
    if random.random_bool(0.04) {
        words.retain(|_| !random.random_bool(0.03));
    }
    if random.random_bool(0.08) {
        words = glue(page, words, random);
    }
    if random.random_bool(0.05) {
        words = split(words, random);
    }
    shift_and_scale(&mut words, random);
    words
}

/// Boxes with one ascent and descent for the whole page: readers derive them from fonts, glyphs or
/// estimates.
fn boxed(page: &SyntheticPage, random: &mut impl Rng) -> Vec<LabelledWord> {
    let (ascent, descent) = if random.random_bool(0.25) {
        (random.random_range(0.66..0.80), random.random_range(0.0..0.2))
    } else {
        (random.random_range(0.82..1.08), random.random_range(0.17..0.32))
    };
    let own_heights = random.random_bool(0.2);
    let size = page.size;
    let boxed = |(source, word): (usize, &crate::page::SyntheticWord)| {
        let mut read = word.to_word(size);
        if !own_heights {
            read.bounds = BoundingBox::from_edges(
                word.left / size.width_pt,
                (word.baseline - ascent * word.font_size) / size.height_pt,
                word.right / size.width_pt,
                (word.baseline + descent * word.font_size) / size.height_pt,
            );
        }
        LabelledWord { word: read, source, starts_span: word.starts_span }
    };
    page.words.iter().enumerate().map(boxed).collect()
}

fn confuse_letters(words: &mut [LabelledWord], random: &mut impl Rng) {
    const CONFUSED: [(char, char); 14] = [
        ('O', '0'),
        ('0', 'O'),
        ('1', 'l'),
        ('l', '1'),
        ('I', 'l'),
        ('5', 'S'),
        ('8', 'B'),
        (',', '.'),
        ('ü', 'u'),
        ('ä', 'a'),
        ('ö', 'o'),
        ('é', 'e'),
        ('å', 'a'),
        ('ø', 'o'),
    ];
    for labelled in words {
        if !random.random_bool(0.08) {
            continue;
        }
        let confuse = |letter: char| {
            let other = CONFUSED.iter().find(|(from, _)| *from == letter).map(|(_, to)| *to);
            other.filter(|_| random.random_bool(0.4)).unwrap_or(letter)
        };
        labelled.word.text = labelled.word.text.chars().map(confuse).collect();
    }
}

/// Joins some words with the next one if the gap is small and both have one class.
fn glue(page: &SyntheticPage, words: Vec<LabelledWord>, random: &mut impl Rng) -> Vec<LabelledWord> {
    let class = |labelled: &LabelledWord| page.words.get(labelled.source).and_then(|word| word.class);
    let mut glued: Vec<LabelledWord> = Vec::with_capacity(words.len());
    for next in words {
        let joins = glued.last().is_some_and(|last: &LabelledWord| {
            let gap = next.word.bounds.left - last.word.bounds.right();
            let same_line = (next.word.bounds.middle() - last.word.bounds.middle()).abs() < 0.002;
            same_line
                && (0.0..0.012).contains(&gap)
                && class(last) == class(&next)
                && !next.starts_span
                && last.word.text.len() + next.word.text.len() < 30
                && random.random_bool(0.12)
        });
        match glued.last_mut() {
            Some(last) if joins => {
                last.word.text.push_str(&next.word.text);
                last.word.bounds = last.word.bounds.union(&next.word.bounds);
            }
            _ => glued.push(next),
        }
    }
    glued
}

/// Splits some longer words in two.
fn split(words: Vec<LabelledWord>, random: &mut impl Rng) -> Vec<LabelledWord> {
    let mut halves = Vec::with_capacity(words.len());
    for labelled in words {
        let letters: Vec<char> = labelled.word.text.chars().collect();
        if letters.len() < 5 || !random.random_bool(0.04) {
            halves.push(labelled);
            continue;
        }
        let cut = random.random_range(2..letters.len() - 1);
        let share = cut as f32 / letters.len() as f32;
        let bounds = labelled.word.bounds;
        let part = |letters: &[char], left: f32, width: f32, starts_span: bool| LabelledWord {
            word: Word {
                text: letters.iter().collect(),
                bounds: BoundingBox { left, width, ..bounds },
                font_size: labelled.word.font_size,
            },
            source: labelled.source,
            starts_span,
        };
        let (head, tail) = letters.split_at(cut);
        halves.push(part(head, bounds.left, bounds.width * share, labelled.starts_span));
        halves.push(part(tail, bounds.left + bounds.width * share, bounds.width * (1.0 - share), false));
    }
    halves
}

fn shift_and_scale(words: &mut [LabelledWord], random: &mut impl Rng) {
    let scale = random.random_range(0.93..1.06_f32);
    let (right, down) = (random.random_range(-0.02..0.02_f32), random.random_range(-0.015..0.015_f32));
    for labelled in words {
        let bounds = &mut labelled.word.bounds;
        let moved = |edge: f32, by: f32| (edge - 0.5) * scale + 0.5 + by;
        *bounds = BoundingBox::from_edges(
            moved(bounds.left, right),
            moved(bounds.top, down),
            moved(bounds.right(), right),
            moved(bounds.bottom(), down),
        );
    }
}
