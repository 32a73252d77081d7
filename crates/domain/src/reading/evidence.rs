//! A page together with the detector's scores for each of its words.
//!
//! Knows geometry and scores; does not know the form of values.

use crate::detection::{BlockRole, Detection, SpanClass};
use crate::geometry::{BoundingBox, PageBox};
use crate::layout::{PageLayout, PlacedWord};
use crate::page::Page;

/// Words of one line that form one value or caption.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// The page, as an index into the document's pages.
    pub page: usize,
    /// Indices of the words, from left to right.
    pub words: Vec<usize>,
    /// The detector's score, 0..1.
    pub score: f32,
}

/// A page, its lines, and the detector's spans.
pub(super) struct PageEvidence<'a> {
    pub page: &'a Page,
    pub layout: PageLayout,
    /// Every block with its role.
    pub blocks: Vec<Block>,
    spans: Vec<(SpanClass, Span)>,
    scores: Vec<Vec<(SpanClass, f32)>>,
    block_of: Vec<Option<usize>>,
}

/// Words of several lines that form a block with one role.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub role: BlockRole,
    /// The role's score, 0..1.
    pub score: f32,
    /// Indices of the words, ascending.
    pub words: Vec<usize>,
}

impl<'a> PageEvidence<'a> {
    pub fn new(index: usize, page: &'a Page, detections: &[Detection]) -> Self {
        let layout = PageLayout::of(&page.words, page.size);
        let spans: Vec<(SpanClass, Span)> =
            detections.iter().filter_map(|detection| span(index, page, &layout, detection)).collect();
        let block = |(class, span): &(SpanClass, Span)| match class {
            SpanClass::Block(role) => {
                Some(Block { role: *role, score: span.score, words: span.words.clone() })
            }
            _ => None,
        };
        let blocks: Vec<Block> = spans.iter().filter_map(block).collect();
        let mut block_of = vec![None; page.words.len()];
        for (number, block) in blocks.iter().enumerate() {
            for word in &block.words {
                if let Some(slot) = block_of.get_mut(*word) {
                    *slot = Some(number);
                }
            }
        }
        let mut scores = vec![Vec::new(); page.words.len()];
        let of_words = |class: &SpanClass| !matches!(class, SpanClass::Block(_) | SpanClass::Document(_));
        for (class, span) in spans.iter().filter(|(class, _)| of_words(class)) {
            for word in &span.words {
                if let Some(scores) = scores.get_mut(*word) {
                    raise(scores, *class, span.score);
                }
            }
        }
        Self { page, layout, blocks, spans, scores, block_of }
    }

    /// The block that contains a word.
    pub fn block(&self, word: usize) -> Option<&Block> {
        self.blocks.get((*self.block_of.get(word)?)?)
    }

    /// The role of the block that contains most of the words, and its score.
    pub fn role(&self, words: &[usize]) -> Option<(BlockRole, f32)> {
        let mut roles: Vec<(BlockRole, f32)> = Vec::new();
        for block in words.iter().filter_map(|word| self.block(*word)) {
            match roles.iter_mut().find(|(role, _)| *role == block.role) {
                Some((_, score)) => *score += block.score,
                None => roles.push((block.role, block.score)),
            }
        }
        let best = roles.into_iter().max_by(|one, other| one.1.total_cmp(&other.1));
        best.map(|(role, score)| (role, score / words.len().max(1) as f32))
    }

    /// The detector's spans of a class.
    pub fn spans(&self, class: SpanClass) -> impl Iterator<Item = &Span> {
        self.spans.iter().filter(move |(of, _)| *of == class).map(|(_, span)| span)
    }

    /// Every span of the detector.
    pub fn all_spans(&self) -> impl Iterator<Item = &(SpanClass, Span)> {
        self.spans.iter()
    }

    pub fn text(&self, word: usize) -> &'a str {
        self.page.words.get(word).map_or("", |word| word.text.as_str())
    }

    /// The texts of words, joined by single spaces.
    pub fn joined(&self, words: &[usize]) -> String {
        words.iter().map(|word| self.text(*word)).collect::<Vec<_>>().join(" ")
    }

    pub fn placed(&self, word: usize) -> PlacedWord {
        let nowhere = PlacedWord { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0, line: 0, position: 0 };
        self.layout.words.get(word).copied().unwrap_or(nowhere)
    }

    /// The detector's score of a class on a word; 0 without a detection.
    pub fn score(&self, word: usize, class: SpanClass) -> f32 {
        let scores = self.scores.get(word).map_or(&[][..], Vec::as_slice);
        scores.iter().find(|(of, _)| *of == class).map_or(0.0, |(_, score)| *score)
    }

    /// The mean score of a class over words.
    pub fn mean_score(&self, words: &[usize], class: SpanClass) -> f32 {
        words.iter().map(|word| self.score(*word, class)).sum::<f32>() / words.len().max(1) as f32
    }

    /// The most likely class of a word; `None` when no class is most likely.
    pub fn best_class(&self, word: usize) -> Option<(SpanClass, f32)> {
        let scores = self.scores.get(word)?;
        let nothing = 1.0 - scores.iter().map(|(_, score)| score).sum::<f32>();
        scores
            .iter()
            .copied()
            .max_by(|one, other| one.1.total_cmp(&other.1))
            .filter(|(_, score)| *score >= nothing)
    }

    pub fn next(&self, word: usize) -> Option<usize> {
        self.layout.neighbours.get(word)?.right
    }

    pub fn previous(&self, word: usize) -> Option<usize> {
        self.layout.neighbours.get(word)?.left
    }

    /// The gap between two words of a line, in heights of the left one.
    pub fn gap(&self, left: usize, right: usize) -> f32 {
        let (left, right) = (self.placed(left), self.placed(right));
        (right.left - left.right) / left.height()
    }

    /// The place of words.
    pub fn place(&self, words: &[usize]) -> Option<PageBox> {
        let boxes = words.iter().filter_map(|word| self.page.words.get(*word)).map(|word| &word.bounds);
        BoundingBox::union_of(boxes).map(|bounds| PageBox { page: self.page.number, bounds })
    }

    /// The words of the line after a word, from left to right.
    pub fn after(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.next(word), |word| self.next(*word))
    }

    /// The first word of the line below that may continue the text at a word: it starts at most
    /// `reach` heights to the left and only slightly to the right.
    pub fn line_below(&self, word: usize, reach: f32) -> Option<usize> {
        let start = self.placed(word);
        let height = start.height();
        self.layout.reading_order().find(|other| {
            let place = self.placed(*other);
            (0.6 * height..1.9 * height).contains(&(place.top - start.top))
                && (-reach * height..=1.2 * height).contains(&(place.left - start.left))
        })
    }

    /// The first word of the line above a word, if that line starts within `reach` heights of it.
    pub fn line_above(&self, word: usize, reach: f32) -> Option<usize> {
        let start = self.placed(word);
        let height = start.height();
        self.layout.reading_order().find(|other| {
            let place = self.placed(*other);
            (0.6 * height..1.9 * height).contains(&(start.top - place.top))
                && (place.left - start.left).abs() <= reach * height
        })
    }

    /// The words of the line before a word, from right to left.
    pub fn before(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.previous(word), |word| self.previous(*word))
    }
}

fn raise(scores: &mut Vec<(SpanClass, f32)>, class: SpanClass, score: f32) {
    match scores.iter_mut().find(|(of, _)| *of == class) {
        Some((_, highest)) => *highest = highest.max(score),
        None => scores.push((class, score)),
    }
}

/// A detector that uses only the picture returns a box: it means the words whose centres are in the
/// box.
fn span(index: usize, page: &Page, layout: &PageLayout, detection: &Detection) -> Option<(SpanClass, Span)> {
    let mut words: Vec<usize> = if detection.words.is_empty() {
        let inside = |bounds: &BoundingBox| {
            let (x, y) = (bounds.left + bounds.width / 2.0, bounds.middle());
            let all = &detection.bounds;
            (all.left..=all.right()).contains(&x) && (all.top..=all.bottom()).contains(&y)
        };
        layout
            .reading_order()
            .filter(|word| page.words.get(*word).is_some_and(|word| inside(&word.bounds)))
            .collect()
    } else {
        detection.words.iter().map(|word| *word as usize).filter(|word| *word < page.words.len()).collect()
    };
    words.sort_by(|one, other| left_of(layout, *one).total_cmp(&left_of(layout, *other)));
    let score = if detection.score.is_finite() { detection.score.clamp(0.0, 1.0) } else { return None };
    (!words.is_empty()).then_some((detection.class, Span { page: index, words, score }))
}

fn left_of(layout: &PageLayout, word: usize) -> f32 {
    layout.words.get(word).map_or(0.0, |word| word.left)
}
