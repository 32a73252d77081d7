//! Columns that contain JSON. Unknown keys from a newer program are ignored.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::faults::Fault;

pub(crate) fn written(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(Fault::broken)
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::broken(format!("stored JSON cannot be read: {error}")))
}

/// Text that PostgreSQL can store: without NUL, which the words of a page may contain.
pub(crate) fn plain(text: &str) -> String {
    text.replace('\0', "")
}
