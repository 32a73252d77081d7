//! The layout model: from pages to spans, on the caller's thread.

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
use crate::model::{LayoutModel, Logits};
use crate::page_model::PageModel;
use crate::spans::{PageProbabilities, spans};
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
    roles: Vec<Option<SpanClass>>,
    documents: Vec<Option<SpanClass>>,
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
            classes: ModelDescription::meanings(&description.classes),
            roles: ModelDescription::meanings(&description.roles),
            documents: ModelDescription::meanings(&description.documents),
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
        Ok(pages.iter().zip(&probabilities).map(|(page, found)| self.detections(page, found)).collect())
    }

    fn detections(&self, page: &Page, found: &PageProbabilities) -> Vec<Detection> {
        let mut detections = spans(page, found, &self.classes);
        detections.extend(blocks(page, &found.roles, &self.roles));
        // A page without words is no document of any kind.
        let told = if page.words.is_empty() { &[][..] } else { &found.documents };
        let kinds = self.documents.iter().zip(told);
        detections.extend(kinds.filter_map(|(class, score)| {
            Some(Detection { class: (*class)?, score: *score, bounds: BoundingBox::WHOLE, words: Vec::new() })
        }));
        detections
    }

    /// The raw outputs for pages of at most some hundred words, padded to the longest page. For comparing with the
    /// trainer.
    ///
    /// # Errors
    /// When the device fails.
    pub fn logits(&self, pages: Vec<&PageFeatures>) -> Result<Logits> {
        self.model.forward(&Batch::new(pages))
    }

    /// The probabilities of each page's words.
    ///
    /// # Errors
    /// When the device fails.
    pub fn probabilities(&self, pages: &[Page]) -> Result<Vec<PageProbabilities>> {
        let features: Vec<PageFeatures> =
            pages.iter().map(|page| PageFeatures::of(&page.words, page.size)).collect();
        let mut windows: Vec<Window> =
            features.iter().enumerate().flat_map(|(page, all)| windows(page, all)).collect();
        // Windows of similar length together, so that little is padded.
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

/// What the model says of each window of a batch.
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

/// The first class has all the probability; nothing where there are no classes.
fn certainly_none(classes: usize) -> Vec<f32> {
    (0..classes).map(|class| if class == 0 { 1.0 } else { 0.0 }).collect()
}

/// Puts what a row says into the place of its word.
fn replace<T: Default>(known: &mut [T], index: usize, found: &mut [T], row: usize) {
    if let (Some(known), Some(found)) = (known.get_mut(index), found.get_mut(row)) {
        *known = std::mem::take(found);
    }
}

/// A page's probabilities as its windows come in: of two windows, the one speaks for a word that shows
/// more of what is around it.
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
            // Windows overlap: their shares together are more than one.
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
