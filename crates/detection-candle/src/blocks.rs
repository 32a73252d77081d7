//! Groups the roles of words into blocks: runs of close words with one role, below or beside each
//! other.
//!
//! The model computes each word's role. All words of a run in a line get one role, so that an
//! uncertain word takes the role of its neighbours. Blocks are not nested and do not overlap.

use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::Page;

/// A gap wider than this many typical heights ends a run.
const RUN_GAP: f32 = 1.6;
/// Runs of one role further apart than this many typical heights are two blocks.
const BLOCK_GAP: f32 = 2.2;

/// The blocks of a page with the mean probability of their role. `roles` are each word's
/// probabilities, `classes` the class of each role; role 0 is none.
#[must_use]
pub fn blocks(page: &Page, roles: &[Vec<f32>], classes: &[Option<SpanClass>]) -> Vec<Detection> {
    let layout = PageLayout::of(&page.words, page.size);
    let runs = runs(&layout, roles, classes.len());
    let mut blocks: Vec<Block> = Vec::new();
    for run in runs.into_iter().filter(|run| run.role > 0) {
        // A run may connect several of the blocks found so far.
        let (touching, apart): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block| block.touches(&run, layout.typical_height));
        blocks = apart;
        blocks.push(touching.into_iter().fold(Block::of(run), Block::with));
    }
    blocks.iter().filter_map(|block| block.detection(page, classes)).collect()
}

/// Close words of a line.
struct Run {
    role: usize,
    /// The probability of the role, summed over the words.
    weight: f32,
    words: Vec<usize>,
    edges: Edges,
}

#[derive(Clone, Copy)]
struct Edges {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

struct Block {
    role: usize,
    weight: f32,
    words: Vec<usize>,
    lines: Vec<Edges>,
}

impl Block {
    fn of(run: Run) -> Self {
        Self { role: run.role, weight: run.weight, words: run.words, lines: vec![run.edges] }
    }

    fn with(mut self, other: Self) -> Self {
        self.weight += other.weight;
        self.words.extend(other.words);
        self.lines.extend(other.lines);
        self
    }

    fn touches(&self, run: &Run, height: f32) -> bool {
        self.role == run.role && self.lines.iter().any(|line| is_near(line, &run.edges, height))
    }

    fn detection(&self, page: &Page, classes: &[Option<SpanClass>]) -> Option<Detection> {
        let class = (*classes.get(self.role)?)?;
        let mut words = self.words.clone();
        words.sort_unstable();
        let boxes = words.iter().filter_map(|word| page.words.get(*word)).map(|word| &word.bounds);
        let bounds = BoundingBox::union_of(boxes)?;
        let score = self.weight / words.len().max(1) as f32;
        let words = words.iter().filter_map(|word| u32::try_from(*word).ok()).collect();
        Some(Detection { class, score, bounds, words })
    }
}

/// Whether two runs are below each other with common columns, or beside each other.
fn is_near(one: &Edges, other: &Edges, height: f32) -> bool {
    let across = one.left.max(other.left) - one.right.min(other.right);
    let down = one.top.max(other.top) - one.bottom.min(other.bottom);
    let reach = BLOCK_GAP * height;
    (across < 0.0 && down < reach) || (down < -0.4 * height && across < 2.0 * reach)
}

fn runs(layout: &PageLayout, roles: &[Vec<f32>], count: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    for line in &layout.lines {
        let mut open: Vec<usize> = Vec::new();
        for &word in line {
            open.push(word);
            if layout.gap_after(word).is_none_or(|gap| gap > RUN_GAP * layout.typical_height) {
                runs.extend(run(layout, roles, count, std::mem::take(&mut open)));
            }
        }
    }
    runs
}

fn run(layout: &PageLayout, roles: &[Vec<f32>], count: usize, words: Vec<usize>) -> Option<Run> {
    let sum =
        |role: usize| -> f32 { words.iter().filter_map(|word| roles.get(*word)?.get(role)).copied().sum() };
    let (role, weight) =
        (0..count).map(|role| (role, sum(role))).max_by(|one, other| one.1.total_cmp(&other.1))?;
    let placed = || words.iter().filter_map(|word| layout.words.get(*word));
    let edges = Edges {
        left: placed().map(|word| word.left).fold(f32::INFINITY, f32::min),
        top: placed().map(|word| word.top).fold(f32::INFINITY, f32::min),
        right: placed().map(|word| word.right).fold(f32::NEG_INFINITY, f32::max),
        bottom: placed().map(|word| word.bottom).fold(f32::NEG_INFINITY, f32::max),
    };
    Some(Run { role, weight, words, edges })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldmark_domain::detection::BlockRole;
    use fieldmark_domain::page::{PageSize, TextLayer, TextVerdict, Word};

    const CLASSES: [Option<SpanClass>; 3] =
        [None, Some(SpanClass::Block(BlockRole::Supplier)), Some(SpanClass::Block(BlockRole::Customer))];

    /// Words of 60 x 10 points at these positions, with the probability of each role.
    fn blocks_of(placed: &[(f32, f32, [f32; 3])]) -> Vec<(SpanClass, Vec<u32>)> {
        let word = |(left, top, _): &(f32, f32, [f32; 3])| Word {
            text: "Word".to_owned(),
            bounds: BoundingBox { left: left / 600.0, top: top / 800.0, width: 0.1, height: 0.0125 },
            font_size: 10.0,
        };
        let page = Page {
            number: 1,
            size: PageSize { width_pt: 600.0, height_pt: 800.0 },
            words: placed.iter().map(word).collect(),
            text_layer: TextLayer { verdict: TextVerdict::Good, reasons: Vec::new() },
            raster: None,
        };
        let roles: Vec<Vec<f32>> = placed.iter().map(|(_, _, roles)| roles.to_vec()).collect();
        let mut found: Vec<_> =
            blocks(&page, &roles, &CLASSES).into_iter().map(|block| (block.class, block.words)).collect();
        found.sort_by_key(|(_, words)| words.first().copied());
        found
    }

    #[test]
    fn lines_below_each_other_are_one_block_and_columns_are_two() {
        let (supplier, customer) = ([0.1, 0.8, 0.1], [0.1, 0.2, 0.7]);
        let found = blocks_of(&[
            (40.0, 40.0, supplier),
            (40.0, 54.0, supplier),
            (300.0, 40.0, customer),
            (300.0, 54.0, customer),
            (40.0, 300.0, supplier),
        ]);
        assert_eq!(
            found,
            [
                (SpanClass::Block(BlockRole::Supplier), vec![0, 1]),
                (SpanClass::Block(BlockRole::Customer), vec![2, 3]),
                (SpanClass::Block(BlockRole::Supplier), vec![4]),
            ]
        );
    }

    #[test]
    fn a_doubtful_word_follows_its_line_and_none_is_no_block() {
        let found = blocks_of(&[
            (40.0, 40.0, [0.1, 0.8, 0.1]),
            (103.0, 40.0, [0.1, 0.4, 0.5]),
            (40.0, 400.0, [0.9, 0.1, 0.0]),
        ]);
        assert_eq!(found, [(SpanClass::Block(BlockRole::Supplier), vec![0, 1])]);
    }
}
