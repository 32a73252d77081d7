//! The model's features of a page: per word hashed text, format flags, geometry, its four
//! neighbours and its position.
//!
//! Training and serving both call [`PageFeatures::of`], so they cannot differ. Any change to its
//! result requires a new [`FEATURE_VERSION`] and new weights.

mod formats;
mod geometry;
mod text;

use fieldmark_domain::layout::PageLayout;
use fieldmark_domain::page::{PageSize, Word};

pub use formats::FLAGS;
pub use geometry::GEOMETRY;
pub use text::{IDS, SHAPE_ROWS, TEXT_ROWS};

/// The version of the features; weights name the version that they were trained on.
pub const FEATURE_VERSION: u32 = 1;

/// Rows of the embedding table: the empty row 0, then the text rows, then the shape rows.
pub const TABLE_ROWS: usize = 1 + TEXT_ROWS + SHAPE_ROWS;

/// Directions in which a word has a neighbour: left, right, above, below.
pub const NEIGHBOURS: usize = 4;

/// The page size to which positions are scaled, in points: A4.
const REFERENCE_SIZE: (f32, f32) = (595.0, 842.0);

/// The features of one page's words, in reading order. All vectors are row-major.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageFeatures {
    /// For each row, the index of its word on the page.
    pub order: Vec<usize>,
    /// `[words, IDS]` rows of the embedding table; 0 is no row.
    pub ids: Vec<u16>,
    /// `[words, FLAGS]` format flags and shares, 0..1.
    pub flags: Vec<f32>,
    /// `[words, GEOMETRY]` geometry, about -2..2.
    pub geometry: Vec<f32>,
    /// `[words, NEIGHBOURS]` rows of the neighbours; -1 is none.
    pub neighbours: Vec<i16>,
    /// `[words, 2]` left edge and vertical centre in points of an A4 page.
    pub positions: Vec<f32>,
}

impl PageFeatures {
    /// Computes the features of a page's words. Words after the first 32,000 are dropped.
    #[must_use]
    pub fn of(words: &[Word], size: PageSize) -> Self {
        let words = words.get(..words.len().min(32_000)).unwrap_or_default();
        let layout = PageLayout::of(words, size);
        let order: Vec<usize> = layout.reading_order().collect();
        let mut row_of = vec![-1_i16; words.len()];
        for (row, &index) in order.iter().enumerate() {
            if let Some(slot) = row_of.get_mut(index) {
                *slot = i16::try_from(row).unwrap_or(-1);
            }
        }
        let mut features = Self::default();
        let page = geometry::PageGeometry::of(words, &layout, size);
        for &index in &order {
            let (Some(word), Some(placed), Some(neighbours)) =
                (words.get(index), layout.words.get(index), layout.neighbours.get(index))
            else {
                continue;
            };
            features.ids.extend(text::ids(&word.text));
            features.flags.extend(formats::flags(&word.text));
            features.geometry.extend(page.of_word(index));
            let row =
                |neighbour: Option<usize>| neighbour.and_then(|at| row_of.get(at).copied()).unwrap_or(-1);
            features
                .neighbours
                .extend([neighbours.left, neighbours.right, neighbours.above, neighbours.below].map(row));
            features.positions.push(placed.left / size.width_pt * REFERENCE_SIZE.0);
            features.positions.push(placed.middle() / size.height_pt * REFERENCE_SIZE.1);
        }
        features.order = order;
        features
    }

    /// The number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The rows `start..end` as separate features; neighbours outside the window are dropped.
    #[must_use]
    pub fn window(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.len());
        let start = start.min(end);
        let cut = |values: &[f32], width: usize| {
            values.get(start * width..end * width).unwrap_or_default().to_vec()
        };
        let inside = |row: i16| match usize::try_from(row) {
            Ok(row) if (start..end).contains(&row) => i16::try_from(row - start).unwrap_or(-1),
            _ => -1,
        };
        Self {
            order: self.order.get(start..end).unwrap_or_default().to_vec(),
            ids: self.ids.get(start * IDS..end * IDS).unwrap_or_default().to_vec(),
            flags: cut(&self.flags, FLAGS),
            geometry: cut(&self.geometry, GEOMETRY),
            neighbours: self
                .neighbours
                .get(start * NEIGHBOURS..end * NEIGHBOURS)
                .unwrap_or_default()
                .iter()
                .map(|row| inside(*row))
                .collect(),
            positions: cut(&self.positions, 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldmark_domain::geometry::BoundingBox;
    use proptest::prelude::*;

    const A4: PageSize = PageSize { width_pt: 595.0, height_pt: 842.0 };

    fn words(texts: &[&str]) -> Vec<Word> {
        texts
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let (left, top) = (0.1 + 0.2 * (index % 4) as f32, 0.1 + 0.03 * (index / 4) as f32);
                Word {
                    text: (*text).to_owned(),
                    bounds: BoundingBox { left, top, width: 0.15, height: 0.012 },
                    font_size: 10.0,
                }
            })
            .collect()
    }

    #[test]
    fn rows_follow_the_reading_order_and_neighbours_are_rows() {
        let mut page = words(&["Fakturanummer", "2024-17", "Datum", "2024-01-31", "Summa"]);
        page.reverse();
        let features = PageFeatures::of(&page, A4);
        assert_eq!(features.order, vec![4, 3, 2, 1, 0]);
        assert_eq!(features.neighbours[..4], [-1, 1, -1, 4]);
        assert_eq!(features.neighbours[4 * NEIGHBOURS..], [-1, -1, 0, -1]);
        assert_eq!(features.ids.len(), 5 * IDS);
        assert_eq!(features.flags.len(), 5 * FLAGS);
        assert_eq!(features.geometry.len(), 5 * GEOMETRY);
    }

    #[test]
    fn digits_of_one_number_do_not_matter_to_its_rows_but_its_shape_does() {
        assert_eq!(text::ids("2024-17"), text::ids("1999-42"));
        assert_ne!(text::ids("2024-17"), text::ids("2024-017"));
        assert_ne!(text::ids("Summa"), text::ids("Moms"));
    }

    #[test]
    fn a_window_forgets_neighbours_outside() {
        let features = PageFeatures::of(&words(&["a", "b", "c", "d", "e", "f"]), A4);
        let window = features.window(1, 4);
        assert_eq!(window.len(), 3);
        assert_eq!(window.neighbours[0], -1);
        assert_eq!(window.neighbours[1], 1);
        assert_eq!(window.ids[..], features.ids[IDS..4 * IDS]);
    }

    proptest! {
        #[test]
        fn any_text_has_finite_features_and_rows_inside_the_table(texts in proptest::collection::vec("\\PC{1,24}", 1..30)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let features = PageFeatures::of(&words(&texts), A4);
            prop_assert_eq!(features.len(), texts.len());
            prop_assert!(features.ids.iter().all(|row| usize::from(*row) < TABLE_ROWS));
            prop_assert!(features.flags.iter().all(|value| (0.0..=1.0).contains(value)));
            prop_assert!(features.geometry.iter().all(|value| value.is_finite() && value.abs() < 10.0));
        }
    }
}
