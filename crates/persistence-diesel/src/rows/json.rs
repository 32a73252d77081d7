//! Columns that hold JSON. Keys that a newer program wrote are passed over.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::faults::Fault;

pub(crate) fn written(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(Fault::broken)
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::broken(format!("JSON is kept that cannot be read: {error}")))
}

/// Text as PostgreSQL can keep it: without NUL, which a page's words may hold.
pub(crate) fn plain(text: &str) -> String {
    text.replace('\0', "")
}
