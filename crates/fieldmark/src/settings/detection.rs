//! Settings of detection: the model, where it runs, and how sure it must be.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Unacceptable, duration};

/// The model and where it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DetectionSettings {
    /// `cpu` or `cuda`.
    pub device: String,
    /// A folder with weights to use instead of those compiled in.
    pub model: Option<PathBuf>,
    /// The confidence, 0..1, from which on a field is given.
    pub threshold: f32,
    /// How long after the beginning of a document's reading its pages are still looked at; those that were not by
    /// then are said.
    #[serde(with = "duration")]
    pub deadline: Duration,
}

impl Default for DetectionSettings {
    fn default() -> Self {
        Self { device: "cpu".to_owned(), model: None, threshold: 0.5, deadline: Duration::from_secs(15) }
    }
}

impl DetectionSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        if !["cpu", "cuda"].contains(&self.device.as_str()) {
            let reason = format!("must be `cpu` or `cuda`, not `{}`", self.device);
            return Err(Unacceptable::new("detection.device", reason));
        }
        if !(0.0..=1.0).contains(&self.threshold) {
            let reason = format!("must be 0 to 1, not {}", self.threshold);
            return Err(Unacceptable::new("detection.threshold", reason));
        }
        if self.deadline.is_zero() {
            return Err(Unacceptable::new("detection.deadline", "must be above 0"));
        }
        if let Some(model) = self.model.as_ref().filter(|model| !model.is_dir()) {
            let reason = format!("names no folder: {}", model.display());
            return Err(Unacceptable::new("detection.model", reason));
        }
        Ok(())
    }
}
