//! The device that the model computes on.

use std::str::FromStr;

/// A device, parsed from its name in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Device {
    /// The processor.
    #[default]
    Cpu,
    /// The first NVIDIA GPU.
    Cuda,
}

/// Why a device cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeviceError {
    /// The name is neither `cpu` nor `cuda`.
    #[error("`{0}` is not a device: use `cpu` or `cuda`")]
    Unknown(String),
    /// The program was built without the feature `cuda`.
    #[error("this program was built without CUDA: build it with `--features cuda`, or use the device `cpu`")]
    WithoutCuda,
    /// There is no GPU, or its driver does not respond.
    #[error("the GPU cannot be used")]
    Unavailable(#[source] candle_core::Error),
}

impl FromStr for Device {
    type Err = DeviceError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda),
            other => Err(DeviceError::Unknown(other.to_owned())),
        }
    }
}

impl Device {
    /// Opens the device.
    pub(crate) fn open(self) -> Result<candle_core::Device, DeviceError> {
        match self {
            Self::Cpu => Ok(candle_core::Device::Cpu),
            Self::Cuda if cfg!(feature = "cuda") => {
                candle_core::Device::new_cuda(0).map_err(DeviceError::Unavailable)
            }
            Self::Cuda => Err(DeviceError::WithoutCuda),
        }
    }

    /// How many pages to compute at once: padding costs a CPU more than batching saves, a GPU less.
    pub(crate) const fn pages_at_once(self) -> usize {
        match self {
            Self::Cpu => 1,
            Self::Cuda => 16,
        }
    }
}
