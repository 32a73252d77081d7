//! How much may wait, how much is looked at together, and by how many threads.

use crate::device::Device;

/// The bounds of a [`DetectionQueue`](super::DetectionQueue).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueOptions {
    /// How many pages may wait, 1 to 100000; those that are being looked at are not counted. A request of more pages
    /// is always refused.
    pub queue: usize,
    /// How many pages are given to the model at once at most, 1 to 1024.
    pub batch: usize,
    /// How many threads call the model, 1 to 256.
    pub threads: usize,
}

/// An option that no queue can work with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the detection queue's option `{option}` must be {expected}")]
pub struct OptionsError {
    /// The option's name.
    pub option: &'static str,
    /// What it must be.
    pub expected: &'static str,
}

/// Pages that may wait when nobody says how many.
const QUEUE: usize = 256;

impl QueueOptions {
    /// What suits a device. A processor has a thread for each core, and looks at one page at a time: padding pages to
    /// one length costs it more than it gains. A GPU has one thread, and wants company for its pages.
    #[must_use]
    pub fn of(device: Device) -> Self {
        let threads = match device {
            Device::Cpu => std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS),
            Device::Cuda => 1,
        };
        Self { queue: QUEUE, batch: device.pages_at_once(), threads }
    }

    /// Whether a queue can work with these options.
    ///
    /// # Errors
    /// The first option that is out of its range.
    pub fn validate(&self) -> Result<(), OptionsError> {
        let demands = [
            ("queue", (1..=100_000).contains(&self.queue), "1 to 100000"),
            ("batch", (1..=1024).contains(&self.batch), "1 to 1024"),
            ("threads", (1..=MOST_THREADS).contains(&self.threads), "1 to 256"),
        ];
        match demands.into_iter().find(|(_, holds, _)| !holds) {
            Some((option, _, expected)) => Err(OptionsError { option, expected }),
            None => Ok(()),
        }
    }
}

const MOST_THREADS: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_devices_own_options_are_valid() {
        for device in [Device::Cpu, Device::Cuda] {
            assert_eq!(QueueOptions::of(device).validate(), Ok(()));
        }
    }

    #[test]
    fn an_option_out_of_range_is_named() {
        let good = QueueOptions::of(Device::Cpu);
        let cases = [
            ("queue", QueueOptions { queue: 0, ..good }),
            ("queue", QueueOptions { queue: 100_001, ..good }),
            ("batch", QueueOptions { batch: 0, ..good }),
            ("threads", QueueOptions { threads: 257, ..good }),
        ];
        for (option, options) in cases {
            assert_eq!(options.validate().unwrap_err().option, option);
        }
    }
}
