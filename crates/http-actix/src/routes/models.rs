//! The models that are loaded.

use actix_web::HttpRequest;
use fieldmark_domain::field::Field;
use fieldmark_report::names::FieldName;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, State};
use crate::addresses;
use crate::caller::Caller;
use crate::envelope::{Answer, Envelope};
use crate::parameters::Parameters;

/// A model that is loaded.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Model)]
pub struct ModelReport {
    /// Its name and version.
    #[schema(example = "layout-2")]
    pub name: String,
    /// SHA-256 of its weights, in hex.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// Where it runs.
    #[schema(example = "cpu")]
    pub device: String,
    /// The fields that documents are read for.
    #[schema(value_type = Vec<FieldName>)]
    pub fields: Vec<&'static str>,
}

/// The models that are loaded.
#[utoipa::path(
    get, path = addresses::MODELS, tag = "models", operation_id = "list_models",
    responses((status = 200, description = "The models", body = Envelope<Vec<ModelReport>>))
)]
pub async fn list(request: HttpRequest, _: Caller, services: State) -> Answered<Vec<ModelReport>> {
    Parameters::of(&request).finish()?;
    let identity = services.extract.detector.identity();
    Ok(Answer::ok(vec![ModelReport {
        name: identity.name,
        sha256: identity.sha256,
        device: services.device.clone(),
        fields: Field::ALL.iter().map(|field| field.name()).collect(),
    }]))
}
