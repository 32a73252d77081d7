//! Feature shards: the trainer's input. Each is one safetensors file with the features of some
//! thousand pages, computed by the code that is also used in production.
//!
//! | tensor | type | shape |
//! |---|---|---|
//! | `page_starts` | i32 | pages + 1: the first word of each page |
//! | `families` | i32 | pages: index into the metadata's `families` |
//! | `ids` | u16 | words × ids |
//! | `flags`, `geometry` | f32 | words × flags, words × geometry |
//! | `neighbours` | i16 | words × 4 |
//! | `positions` | f32 | words × 2 |
//! | `classes`, `roles`, `starts` | u8 | words |
//! | `documents` | u8 | pages: the kind of document |
//!
//! The metadata holds `classes`, `roles`, `documents` and `families` as JSON lists, `seed`, `feature_version`, `table_rows` (of the text
//! table) and `pages`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use fieldmark_detection_candle::classes::{class_index, class_names, document_names, role_names};
use fieldmark_detection_candle::features::{
    FEATURE_VERSION, FLAGS, GEOMETRY, IDS, NEIGHBOURS, PageFeatures, TABLE_ROWS,
};
use fieldmark_domain::detection::SpanClass;
use rand::SeedableRng;
use rand::rngs::StdRng;
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use crate::page::SyntheticPage;
use crate::reading_noise::read_with_noise;
use crate::{Generator, SyntheticInvoice};

/// Pages with fewer words are useless for training, and pages with more words are split into
/// windows in production.
const WORDS: std::ops::RangeInclusive<usize> = 8..=512;

/// Why a shard could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ShardError {
    /// The file could not be written.
    #[error("cannot write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The error.
        #[source]
        source: safetensors::SafeTensorError,
    },
    /// The tensors are inconsistent; a fault of this module.
    #[error("the shard's tensors are inconsistent")]
    Tensors(#[from] safetensors::SafeTensorError),
}

/// Features and labels of pages, one after the other.
#[derive(Default)]
pub struct Shard {
    page_starts: Vec<i32>,
    page_families: Vec<i32>,
    ids: Vec<u16>,
    flags: Vec<f32>,
    geometry: Vec<f32>,
    neighbours: Vec<i16>,
    positions: Vec<f32>,
    classes: Vec<u8>,
    roles: Vec<u8>,
    documents: Vec<u8>,
    starts: Vec<u8>,
    families: Vec<String>,
    class_names: Vec<String>,
    role_names: Vec<String>,
    document_names: Vec<String>,
}

impl Shard {
    /// An empty shard.
    #[must_use]
    pub fn new() -> Self {
        Self {
            page_starts: vec![0],
            class_names: class_names(),
            role_names: role_names(),
            document_names: document_names(),
            ..Self::default()
        }
    }

    /// Number of pages in it.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.page_families.len()
    }

    /// Generates invoices from `first` on until the shard contains `pages` pages; returns the next
    /// index.
    pub fn fill(&mut self, generator: &Generator, seed: u64, first: u64, pages: usize) -> u64 {
        let mut index = first;
        while self.pages() < pages {
            let invoice = generator.invoice(index);
            let mut random = StdRng::seed_from_u64(seed ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            for page in &invoice.pages {
                self.push(page, &invoice, &mut random);
            }
            index += 1;
        }
        index
    }

    fn push(&mut self, page: &SyntheticPage, invoice: &SyntheticInvoice, random: &mut StdRng) {
        let labelled = read_with_noise(page, random);
        if !WORDS.contains(&labelled.len()) {
            return;
        }
        let words: Vec<_> = labelled.iter().map(|labelled| labelled.word.clone()).collect();
        let features = PageFeatures::of(&words, page.size);
        for &index in &features.order {
            let Some(labelled) = labelled.get(index) else { continue };
            let word = page.words.get(labelled.source);
            let class = word.and_then(|word| word.class);
            let role = word.and_then(|word| word.role).map(SpanClass::Block);
            self.classes.push(small(class_index(&self.class_names, class)));
            self.roles.push(small(class_index(&self.role_names, role)));
            self.starts.push(u8::from(labelled.starts_span));
        }
        let document = Some(SpanClass::Document(invoice.kind));
        self.documents.push(small(class_index(&self.document_names, document)));
        let family = self.family_index(invoice.family.name());
        self.page_families.push(family);
        self.page_starts.push(i32::try_from(self.classes.len()).unwrap_or(i32::MAX));
        self.ids.extend(features.ids);
        self.flags.extend(features.flags);
        self.geometry.extend(features.geometry);
        self.neighbours.extend(features.neighbours);
        self.positions.extend(features.positions);
    }

    fn family_index(&mut self, family: &str) -> i32 {
        let known = self.families.iter().position(|other| other == family);
        let index = known.unwrap_or_else(|| {
            self.families.push(family.to_owned());
            self.families.len() - 1
        });
        i32::try_from(index).unwrap_or(0)
    }

    /// Writes the shard.
    ///
    /// # Errors
    /// [`ShardError::Write`] when the file cannot be written.
    pub fn write(&self, path: &Path, seed: u64) -> Result<(), ShardError> {
        let words = self.classes.len();
        let pages = self.pages();
        let bytes = [
            (
                "page_starts",
                Dtype::I32,
                vec![pages + 1],
                little_endian(&self.page_starts, |v| v.to_le_bytes()),
            ),
            ("families", Dtype::I32, vec![pages], little_endian(&self.page_families, |v| v.to_le_bytes())),
            ("ids", Dtype::U16, vec![words, IDS], little_endian(&self.ids, |v| v.to_le_bytes())),
            ("flags", Dtype::F32, vec![words, FLAGS], little_endian(&self.flags, |v| v.to_le_bytes())),
            (
                "geometry",
                Dtype::F32,
                vec![words, GEOMETRY],
                little_endian(&self.geometry, |v| v.to_le_bytes()),
            ),
            (
                "neighbours",
                Dtype::I16,
                vec![words, NEIGHBOURS],
                little_endian(&self.neighbours, |v| v.to_le_bytes()),
            ),
            ("positions", Dtype::F32, vec![words, 2], little_endian(&self.positions, |v| v.to_le_bytes())),
            ("classes", Dtype::U8, vec![words], self.classes.clone()),
            ("roles", Dtype::U8, vec![words], self.roles.clone()),
            ("documents", Dtype::U8, vec![pages], self.documents.clone()),
            ("starts", Dtype::U8, vec![words], self.starts.clone()),
        ];
        let mut views = Vec::new();
        for (name, dtype, shape, data) in &bytes {
            views.push((*name, TensorView::new(*dtype, shape.clone(), data)?));
        }
        safetensors::serialize_to_file(views, Some(self.metadata(seed)), path)
            .map_err(|source| ShardError::Write { path: path.to_owned(), source })
    }

    fn metadata(&self, seed: u64) -> HashMap<String, String> {
        HashMap::from([
            ("classes".to_owned(), serde_json::json!(self.class_names).to_string()),
            ("roles".to_owned(), serde_json::json!(self.role_names).to_string()),
            ("documents".to_owned(), serde_json::json!(self.document_names).to_string()),
            ("families".to_owned(), serde_json::json!(self.families).to_string()),
            ("seed".to_owned(), seed.to_string()),
            ("feature_version".to_owned(), FEATURE_VERSION.to_string()),
            ("pages".to_owned(), self.pages().to_string()),
            ("table_rows".to_owned(), TABLE_ROWS.to_string()),
        ])
    }
}

fn small(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(0)
}

fn little_endian<T: Copy, const N: usize>(values: &[T], bytes: impl Fn(T) -> [u8; N]) -> Vec<u8> {
    values.iter().flat_map(|value| bytes(*value)).collect()
}
