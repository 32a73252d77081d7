//! The model's inputs: the features of pages, padded to one length.

use candle_core::{Device, Result, Tensor};

use crate::features::{FLAGS, GEOMETRY, IDS, NEIGHBOURS, PageFeatures};

/// Features of one or more pages.
pub struct Batch<'a> {
    pages: Vec<&'a PageFeatures>,
    positions: Vec<Vec<(f32, f32)>>,
    words: usize,
}

/// The tensors of a batch: `p` pages of `n` words.
pub(crate) struct Inputs {
    /// `[p, n, IDS]` u32 rows of the text table.
    pub ids: Tensor,
    /// `[p, n, GEOMETRY + FLAGS]`.
    pub surface: Tensor,
    /// `[p * n * NEIGHBOURS]` u32 rows of the batch's words, counted from 1; 0 is no neighbour.
    pub neighbours: Tensor,
}

impl<'a> Batch<'a> {
    /// A batch of pages, in this order.
    #[must_use]
    pub fn new(pages: Vec<&'a PageFeatures>) -> Self {
        let words = pages.iter().map(|page| page.len()).max().unwrap_or(0);
        let pairs = |page: &&PageFeatures| {
            page.positions.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
        };
        let positions = pages.iter().map(pairs).collect();
        Self { pages, positions, words }
    }

    /// The number of pages.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The number of words of the longest page.
    #[must_use]
    pub const fn words(&self) -> usize {
        self.words
    }

    /// The positions of a page's words, without padding.
    pub(crate) fn positions(&self, page: usize) -> &[(f32, f32)] {
        self.positions.get(page).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn to_tensors(&self, device: &Device) -> Result<Inputs> {
        let (pages, words) = (self.pages.len(), self.words);
        let mut ids: Vec<u32> = Vec::with_capacity(pages * words * IDS);
        let mut surface: Vec<f32> = Vec::with_capacity(pages * words * (GEOMETRY + FLAGS));
        let mut neighbours: Vec<u32> = Vec::with_capacity(pages * words * NEIGHBOURS);
        for (number, page) in self.pages.iter().enumerate() {
            let missing = words - page.len();
            ids.extend(page.ids.iter().map(|id| u32::from(*id)));
            ids.extend(std::iter::repeat_n(0, missing * IDS));
            for (geometry, flags) in page.geometry.chunks_exact(GEOMETRY).zip(page.flags.chunks_exact(FLAGS))
            {
                surface.extend(geometry);
                surface.extend(flags);
            }
            surface.extend(std::iter::repeat_n(0.0, missing * (GEOMETRY + FLAGS)));
            let first = number * words + 1;
            let row = |neighbour: &i16| usize::try_from(*neighbour).map_or(0, |row| (first + row) as u32);
            neighbours.extend(page.neighbours.iter().map(row));
            neighbours.extend(std::iter::repeat_n(0, missing * NEIGHBOURS));
        }
        Ok(Inputs {
            ids: Tensor::from_vec(ids, (pages, words, IDS), device)?,
            surface: Tensor::from_vec(surface, (pages, words, GEOMETRY + FLAGS), device)?,
            neighbours: Tensor::from_vec(neighbours, pages * words * NEIGHBOURS, device)?,
        })
    }
}
