//! The queue's options: waiting pages, batch size and number of threads.

use crate::device::Device;

/// The limits of a [`DetectionQueue`](super::DetectionQueue).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueOptions {
    /// Maximum number of waiting pages, 1 to 100000; pages in process do not count. A request with
    /// more pages is always refused.
    pub queue: usize,
    /// Maximum number of pages per call of the model, 1 to 1024.
    pub batch: usize,
    /// Number of threads that call the model, 1 to 256.
    pub threads: usize,
}

/// An option that is outside its range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the detection queue's option `{option}` must be {expected}")]
pub struct OptionsError {
    /// The option's name.
    pub option: &'static str,
    /// The allowed range.
    pub expected: &'static str,
}

/// Default number of waiting pages.
const DEFAULT_QUEUE: usize = 256;

impl QueueOptions {
    /// The options that suit a device. A CPU gets one thread per core and one page per call:
    /// padding pages to one length costs more than batching saves. A GPU gets one thread and larger
    /// batches.
    #[must_use]
    pub fn of(device: Device) -> Self {
        let threads = match device {
            Device::Cpu => std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS),
            Device::Cuda => 1,
        };
        Self { queue: DEFAULT_QUEUE, batch: device.pages_at_once(), threads }
    }

    /// Checks that every option is inside its range.
    ///
    /// # Errors
    /// The first option that is out of its range.
    pub fn validate(&self) -> Result<(), OptionsError> {
        let demands = [
            ("queue", (1..=100_000).contains(&self.queue), "1 to 100000"),
            ("batch", (1..=1024).contains(&self.batch), "1 to 1024"),
            ("threads", (1..=MAX_THREADS).contains(&self.threads), "1 to 256"),
        ];
        match demands.into_iter().find(|(_, holds, _)| !holds) {
            Some((option, _, expected)) => Err(OptionsError { option, expected }),
            None => Ok(()),
        }
    }
}

const MAX_THREADS: usize = 256;

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
