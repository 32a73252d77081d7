//! The layout model: detects spans on pages, on the caller's thread.

use std::path::Path;

use candle_core::Result;
use candle_nn::ops::softmax_last_dim;
use fieldmark_domain::detection::{Detection, SpanClass};
use fieldmark_domain::geometry::BoundingBox;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::{DetectError, DetectorIdentity, Needs};

use crate::batch::Batch;
use crate::blocks::blocks;
use crate::description::ModelDescription;
use crate::device::Device;
use crate::features::PageFeatures;
use crate::load_error::LoadError;
use crate::model::{LayoutModel, Logits};
use crate::page_model::PageModel;
use crate::spans::{PageProbabilities, spans};
use crate::weights::{ModelFiles, description_of, read_folder};

/// Maximum number of words per window; longer pages are processed in overlapping windows.
const WINDOW: usize = 512;
/// Distance between the starts of two windows, in words.
const STRIDE: usize = 384;

/// Detects fields with the layout model. A [`DetectionQueue`](crate::DetectionQueue) implements the
/// domain's port with it.
pub struct LayoutDetector {
    model: LayoutModel,
    classes: Vec<Option<SpanClass>>,
    roles: Vec<Option<SpanClass>>,
    documents: Vec<Option<SpanClass>>,
    identity: DetectorIdentity,
    pages_at_once: usize,
}

impl LayoutDetector {
    /// The inputs that a layout model needs, whatever its weights.
    pub const NEEDS: Needs = Needs { words: true, raster_height: None };

    /// Loads the model that is compiled in.
    ///
    /// # Errors
    /// [`LoadError::Device`] when the device cannot be used.
    pub fn bundled(device: Device) -> std::result::Result<Self, LoadError> {
        Self::from_files(&ModelFiles::BUNDLED, device)
    }

    /// Loads the model from a folder with `model.json` and `weights.safetensors`.
    ///
    /// # Errors
    /// [`LoadError`] names the file, hash or tensor that is wrong.
    pub fn load(folder: &Path, device: Device) -> std::result::Result<Self, LoadError> {
        let (description, weights) = read_folder(folder)?;
        Self::from_files(&ModelFiles { description: &description, weights: &weights }, device)
    }

    /// The identity of the model in a folder, or of the compiled-in model if `folder` is `None`.
    /// Only the description is read: whether the weights match it is not checked.
    ///
    /// # Errors
    /// [`LoadError::Read`], [`LoadError::Description`] or [`LoadError::Mismatch`].
    pub fn identity_of(folder: Option<&Path>) -> std::result::Result<DetectorIdentity, LoadError> {
        let description = description_of(folder)?;
        Ok(DetectorIdentity { name: description.name, sha256: description.weights_sha256 })
    }

    /// Loads a model from its files in memory.
    ///
    /// # Errors
    /// As [`LayoutDetector::load`].
    pub fn from_files(files: &ModelFiles<'_>, device: Device) -> std::result::Result<Self, LoadError> {
        let (description, model) = files.load(device)?;
        Ok(Self {
            model,
            classes: ModelDescription::meanings(&description.classes),
            roles: ModelDescription::meanings(&description.roles),
            documents: ModelDescription::meanings(&description.documents),
            identity: DetectorIdentity { name: description.name, sha256: description.weights_sha256 },
            pages_at_once: device.pages_at_once(),
        })
    }

    /// The identity of the weights.
    #[must_use]
    pub const fn identity(&self) -> &DetectorIdentity {
        &self.identity
    }

    /// The detections of each page, in the pages' order, computed on this thread. A page without
    /// words has none.
    ///
    /// # Errors
    /// [`DetectError::Failed`] when the device fails.
    pub fn detect(&self, pages: &[Page]) -> std::result::Result<Vec<Vec<Detection>>, DetectError> {
        let probabilities =
            self.probabilities(pages).map_err(|error| DetectError::Failed { reason: error.to_string() })?;
        Ok(pages.iter().zip(&probabilities).map(|(page, found)| self.detections(page, found)).collect())
    }

    fn detections(&self, page: &Page, found: &PageProbabilities) -> Vec<Detection> {
        let mut detections = spans(page, found, &self.classes);
        detections.extend(blocks(page, &found.roles, &self.roles));
        // A page without words has no document kind.
        let probabilities = if page.words.is_empty() { &[][..] } else { &found.documents };
        let kinds = self.documents.iter().zip(probabilities);
        detections.extend(kinds.filter_map(|(class, score)| {
            Some(Detection { class: (*class)?, score: *score, bounds: BoundingBox::WHOLE, words: Vec::new() })
        }));
        detections
    }

    /// The raw outputs for pages of at most some hundred words, padded to the longest page. For
    /// comparison with the trainer.
    ///
    /// # Errors
    /// When the device fails.
    pub fn logits(&self, pages: Vec<&PageFeatures>) -> Result<Logits> {
        self.model.forward(&Batch::new(pages))
    }

    /// The probabilities for each page's words.
    ///
    /// # Errors
    /// When the device fails.
    pub fn probabilities(&self, pages: &[Page]) -> Result<Vec<PageProbabilities>> {
        let features: Vec<PageFeatures> =
            pages.iter().map(|page| PageFeatures::of(&page.words, page.size)).collect();
        let mut windows: Vec<Window> =
            features.iter().enumerate().flat_map(|(page, all)| windows(page, all)).collect();
        // Batch windows of similar length, so that there is little padding.
        windows.sort_by_key(|window| window.features.len());
        let mut answers: Vec<PageAnswer> =
            pages.iter().map(|page| PageAnswer::new(page.words.len(), self)).collect();
        for group in windows.chunks(self.pages_at_once) {
            let batch = Batch::new(group.iter().map(|window| &window.features).collect());
            let logits = self.model.forward(&batch)?;
            for (window, found) in group.iter().zip(probabilities_of(&logits)?) {
                if let Some(answer) = answers.get_mut(window.page) {
                    answer.take(window, found);
                }
            }
        }
        Ok(answers.into_iter().map(PageAnswer::finish).collect())
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

/// A part of a page that the model processes at once.
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

/// The model's probabilities for each window of a batch.
fn probabilities_of(logits: &Logits) -> Result<Vec<PageProbabilities>> {
    let classes: Vec<Vec<Vec<f32>>> = softmax_last_dim(&logits.classes)?.to_vec3()?;
    let starts: Vec<Vec<f32>> = candle_nn::ops::sigmoid(&logits.starts)?.to_vec2()?;
    let roles: Vec<Vec<Vec<f32>>> = match &logits.roles {
        Some(roles) => softmax_last_dim(roles)?.to_vec3()?,
        None => vec![Vec::new(); classes.len()],
    };
    let documents: Vec<Vec<f32>> = match &logits.documents {
        Some(documents) => softmax_last_dim(documents)?.to_vec2()?,
        None => vec![Vec::new(); classes.len()],
    };
    let words = classes.into_iter().zip(starts).zip(roles).zip(documents);
    Ok(words
        .map(|(((classes, starts), roles), documents)| PageProbabilities {
            classes,
            starts,
            roles,
            documents,
        })
        .collect())
}

/// All probability on the first class; empty if there are no classes.
fn certainly_none(classes: usize) -> Vec<f32> {
    (0..classes).map(|class| if class == 0 { 1.0 } else { 0.0 }).collect()
}

/// Stores a row's result at the index of its word.
fn replace<T: Default>(known: &mut [T], index: usize, found: &mut [T], row: usize) {
    if let (Some(known), Some(found)) = (known.get_mut(index), found.get_mut(row)) {
        *known = std::mem::take(found);
    }
}

/// A page's probabilities, collected from its windows. For a word in two windows, the window with
/// more context around the word is used.
struct PageAnswer {
    words: PageProbabilities,
    surroundings: Vec<Option<usize>>,
}

impl PageAnswer {
    fn new(words: usize, detector: &LayoutDetector) -> Self {
        let nothing = PageProbabilities {
            classes: vec![certainly_none(detector.classes.len()); words],
            starts: vec![0.0; words],
            roles: vec![certainly_none(detector.roles.len()); words],
            documents: vec![0.0; detector.documents.len()],
        };
        Self { words: nothing, surroundings: vec![None; words] }
    }

    fn take(&mut self, window: &Window, mut found: PageProbabilities) {
        let length = window.features.len();
        let share = length as f32 / self.surroundings.len().max(1) as f32;
        for (known, new) in self.words.documents.iter_mut().zip(&found.documents) {
            // Windows overlap, so their shares add up to more than one.
            *known += new * share;
        }
        for (row, &index) in window.features.order.iter().enumerate() {
            let shown = Some(row.min(length - 1 - row));
            let Some(surroundings) = self.surroundings.get_mut(index).filter(|before| **before < shown)
            else {
                continue;
            };
            *surroundings = shown;
            replace(&mut self.words.classes, index, &mut found.classes, row);
            replace(&mut self.words.starts, index, &mut found.starts, row);
            replace(&mut self.words.roles, index, &mut found.roles, row);
        }
    }

    fn finish(mut self) -> PageProbabilities {
        let whole: f32 = self.words.documents.iter().sum();
        for probability in &mut self.words.documents {
            *probability /= whole.max(f32::MIN_POSITIVE);
        }
        self.words
    }
}
