//! Groups the classes of words into spans: runs of words in one line that the model assigns to one
//! class.
//!
//! Weak alternatives are included: the reading step weighs them with arithmetic, captions and
//! checks.

use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::Page;

/// A word belongs to a strong run of a class from this probability on, or if no class has a higher
/// one.
const MIN_STRONG_PROBABILITY: f32 = 0.35;
/// Classes with a lower probability are dropped.
const MIN_PROBABILITY: f32 = 0.04;
/// A gap of this many typical heights between two words ends a run.
const MAX_GAP: f32 = 3.0;

/// The model's result for a page; results for words are by the word's index on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageProbabilities {
    /// The probabilities of all classes, for each word.
    pub classes: Vec<Vec<f32>>,
    /// The probability that a span starts, for each word.
    pub starts: Vec<f32>,
    /// The probabilities of all block roles, for each word; empty for weights without block roles.
    pub roles: Vec<Vec<f32>>,
    /// The probabilities of all document kinds; empty for weights without document kinds.
    pub documents: Vec<f32>,
}

/// The spans of a page. `classes` maps each class index to its meaning; class 0 is none.
#[must_use]
pub fn spans(page: &Page, words: &PageProbabilities, classes: &[Option<SpanClass>]) -> Vec<Detection> {
    let layout = PageLayout::of(&page.words, page.size);
    let mut detections = Vec::new();
    for (index, class) in classes.iter().enumerate() {
        let Some(class) = class else { continue };
        let of_class = ClassOnPage { words, index, layout: &layout };
        for line in &layout.lines {
            for run in of_class.runs(line) {
                detections.extend(detection(page, *class, &run, words, index));
            }
        }
    }
    detections
}

struct ClassOnPage<'a> {
    words: &'a PageProbabilities,
    index: usize,
    layout: &'a PageLayout,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
}

impl ClassOnPage<'_> {
    fn strength(&self, word: usize) -> Option<Strength> {
        let classes = self.words.classes.get(word)?;
        let probability = *classes.get(self.index)?;
        let best = classes.iter().copied().fold(0.0, f32::max);
        if probability >= MIN_STRONG_PROBABILITY || (probability >= MIN_PROBABILITY && probability >= best) {
            Some(Strength::Strong)
        } else {
            (probability >= MIN_PROBABILITY).then_some(Strength::Weak)
        }
    }

    /// Maximal runs of one strength, cut at span starts and at wide gaps.
    fn runs(&self, line: &[usize]) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut open: Option<Strength> = None;
        for &word in line {
            let strength = self.strength(word);
            let joins = open.is_some() && strength == open && !self.cut_before(word);
            match (strength, runs.last_mut()) {
                (None, _) => {}
                (Some(_), Some(run)) if joins => run.push(word),
                (Some(_), _) => runs.push(vec![word]),
            }
            open = strength;
        }
        runs
    }

    fn cut_before(&self, word: usize) -> bool {
        let left = self.layout.neighbours.get(word).and_then(|neighbours| neighbours.left);
        let gap = left.and_then(|left| self.layout.gap_after(left)).unwrap_or(0.0);
        let starts = self.words.starts.get(word).is_some_and(|start| *start > 0.5);
        let strong = self.strength(word) == Some(Strength::Strong);
        gap > MAX_GAP * self.layout.typical_height || (starts && strong)
    }
}

fn detection(
    page: &Page,
    class: SpanClass,
    run: &[usize],
    words: &PageProbabilities,
    index: usize,
) -> Option<Detection> {
    let probabilities = run.iter().filter_map(|word| words.classes.get(*word)?.get(index));
    let score = probabilities.sum::<f32>() / run.len() as f32;
    let bounds = BoundingBox::union_of(run.iter().filter_map(|word| Some(&page.words.get(*word)?.bounds)))?;
    let words = run.iter().filter_map(|word| u32::try_from(*word).ok()).collect();
    Some(Detection { class, score, bounds, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldmark_domain::field::Field;
    use fieldmark_domain::page::{PageSize, TextLayer, TextVerdict, Word};

    fn page(words: usize) -> Page {
        let word = |index: usize| Word {
            text: format!("w{index}"),
            bounds: BoundingBox { left: 0.1 + 0.06 * index as f32, top: 0.1, width: 0.05, height: 0.012 },
            font_size: 10.0,
        };
        Page {
            number: 1,
            size: PageSize { width_pt: 600.0, height_pt: 800.0 },
            words: (0..words).map(word).collect(),
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        }
    }

    fn spans_of(probabilities: &[f32], starts: &[f32]) -> Vec<(Vec<u32>, f32)> {
        let words = PageProbabilities {
            classes: probabilities.iter().map(|p| vec![1.0 - p, *p]).collect(),
            starts: starts.to_vec(),
            roles: Vec::new(),
            documents: Vec::new(),
        };
        let classes = [None, Some(SpanClass::Value(Field::SupplierName))];
        spans(&page(probabilities.len()), &words, &classes).into_iter().map(|d| (d.words, d.score)).collect()
    }

    #[test]
    fn strong_words_make_a_run_and_weak_ones_beside_them_another() {
        let found = spans_of(&[0.9, 0.7, 0.1, 0.01], &[0.0; 4]);
        assert_eq!(
            found.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>(),
            vec![vec![0, 1], vec![2]]
        );
        assert!((found[0].1 - 0.8).abs() < 1e-6);
    }

    #[test]
    fn a_span_start_cuts_a_run() {
        let found = spans_of(&[0.9, 0.9, 0.9, 0.9], &[0.9, 0.1, 0.9, 0.1]);
        assert_eq!(
            found.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>(),
            vec![vec![0, 1], vec![2, 3]]
        );
    }
}
