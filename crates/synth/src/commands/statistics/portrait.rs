//! The properties of one document, generated or real.

use std::collections::{BTreeMap, BTreeSet};

use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::{PageSize, Word};

/// One document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Portrait {
    /// The groups of the document, by the name of the grouping: `kind`, `language`, `locale`,
    /// `family`.
    pub groups: BTreeMap<&'static str, String>,
    /// Its pages.
    pub pages: Vec<PagePortrait>,
    /// The first mention of each field, by the field's name.
    pub fields: BTreeMap<String, Sight>,
    /// The fields of which it is known whether the document has them, by their names; empty if
    /// nothing is known.
    pub known: BTreeSet<String>,
}

/// One page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PagePortrait {
    /// Number of words.
    pub words: usize,
    /// Number of lines.
    pub lines: usize,
    /// The median font size of the words in points; 0 if none is known.
    pub font_size: f32,
    /// The bottom of the lowest word, as a fraction of the page.
    pub lowest: f32,
    /// The share of words with a digit.
    pub digits: f32,
}

/// A field's value as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// The centre of its box, from the left and from the top, as fractions of the page.
    pub centre: (f32, f32),
    /// Its words, separated by single spaces.
    pub text: String,
}

impl PagePortrait {
    /// The portrait of a page; `None` without words.
    pub fn of(words: &[Word], size: PageSize) -> Option<Self> {
        let mut sizes: Vec<f32> = words.iter().map(|word| word.font_size).collect();
        sizes.sort_by(f32::total_cmp);
        let with_digit =
            words.iter().filter(|word| word.text.contains(|character: char| character.is_ascii_digit()));
        Some(Self {
            words: words.len(),
            lines: PageLayout::of(words, size).lines.len(),
            font_size: sizes.get(sizes.len() / 2).copied()?,
            lowest: words.iter().map(|word| word.bounds.bottom()).fold(0.0, f32::max),
            digits: with_digit.count() as f32 / words.len() as f32,
        })
    }
}

impl Sight {
    /// The sight of these words; `None` without any.
    pub fn of(words: &[&Word]) -> Option<Self> {
        let bounds = BoundingBox::union_of(words.iter().map(|word| &word.bounds))?;
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Some(Self {
            centre: (bounds.left + bounds.width / 2.0, bounds.top + bounds.height / 2.0),
            text: text.join(" "),
        })
    }
}
