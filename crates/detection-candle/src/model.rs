//! The layout model's forward pass: hashed text and geometry of words, mixed with their neighbours,
//! and attention with a bias for the relative position of words.
//!
//! `weights/training/model.py` is its counterpart; a test compares both on recorded outputs.
//! Attention follows Vaswani et al., "Attention Is All You Need" (2017); the position bias follows
//! the relative bias of Raffel et al. (T5, 2020), over joint buckets of horizontal and vertical
//! distance.
//!
//! Shapes: `p` pages, `n` words (padded to the longest page), `d` width, `h` heads, `c` classes.

use candle_core::{D, Device, IndexOp, Result, Tensor};
use candle_nn::{Embedding, LayerNorm, Linear, Module, VarBuilder, embedding, layer_norm, linear};

use crate::batch::Batch;
use crate::description::{Architecture, ModelDescription};

/// The model's raw outputs for a batch.
pub struct Logits {
    /// `[p, n, c]`: the logits of each word's class.
    pub classes: Tensor,
    /// `[p, n]`: the logit of a span's start at each word.
    pub starts: Tensor,
    /// `[p, n, roles]`: the logits of the role of each word's block; `None` for weights without
    /// block roles.
    pub roles: Option<Tensor>,
    /// `[p, documents]`: the logits of the document kind; `None` for weights without document
    /// kinds.
    pub documents: Option<Tensor>,
}

/// The network.
pub struct LayoutModel {
    text: Embedding,
    surface: Linear,
    input: Linear,
    blocks: Vec<Block>,
    norm: LayerNorm,
    classes: Linear,
    starts: Linear,
    roles: Option<Linear>,
    documents: Option<Linear>,
    position_bias: PositionBias,
    device: Device,
}

/// The sum of a word's text rows is divided by this, as in training.
const TEXT_SCALE: f64 = 1.0 / 3.0;
const NORM_EPSILON: f64 = 1e-5;

impl LayoutModel {
    /// Builds the network from named tensors.
    ///
    /// # Errors
    /// When a tensor is missing or has another shape than described.
    pub fn load(description: &ModelDescription, tensors: &VarBuilder) -> Result<Self> {
        let sizes = &description.architecture;
        let surface = description.features.geometry + description.features.flags;
        let head = |from: usize, names: &[String], name: &str| {
            if names.is_empty() { Ok(None) } else { linear(from, names.len(), tensors.pp(name)).map(Some) }
        };
        let blocks = (0..sizes.blocks).map(|block| Block::load(sizes, &tensors.pp("blocks").pp(block)));
        Ok(Self {
            text: embedding(description.features.rows, sizes.text_width, tensors.pp("text"))?,
            surface: linear(surface, sizes.surface_width, tensors.pp("surface"))?,
            input: linear(sizes.text_width + sizes.surface_width, sizes.width, tensors.pp("input"))?,
            blocks: blocks.collect::<Result<_>>()?,
            norm: layer_norm(sizes.width, NORM_EPSILON, tensors.pp("norm"))?,
            classes: linear(sizes.width, description.classes.len(), tensors.pp("classes"))?,
            starts: linear(sizes.width, 1, tensors.pp("starts"))?,
            roles: head(sizes.width, &description.roles, "roles")?,
            documents: head(2 * sizes.width, &description.documents, "documents")?,
            position_bias: PositionBias::load(sizes, tensors)?,
            device: tensors.device().clone(),
        })
    }

    /// Computes the logits of a batch.
    ///
    /// # Errors
    /// When the device fails.
    pub fn forward(&self, batch: &Batch) -> Result<Logits> {
        let inputs = batch.to_tensors(&self.device)?;
        let text = (self.text.forward(&inputs.ids)?.sum(2)? * TEXT_SCALE)?;
        let surface = self.surface.forward(&inputs.surface)?.gelu()?;
        let mut words = self.input.forward(&Tensor::cat(&[text, surface], D::Minus1)?)?;
        let bias = self.position_bias.of(batch, &self.device)?;
        for block in &self.blocks {
            words = block.forward(&words, &inputs.neighbours, &bias)?;
        }
        let words = self.norm.forward(&words)?;
        let starts = self.starts.forward(&words)?.squeeze(D::Minus1)?;
        Ok(Logits {
            classes: self.classes.forward(&words)?,
            starts,
            roles: self.roles.as_ref().map(|roles| roles.forward(&words)).transpose()?,
            documents: self
                .documents
                .as_ref()
                .map(|head| head.forward(&pooled(&words, batch)?))
                .transpose()?,
        })
    }
}

/// `[p, 2 d]`: the mean and the maximum of the word vectors of each page, without padding.
fn pooled(words: &Tensor, batch: &Batch) -> Result<Tensor> {
    let pages: Vec<Tensor> = (0..batch.pages())
        .map(|page| {
            let present = batch.positions(page).len().max(1);
            let words = words.i(page)?.narrow(0, 0, present.min(words.dim(1)?))?;
            Tensor::cat(&[words.mean(0)?, words.max(0)?], 0)
        })
        .collect::<Result<_>>()?;
    Tensor::stack(&pages, 0)
}

/// Neighbour mixing, attention, feed-forward; each works on a normalised input and is added to it.
struct Block {
    heads: usize,
    mix_norm: LayerNorm,
    mix: Linear,
    attend_norm: LayerNorm,
    query_key_value: Linear,
    attended: Linear,
    feed_norm: LayerNorm,
    widen: Linear,
    narrow: Linear,
}

impl Block {
    fn load(sizes: &Architecture, tensors: &VarBuilder) -> Result<Self> {
        let width = sizes.width;
        let norm = |name: &str| layer_norm(width, NORM_EPSILON, tensors.pp(name));
        let project = |from: usize, to: usize, name: &str| linear(from, to, tensors.pp(name));
        Ok(Self {
            heads: sizes.heads,
            mix_norm: norm("mix_norm")?,
            mix: project(4 * width, width, "mix")?,
            attend_norm: norm("attend_norm")?,
            query_key_value: project(width, 3 * width, "query_key_value")?,
            attended: project(width, width, "attended")?,
            feed_norm: norm("feed_norm")?,
            widen: project(width, sizes.feed_forward * width, "widen")?,
            narrow: project(sizes.feed_forward * width, width, "narrow")?,
        })
    }

    fn forward(&self, words: &Tensor, neighbours: &Tensor, bias: &Tensor) -> Result<Tensor> {
        let words = (words + self.mix_neighbours(&self.mix_norm.forward(words)?, neighbours)?)?;
        let words = (&words + self.attend(&self.attend_norm.forward(&words)?, bias)?)?;
        let widened = self.widen.forward(&self.feed_norm.forward(&words)?)?.gelu()?;
        words + self.narrow.forward(&widened)?
    }

    /// `neighbours` `[p * n * 4]` are row numbers of the flattened words, plus one; row 0 is a zero
    /// vector.
    fn mix_neighbours(&self, words: &Tensor, neighbours: &Tensor) -> Result<Tensor> {
        let (pages, count, width) = words.dims3()?;
        let zero_row = Tensor::zeros((1, width), words.dtype(), words.device())?;
        let rows = Tensor::cat(&[zero_row, words.reshape((pages * count, width))?], 0)?;
        let gathered = rows.index_select(neighbours, 0)?.reshape((pages, count, 4 * width))?;
        self.mix.forward(&gathered)?.gelu()
    }

    fn attend(&self, words: &Tensor, bias: &Tensor) -> Result<Tensor> {
        let (pages, count, width) = words.dims3()?;
        let head = width / self.heads;
        let split = self
            .query_key_value
            .forward(words)?
            .reshape((pages, count, 3, self.heads, head))?
            .permute((2, 0, 3, 1, 4))?
            .contiguous()?;
        let (query, key, value) = (split.i(0)?, split.i(1)?, split.i(2)?);
        let scores = (query.matmul(&key.transpose(2, 3)?)? * (head as f64).powf(-0.5))?;
        let weights = candle_nn::ops::softmax_last_dim(&(scores + bias)?)?;
        let attended =
            weights.matmul(&value)?.transpose(1, 2)?.contiguous()?.reshape((pages, count, width))?;
        self.attended.forward(&attended)
    }
}

/// The attention bias for each pair of words, by the buckets of their distances.
struct PositionBias {
    /// `[h][buckets]`, gathered on the CPU: a row of the table is a few cache lines.
    table: Vec<Vec<f32>>,
    x_edges: Vec<f32>,
    y_edges: Vec<f32>,
}

/// The bias of a padded word: no attention.
const ABSENT: f32 = -1e4;

impl PositionBias {
    fn load(sizes: &Architecture, tensors: &VarBuilder) -> Result<Self> {
        let table = tensors.get((sizes.position_buckets(), sizes.heads), "position_bias")?.t()?.to_vec2()?;
        Ok(Self { table, x_edges: sizes.x_edges.clone(), y_edges: sizes.y_edges.clone() })
    }

    /// `[p, h, n, n]`: for each page and head; row: the attending word, column: the attended word.
    fn of(&self, batch: &Batch, device: &Device) -> Result<Tensor> {
        let (pages, words) = (batch.pages(), batch.words());
        let mut bias = Vec::with_capacity(pages * self.table.len() * words * words);
        let mut buckets = Vec::with_capacity(words * words);
        for page in 0..pages {
            let positions = batch.positions(page);
            buckets.clear();
            for &(x, y) in positions {
                buckets.extend(
                    positions.iter().map(|&(other_x, other_y)| self.bucket(x - other_x, y - other_y)),
                );
            }
            for head in &self.table {
                let mut row = buckets.chunks(positions.len().max(1));
                for _ in 0..words {
                    let known = row.next().unwrap_or_default();
                    bias.extend(known.iter().map(|bucket| head.get(*bucket).copied().unwrap_or(0.0)));
                    // Padded rows attend to the page's words without bias: their outputs are never
                    // used.
                    bias.extend(std::iter::repeat_n(0.0, if known.is_empty() { positions.len() } else { 0 }));
                    bias.extend(std::iter::repeat_n(ABSENT, words - positions.len()));
                }
            }
        }
        Tensor::from_vec(bias, (pages, self.table.len(), words, words), device)
    }

    fn bucket(&self, x: f32, y: f32) -> usize {
        bucket(x, &self.x_edges) * (2 * self.y_edges.len() + 1) + bucket(y, &self.y_edges)
    }
}

/// The middle bucket is for distances near zero; larger distances are further from it, on either
/// side.
fn bucket(distance: f32, edges: &[f32]) -> usize {
    let place = edges.partition_point(|edge| *edge < distance.abs());
    if distance < 0.0 { edges.len() - place } else { edges.len() + place }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_symmetric_and_an_edge_belongs_to_the_nearer_one() {
        let edges = [3.0, 7.0];
        let of = |distance: f32| bucket(distance, &edges);
        assert_eq!(
            [of(-9.0), of(-5.0), of(-1.0), of(0.0), of(3.0), of(3.1), of(100.0)],
            [0, 1, 2, 2, 2, 3, 4]
        );
    }
}
