//! Where weights come from: compiled in, or a folder with `model.json` and `weights.safetensors`.
//! Hash, feature version and shapes are checked before anything is computed with them.

use std::path::{Path, PathBuf};

use candle_core::DType;
use candle_nn::VarBuilder;
use sha2::{Digest, Sha256};

use crate::description::ModelDescription;
use crate::device::{Device, DeviceError};
use crate::model::LayoutModel;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file of the model's folder could not be read.
    #[error("cannot read {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// `model.json` is not what it should be.
    #[error("model.json is not a model's description")]
    Description(#[source] serde_json::Error),
    /// The weights are not those that `model.json` describes.
    #[error("the weights of {model} have SHA-256 {found}, model.json says {expected}")]
    Hash {
        /// The model's name.
        model: String,
        /// The hash that `model.json` names.
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
        /// Which tensor, and what is wrong with it.
        #[source]
        source: candle_core::Error,
    },
    /// The device cannot be used.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

/// A model's two files in memory.
pub struct ModelFiles<'a> {
    /// `model.json`.
    pub description: &'a [u8],
    /// `weights.safetensors`.
    pub weights: &'a [u8],
}

impl ModelFiles<'static> {
    /// The model that is compiled in.
    pub const BUNDLED: Self = Self {
        description: include_bytes!("../../../weights/layout-2/model.json"),
        weights: include_bytes!("../../../weights/layout-2/weights.safetensors"),
    };
}

impl ModelFiles<'_> {
    /// Checks the files and builds the model.
    pub(crate) fn load(&self, device: Device) -> Result<(ModelDescription, LayoutModel), LoadError> {
        let description = ModelDescription::parse(self.description)?;
        let found = hex(&Sha256::digest(self.weights));
        if found != description.weights_sha256 {
            let (model, expected) = (description.name, description.weights_sha256);
            return Err(LoadError::Hash { model, expected, found });
        }
        let tensors = |source| LoadError::Tensors { model: description.name.clone(), source };
        let builder =
            VarBuilder::from_slice_safetensors(self.weights, DType::F32, &device.open()?).map_err(tensors)?;
        let model = LayoutModel::load(&description, &builder).map_err(tensors)?;
        Ok((description, model))
    }
}

/// Reads the two files of a model's folder.
pub(crate) fn read_folder(folder: &Path) -> Result<(Vec<u8>, Vec<u8>), LoadError> {
    Ok((read(folder, DESCRIPTION)?, read(folder, "weights.safetensors")?))
}

/// Reads the description alone: of a model's folder, or of the model that is compiled in.
pub(crate) fn description_of(folder: Option<&Path>) -> Result<ModelDescription, LoadError> {
    match folder {
        Some(folder) => ModelDescription::parse(&read(folder, DESCRIPTION)?),
        None => ModelDescription::parse(ModelFiles::BUNDLED.description),
    }
}

const DESCRIPTION: &str = "model.json";

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, LoadError> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|source| LoadError::Read { path, source })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
