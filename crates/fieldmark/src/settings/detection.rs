//! Settings of detection: the model, where it runs, how much waits for it, and how sure it must be.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use fieldmark_detection_candle::{Device, OptionsError, QueueOptions};
use fieldmark_domain::commands::ExtractDocument;
use serde::{Deserialize, Serialize};

use super::{Unacceptable, duration};

/// The model and where it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DetectionSettings {
    /// `cpu` or `cuda`.
    pub device: String,
    /// A folder with weights to use instead of those compiled in: in a settings file relative to the folder of that
    /// file, in the environment absolute.
    pub model: Option<PathBuf>,
    /// The confidence, 0..1, from which on a field is given.
    pub threshold: f32,
    /// The share, 0.5..0.995, of the values that accepted documents are booked and paid from that should be right; other
    /// documents are to be reviewed.
    pub precision: f32,
    /// How long after the beginning of a document's reading its pages are still looked at; those that were not by
    /// then are said.
    #[serde(with = "duration")]
    pub deadline: Duration,
    /// How many pages may wait for the model, 1 to 100000; requests beyond are refused as overloaded. There is always
    /// a place for every page of the documents that are read at once.
    pub queue: usize,
    /// How many waiting pages are given to the model at once at most, 1 to 1024; when not given, what suits the device.
    pub batch: Option<usize>,
    /// How many threads call the model, 1 to 256; when not given, one for each processor core, and one for a GPU.
    pub threads: Option<usize>,
}

impl Default for DetectionSettings {
    fn default() -> Self {
        let options = QueueOptions::of(Device::Cpu);
        Self {
            device: "cpu".to_owned(),
            model: None,
            threshold: 0.1,
            precision: 0.98,
            deadline: Duration::from_secs(15),
            queue: options.queue,
            batch: None,
            threads: None,
        }
    }
}

impl DetectionSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        if !["cpu", "cuda"].contains(&self.device.as_str()) {
            return Err(Unacceptable::new("detection.device", "must be `cpu` or `cuda`"));
        }
        if !(0.0..=1.0).contains(&self.threshold) {
            return Err(Unacceptable::new("detection.threshold", "must be 0 to 1"));
        }
        if !(0.5..=0.995).contains(&self.precision) {
            return Err(Unacceptable::new("detection.precision", "must be 0.5 to 0.995"));
        }
        if self.deadline.is_zero() {
            return Err(Unacceptable::new("detection.deadline", "must be above 0"));
        }
        if self.model.as_ref().is_some_and(|model| !model.is_dir()) {
            return Err(Unacceptable::new("detection.model", "names no folder that is there"));
        }
        let unacceptable = |error: OptionsError| {
            Unacceptable::new(format!("detection.{}", error.option), format!("must be {}", error.expected))
        };
        self.options(Device::Cpu).validate().map_err(unacceptable)
    }

    /// The bounds of the detector's queue on this device, when so many documents are read at once.
    pub fn queue_options(&self, device: Device, jobs: NonZeroUsize) -> QueueOptions {
        // No document of this run is turned away because others wait.
        let needed = jobs.get().saturating_mul(ExtractDocument::PAGES_AT_ONCE);
        QueueOptions { queue: self.queue.max(needed), ..self.options(device) }
    }

    fn options(&self, device: Device) -> QueueOptions {
        let suited = QueueOptions::of(device);
        QueueOptions {
            queue: self.queue,
            batch: self.batch.unwrap_or(suited.batch),
            threads: self.threads.unwrap_or(suited.threads),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_that_are_read_at_once_never_fill_the_queue() {
        let settings = DetectionSettings { queue: 1, ..DetectionSettings::default() };
        let jobs = NonZeroUsize::new(40).unwrap();
        let options = settings.queue_options(Device::Cpu, jobs);
        assert_eq!(options.queue, 40 * ExtractDocument::PAGES_AT_ONCE);
        let roomy = DetectionSettings { queue: 5000, batch: Some(8), threads: Some(3), ..settings };
        let options = roomy.queue_options(Device::Cuda, jobs);
        assert_eq!(options, QueueOptions { queue: 5000, batch: 8, threads: 3 });
    }

    #[test]
    fn what_is_not_said_is_what_suits_the_device() {
        let settings = DetectionSettings::default();
        for device in [Device::Cpu, Device::Cuda] {
            assert_eq!(settings.queue_options(device, NonZeroUsize::MIN), QueueOptions::of(device));
        }
    }
}
