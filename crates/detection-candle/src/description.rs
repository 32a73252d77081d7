//! `model.json`: the description of a set of weights. Loading compares it with this code and
//! reports any mismatch.

use fieldmark_domain::detection::SpanClass;
use serde::Deserialize;

use crate::classes::NONE;
use crate::features::{FEATURE_VERSION, FLAGS, GEOMETRY, IDS, TABLE_ROWS};
use crate::load_error::LoadError;

/// The version of `model.json` that this code reads.
const FORMAT: u32 = 1;

/// The sizes of the network.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Architecture {
    /// Width of a word's vector.
    pub width: usize,
    /// Number of blocks of mixing, attention and feed-forward.
    pub blocks: usize,
    /// Number of attention heads; divides `width`.
    pub heads: usize,
    /// Width of the feed-forward layer, as a multiple of `width`.
    pub feed_forward: usize,
    /// Width of the text embedding.
    pub text_width: usize,
    /// Width of the projection of geometry and flags.
    pub surface_width: usize,
    /// Edges of the buckets of horizontal distance, in points, ascending.
    pub x_edges: Vec<f32>,
    /// Edges of the buckets of vertical distance, in points, ascending.
    pub y_edges: Vec<f32>,
}

impl Architecture {
    /// Number of pairs of distance buckets: the rows of the position bias.
    #[must_use]
    pub fn position_buckets(&self) -> usize {
        (2 * self.x_edges.len() + 1) * (2 * self.y_edges.len() + 1)
    }
}

/// The features that the weights were trained on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FeatureParameters {
    /// [`FEATURE_VERSION`] of the code that computed them.
    pub version: u32,
    /// Rows of the embedding table.
    pub rows: usize,
    /// Maximum number of rows of a word.
    pub ids: usize,
    /// Number of flags of a word.
    pub flags: usize,
    /// Number of geometry values of a word.
    pub geometry: usize,
}

impl std::fmt::Display for FeatureParameters {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { version, rows, ids, flags, geometry } = self;
        write!(
            formatter,
            "of version {version} ({rows} rows, {ids} ids, {flags} flags, {geometry} geometry values)"
        )
    }
}

/// The content of `model.json`. Its training provenance and figures are for people and are not
/// parsed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ModelDescription {
    /// Name and version, for instance `layout-2`.
    pub name: String,
    /// Version of this file's format.
    pub format: u32,
    /// SHA-256 of the safetensors file, in hex.
    pub weights_sha256: String,
    /// The sizes of the network.
    pub architecture: Architecture,
    /// The features that the weights expect.
    pub features: FeatureParameters,
    /// Names of the word classes; the first is "none".
    pub classes: Vec<String>,
    /// Names of the block roles, the first is "none"; empty for weights without block roles.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Names of the document kinds; empty for weights without document kinds.
    #[serde(default)]
    pub documents: Vec<String>,
}

impl ModelDescription {
    /// Parses and checks a `model.json`.
    ///
    /// # Errors
    /// [`LoadError::Description`] when it is not valid, [`LoadError::Mismatch`] when it does not
    /// fit this code.
    pub fn parse(json: &[u8]) -> Result<Self, LoadError> {
        let description: Self = serde_json::from_slice(json).map_err(LoadError::Description)?;
        description.check()?;
        Ok(description)
    }

    /// The class of each name in [`ModelDescription::classes`], `roles` or `documents`; `None` for
    /// "none".
    #[must_use]
    pub fn meanings(names: &[String]) -> Vec<Option<SpanClass>> {
        names.iter().map(|name| SpanClass::from_name(name)).collect()
    }

    fn check(&self) -> Result<(), LoadError> {
        let expected = FeatureParameters {
            version: FEATURE_VERSION,
            rows: TABLE_ROWS,
            ids: IDS,
            flags: FLAGS,
            geometry: GEOMETRY,
        };
        let mismatch = |what: String| Err(LoadError::Mismatch { model: self.name.clone(), what });
        if self.format != FORMAT {
            return mismatch(format!("its format is {}, but this program reads {FORMAT}", self.format));
        }
        if self.features != expected {
            return mismatch(format!(
                "it expects features {}, but this program computes features {expected}",
                self.features
            ));
        }
        let Architecture { width, heads, x_edges, y_edges, .. } = &self.architecture;
        if *heads == 0 || width % heads != 0 {
            return mismatch(format!("{heads} heads do not divide a width of {width}"));
        }
        if !x_edges.is_sorted() || !y_edges.is_sorted() {
            return mismatch("the edges of its distance buckets are not ascending".to_owned());
        }
        if self.classes.first().map(String::as_str) != Some(NONE)
            || self.roles.first().is_some_and(|first| first != NONE)
        {
            return mismatch(format!("its first class or role is not `{NONE}`"));
        }
        let named = self.classes.iter().skip(1).chain(self.roles.iter().skip(1)).chain(&self.documents);
        if let Some(unknown) = named.into_iter().find(|name| SpanClass::from_name(name).is_none()) {
            return mismatch(format!("its class `{unknown}` is unknown to this program"));
        }
        Ok(())
    }
}
