//! The layout model: from pages to spans, on the caller's thread.

use std::path::Path;

use candle_core::{Result, Tensor};
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, Needs};

use crate::batch::Batch;
use crate::device::Device;
use crate::features::PageFeatures;
use crate::model::LayoutModel;
use crate::page_model::PageModel;
use crate::spans::{WordProbabilities, spans};
use crate::weights::{LoadError, ModelFiles, description_of, read_folder};

/// The most words that the model sees at once; longer pages are read in overlapping windows.
const WINDOW: usize = 512;
/// How far one window begins after the other.
const STRIDE: usize = 384;

/// Detects fields with the layout model. A [`DetectionQueue`](crate::DetectionQueue) brings it behind the domain's
/// port.
pub struct LayoutDetector {
    model: LayoutModel,
    classes: Vec<Option<SpanClass>>,
    identity: DetectorIdentity,
    pages_at_once: usize,
}

impl LayoutDetector {
    /// What a layout model wants of a page, whatever its weights.
    pub const NEEDS: Needs = Needs { words: true, raster_height: None };

    /// The model that is compiled in.
    ///
    /// # Errors
    /// [`LoadError::Device`] when the device cannot be used.
    pub fn bundled(device: Device) -> std::result::Result<Self, LoadError> {
        Self::from_files(&ModelFiles::BUNDLED, device)
    }

    /// The model of a folder with `model.json` and `weights.safetensors`.
    ///
    /// # Errors
    /// [`LoadError`] says which file, hash or tensor is wrong, and how.
    pub fn load(folder: &Path, device: Device) -> std::result::Result<Self, LoadError> {
        let (description, weights) = read_folder(folder)?;
        Self::from_files(&ModelFiles { description: &description, weights: &weights }, device)
    }

    /// Which model stands in a folder or, when none is named, is compiled in. Its description says so: no weights are
    /// read, and whether they are those that it describes is not known.
    ///
    /// # Errors
    /// [`LoadError::Read`], [`LoadError::Description`] or [`LoadError::Mismatch`].
    pub fn identity_of(folder: Option<&Path>) -> std::result::Result<DetectorIdentity, LoadError> {
        let description = description_of(folder)?;
        Ok(DetectorIdentity { name: description.name, sha256: description.weights_sha256 })
    }

    /// A model from its files in memory.
    ///
    /// # Errors
    /// As [`LayoutDetector::load`].
    pub fn from_files(files: &ModelFiles<'_>, device: Device) -> std::result::Result<Self, LoadError> {
        let (description, model) = files.load(device)?;
        Ok(Self {
            model,
            classes: description.span_classes(),
            identity: DetectorIdentity { name: description.name, sha256: description.weights_sha256 },
            pages_at_once: device.pages_at_once(),
        })
    }

    /// Which weights these are.
    #[must_use]
    pub const fn identity(&self) -> &DetectorIdentity {
        &self.identity
    }

    /// The detections of each page, in the pages' order, computed on this thread. A page without words has none.
    ///
    /// # Errors
    /// [`DetectError::Failed`] when the device fails.
    pub fn detect(&self, pages: &[Page]) -> std::result::Result<Vec<Vec<Detection>>, DetectError> {
        let probabilities =
            self.probabilities(pages).map_err(|error| DetectError::Failed { reason: error.to_string() })?;
        Ok(pages.iter().zip(&probabilities).map(|(page, words)| spans(page, words, &self.classes)).collect())
    }

    /// The raw outputs for pages of at most some hundred words: class logits `[pages, words, classes]` and
    /// span-start logits `[pages, words]`, padded to the longest page. For comparing with the trainer.
    ///
    /// # Errors
    /// When the device fails.
    pub fn logits(&self, pages: Vec<&PageFeatures>) -> Result<(Tensor, Tensor)> {
        let logits = self.model.forward(&Batch::new(pages))?;
        Ok((logits.classes, logits.starts))
    }

    /// The probabilities of each page's words.
    ///
    /// # Errors
    /// When the device fails.
    pub fn probabilities(&self, pages: &[Page]) -> Result<Vec<WordProbabilities>> {
        let features: Vec<PageFeatures> =
            pages.iter().map(|page| PageFeatures::of(&page.words, page.size)).collect();
        let mut windows: Vec<Window> =
            features.iter().enumerate().flat_map(|(page, all)| windows(page, all)).collect();
        // Windows of similar length together, so that little is padded.
        windows.sort_by_key(|window| window.features.len());
        let mut answers: Vec<PageAnswer> =
            pages.iter().map(|page| PageAnswer::new(page.words.len(), self.classes.len())).collect();
        for group in windows.chunks(self.pages_at_once) {
            let batch = Batch::new(group.iter().map(|window| &window.features).collect());
            let logits = self.model.forward(&batch)?;
            let classes: Vec<Vec<Vec<f32>>> = candle_nn::ops::softmax_last_dim(&logits.classes)?.to_vec3()?;
            let starts: Vec<Vec<f32>> = candle_nn::ops::sigmoid(&logits.starts)?.to_vec2()?;
            for ((window, classes), starts) in group.iter().zip(classes).zip(starts) {
                if let Some(answer) = answers.get_mut(window.page) {
                    answer.take(window, classes, &starts);
                }
            }
        }
        Ok(answers.into_iter().map(|answer| answer.words).collect())
    }
}

impl PageModel for LayoutDetector {
    fn identity(&self) -> DetectorIdentity {
        self.identity.clone()
    }

    fn needs(&self) -> Needs {
        Self::NEEDS
    }

    fn detect(&self, pages: &[Page]) -> std::result::Result<Vec<Vec<Detection>>, DetectError> {
        Self::detect(self, pages)
    }
}

/// A part of a page that the model sees at once.
struct Window {
    page: usize,
    features: PageFeatures,
}

fn windows(page: usize, features: &PageFeatures) -> Vec<Window> {
    if features.is_empty() {
        return Vec::new();
    }
    if features.len() <= WINDOW {
        return vec![Window { page, features: features.clone() }];
    }
    let last = features.len() - WINDOW;
    let starts = (0..last).step_by(STRIDE).chain(std::iter::once(last));
    starts.map(|start| Window { page, features: features.window(start, start + WINDOW) }).collect()
}

/// A page's probabilities as its windows come in: of two windows, the one speaks for a word that shows
/// more of what is around it.
struct PageAnswer {
    words: WordProbabilities,
    surroundings: Vec<Option<usize>>,
}

impl PageAnswer {
    fn new(words: usize, classes: usize) -> Self {
        let mut none = vec![0.0; classes];
        if let Some(first) = none.first_mut() {
            *first = 1.0;
        }
        let nothing = WordProbabilities { classes: vec![none; words], starts: vec![0.0; words] };
        Self { words: nothing, surroundings: vec![None; words] }
    }

    fn take(&mut self, window: &Window, classes: Vec<Vec<f32>>, starts: &[f32]) {
        let length = window.features.len();
        for (row, ((&index, classes), &start)) in
            window.features.order.iter().zip(classes).zip(starts).enumerate()
        {
            let shown = Some(row.min(length - 1 - row));
            let Some(surroundings) = self.surroundings.get_mut(index).filter(|before| **before < shown)
            else {
                continue;
            };
            *surroundings = shown;
            if let (Some(known), Some(known_start)) =
                (self.words.classes.get_mut(index), self.words.starts.get_mut(index))
            {
                *known = classes;
                *known_start = start;
            }
        }
    }
}
