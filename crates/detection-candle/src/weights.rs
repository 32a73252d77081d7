//! Loads weights: the compiled-in ones, or a folder with `model.json` and `weights.safetensors`.
//! Hash, feature version and shapes are checked before the weights are used.

use std::path::Path;

use candle_core::DType;
use candle_nn::VarBuilder;
use sha2::{Digest, Sha256};

use crate::description::ModelDescription;
use crate::device::Device;
use crate::load_error::LoadError;
use crate::model::LayoutModel;

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

/// Reads only the description: from a model's folder, or of the compiled-in model.
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
