//! Settings of detection: the model, where it runs, how much waits for it, and how sure it must be.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use fieldmark_detection_candle::{Device, OptionsError, QueueOptions};
use fieldmark_domain::commands::ExtractDocument;
use fieldmark_domain::reading::ReadingOptions;

use super::bound::Bound;
use super::described::settings;
use super::{Unacceptable, duration};

settings! {
    /// The model and where it runs.
    pub struct DetectionSettings in "detection" {
        /// `cpu`, or `cuda` in a build with the feature `cuda`.
        pub device: String,
        /// A folder with other weights: in a settings file relative to the folder of that file, in
        /// the environment absolute.
        #[otherwise = "the weights that are compiled in"]
        pub model: Option<PathBuf>,
        /// The least confidence of a field that is printed or kept.
        #[within(Bound::Between(0.0, 1.0))]
        pub threshold: f32,
        /// The share of right values to aim at among the values of accepted documents that are
        /// booked and paid from; documents that are less sure are to be reviewed.
        #[within(Bound::Between(0.5, 0.995))]
        pub precision: f32,
        /// The time from the beginning of a document after which no more of its pages go through
        /// the model; the pages left out are reported.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub deadline: Duration,
        /// Pages that may wait for the model; beyond, `/infer` gets 503. Pages of documents that
        /// jobs extract always have a place.
        #[within(Bound::Between(1.0, 100_000.0))]
        pub queue: usize,
        /// Waiting pages, of several documents, that go through the model at once.
        #[within(Bound::Between(1.0, 1024.0))]
        #[otherwise = "`1` on `cpu`, `16` on `cuda`"]
        pub batch: Option<usize>,
        /// Threads that run the model.
        #[within(Bound::Between(1.0, 256.0))]
        #[otherwise = "one for each processor core, `1` on `cuda`"]
        pub threads: Option<usize>,
    }
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
    /// How sure a reading and every decision after it must be.
    pub fn reading(&self) -> ReadingOptions {
        let Self { threshold, precision, .. } = *self;
        ReadingOptions { threshold, precision, ..ReadingOptions::default() }
    }

    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        if !["cpu", "cuda"].contains(&self.device.as_str()) {
            return Err(Unacceptable::new("detection.device", "must be `cpu` or `cuda`"));
        }
        self.check_bounds()?;
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
    fn the_ranges_are_those_of_the_queue() {
        let with = |queue: usize, batch: usize, threads: usize| {
            let (batch, threads) = (Some(batch), Some(threads));
            let settings = DetectionSettings { queue, batch, threads, ..DetectionSettings::default() };
            (settings.check_bounds().is_ok(), settings.options(Device::Cpu).validate().is_ok())
        };
        for (queue, batch, threads) in [(1, 1, 1), (100_000, 1024, 256)] {
            assert_eq!(with(queue, batch, threads), (true, true));
        }
        for (queue, batch, threads) in
            [(0, 1, 1), (100_001, 1, 1), (1, 0, 1), (1, 1025, 1), (1, 1, 0), (1, 1, 257)]
        {
            assert_eq!(with(queue, batch, threads), (false, false), "{queue} {batch} {threads}");
        }
    }

    #[test]
    fn what_is_not_said_is_what_suits_the_device() {
        let settings = DetectionSettings::default();
        for device in [Device::Cpu, Device::Cuda] {
            assert_eq!(settings.queue_options(device, NonZeroUsize::MIN), QueueOptions::of(device));
        }
    }
}
