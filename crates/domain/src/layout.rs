//! How words lie on a page: visual lines, gaps, and each word's nearest neighbours.
//!
//! Purely geometric: it knows nothing of what words mean. The layout model's features and the
//! reading share it, so that both see the same lines. Lengths are in points.

use crate::page::{PageSize, Word};

/// A word's box in points, and its place among the lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedWord {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
    /// The line it stands in, counted from the top.
    pub line: u32,
    /// Its place in that line, counted from the left.
    pub position: u32,
}

impl PlacedWord {
    /// Height, at least a point's thousandth.
    #[must_use]
    pub fn height(&self) -> f32 {
        (self.bottom - self.top).max(1e-3)
    }

    /// The vertical centre.
    #[must_use]
    pub fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    /// The horizontal centre.
    #[must_use]
    pub fn centre(&self) -> f32 {
        (self.left + self.right) / 2.0
    }
}

/// The nearest words of a word, as indices into the page's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// Before it in its line.
    pub left: Option<usize>,
    /// After it in its line.
    pub right: Option<usize>,
    /// The nearest one above that shares its columns, within eight typical line heights.
    pub above: Option<usize>,
    /// The nearest one below that shares its columns, within eight typical line heights.
    pub below: Option<usize>,
}

/// The lines and neighbours of one page. Words keep the indices that they have on the page.
///
/// ```
/// use fieldmark_domain::geometry::BoundingBox;
/// use fieldmark_domain::layout::PageLayout;
/// use fieldmark_domain::page::{PageSize, Word};
///
/// let word = |text: &str, left: f32, top: f32| Word {
///     text: text.to_owned(),
///     bounds: BoundingBox { left, top, width: 0.1, height: 0.012 },
///     font_size: 10.0,
/// };
/// let words = [word("1250.00", 0.7, 0.5), word("Total", 0.5, 0.5), word("Invoice", 0.1, 0.1)];
/// let layout = PageLayout::of(&words, PageSize::A4);
/// let order: Vec<usize> = layout.reading_order().collect();
/// assert_eq!(order, [2, 1, 0]);
/// assert_eq!(layout.neighbours[1].right, Some(0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PageLayout {
    /// Each word's box and place.
    pub words: Vec<PlacedWord>,
    /// Each word's neighbours.
    pub neighbours: Vec<Neighbours>,
    /// The lines from top to bottom, each with its words from left to right.
    pub lines: Vec<Vec<usize>>,
    /// The median height of the words; 10 on an empty page.
    pub typical_height: f32,
}

const NEIGHBOUR_REACH: f32 = 8.0;

impl PageLayout {
    /// Lays out the words of a page. Quadratic in their number; a page of 500 words takes about a millisecond.
    #[must_use]
    pub fn of(words: &[Word], size: PageSize) -> Self {
        let mut placed: Vec<PlacedWord> = words.iter().map(|word| place(word, size)).collect();
        let lines = group_lines(&placed);
        for (line_number, line) in lines.iter().enumerate() {
            for (position, &index) in line.iter().enumerate() {
                if let Some(word) = placed.get_mut(index) {
                    word.line = line_number as u32;
                    word.position = position as u32;
                }
            }
        }
        let typical_height = median_height(&placed);
        let neighbours = find_neighbours(&placed, &lines, typical_height);
        Self { words: placed, neighbours, lines, typical_height }
    }

    /// Indices of all words in reading order: line by line, from left to right.
    pub fn reading_order(&self) -> impl Iterator<Item = usize> + '_ {
        self.lines.iter().flatten().copied()
    }

    /// The gap in points between a word and the next one of its line; `None` at the line's end.
    #[must_use]
    pub fn gap_after(&self, index: usize) -> Option<f32> {
        let next = self.neighbours.get(index)?.right?;
        Some(self.words.get(next)?.left - self.words.get(index)?.right)
    }
}

fn place(word: &Word, size: PageSize) -> PlacedWord {
    PlacedWord {
        left: word.bounds.left * size.width_pt,
        top: word.bounds.top * size.height_pt,
        right: word.bounds.right() * size.width_pt,
        bottom: word.bounds.bottom() * size.height_pt,
        line: 0,
        position: 0,
    }
}

fn median_height(words: &[PlacedWord]) -> f32 {
    let mut heights: Vec<f32> = words.iter().map(PlacedWord::height).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(10.0).max(1.0)
}

struct Line {
    middle: f32,
    height: f32,
    words: Vec<usize>,
}

/// Words whose centres lie within 0.42 of the lower one's height stand in one line.
fn group_lines(words: &[PlacedWord]) -> Vec<Vec<usize>> {
    let mut by_height: Vec<(usize, &PlacedWord)> = words.iter().enumerate().collect();
    by_height.sort_by(|(_, one), (_, other)| one.middle().total_cmp(&other.middle()));
    let mut lines: Vec<Line> = Vec::new();
    for (index, word) in by_height {
        let fits = |line: &&mut Line| {
            (line.middle - word.middle()).abs() < 0.42 * line.height.min(word.height()) + 0.3
        };
        match lines.iter_mut().rev().take(5).find(fits) {
            Some(line) => line.words.push(index),
            None => lines.push(Line { middle: word.middle(), height: word.height(), words: vec![index] }),
        }
    }
    lines.sort_by(|one, other| one.middle.total_cmp(&other.middle));
    let left_of = |index: &usize| words.get(*index).map_or(0.0, |word| word.left);
    for line in &mut lines {
        line.words.sort_by(|one, other| left_of(one).total_cmp(&left_of(other)));
    }
    lines.into_iter().map(|line| line.words).collect()
}

fn find_neighbours(words: &[PlacedWord], lines: &[Vec<usize>], typical_height: f32) -> Vec<Neighbours> {
    let mut neighbours: Vec<Neighbours> = words
        .iter()
        .map(|word| Neighbours {
            above: nearest_vertically(words, word, typical_height, -1.0),
            below: nearest_vertically(words, word, typical_height, 1.0),
            ..Neighbours::default()
        })
        .collect();
    for line in lines {
        for (&left, &right) in line.iter().zip(line.iter().skip(1)) {
            if let Some(neighbour) = neighbours.get_mut(left) {
                neighbour.right = Some(right);
            }
            if let Some(neighbour) = neighbours.get_mut(right) {
                neighbour.left = Some(left);
            }
        }
    }
    neighbours
}

/// The word of another line, overlapping horizontally, that costs least: distance, and a little for misalignment.
fn nearest_vertically(
    words: &[PlacedWord],
    from: &PlacedWord,
    typical_height: f32,
    direction: f32,
) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for (index, word) in words.iter().enumerate() {
        let overlap = word.right.min(from.right) - word.left.max(from.left);
        let distance = (word.middle() - from.middle()) * direction;
        if overlap <= 0.0 || word.line == from.line || distance <= 0.3 * from.height() {
            continue;
        }
        let misalignment = (word.left - from.left)
            .abs()
            .min((word.right - from.right).abs())
            .min((word.centre() - from.centre()).abs());
        let cost = (distance + 0.05 * misalignment) / typical_height;
        if cost < NEIGHBOUR_REACH && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, index));
        }
    }
    best.map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::BoundingBox;

    const A4: PageSize = PageSize { width_pt: 600.0, height_pt: 800.0 };

    fn word(text: &str, left: f32, top: f32, width: f32) -> Word {
        let bounds =
            BoundingBox::from_edges(left / 600.0, top / 800.0, (left + width) / 600.0, (top + 10.0) / 800.0);
        Word { text: text.to_owned(), bounds, font_size: 10.0 }
    }

    #[test]
    fn words_of_one_height_make_a_line_from_left_to_right() {
        let words = [
            word("right", 200.0, 51.0, 30.0),
            word("left", 50.0, 50.0, 30.0),
            word("under", 50.0, 64.0, 30.0),
        ];
        let layout = PageLayout::of(&words, A4);
        assert_eq!(layout.lines, vec![vec![1, 0], vec![2]]);
        assert_eq!(layout.reading_order().collect::<Vec<_>>(), vec![1, 0, 2]);
        assert_eq!(layout.words[0].position, 1);
        assert!((layout.gap_after(1).unwrap() - 120.0).abs() < 0.1);
        assert_eq!(layout.gap_after(0), None);
    }

    #[test]
    fn neighbours_share_a_column_and_are_not_far() {
        let words =
            [word("head", 50.0, 50.0, 30.0), word("value", 52.0, 64.0, 60.0), word("far", 50.0, 300.0, 30.0)];
        let layout = PageLayout::of(&words, A4);
        assert_eq!(layout.neighbours[1].above, Some(0));
        assert_eq!(layout.neighbours[0].below, Some(1));
        assert_eq!(layout.neighbours[1].below, None);
    }

    #[test]
    fn an_empty_page_has_no_lines() {
        let layout = PageLayout::of(&[], A4);
        assert!(layout.lines.is_empty() && layout.words.is_empty());
    }
}
