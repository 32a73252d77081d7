//! Why a model cannot be loaded. Does not know how models are loaded.

use std::path::PathBuf;

use crate::device::DeviceError;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file of the model's folder could not be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// `model.json` is not valid.
    #[error("model.json is not a valid model description")]
    Description(#[source] serde_json::Error),
    /// The weights are not those that `model.json` describes.
    #[error("the weights of {model} have SHA-256 {found}, but model.json states {expected}")]
    Hash {
        /// The model's name.
        model: String,
        /// The hash in `model.json`.
        expected: String,
        /// The hash of the file.
        found: String,
    },
    /// The model does not fit this program.
    #[error("the model {model} does not fit this program: {what}")]
    Mismatch {
        /// The model's name.
        model: String,
        /// What does not fit.
        what: String,
    },
    /// A tensor is missing or has another shape.
    #[error("the weights of {model} cannot be used")]
    Tensors {
        /// The model's name.
        model: String,
        /// The tensor, and what is wrong with it.
        #[source]
        source: candle_core::Error,
    },
    /// The device cannot be used.
    #[error(transparent)]
    Device(#[from] DeviceError),
}
