//! Files of JSON Lines: one object a line, empty lines left out. Does not know what the objects
//! mean.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::EvaluationError;

/// The rows of a file; `content` names what it should hold, for messages.
///
/// # Errors
/// [`EvaluationError::Open`], [`EvaluationError::Line`] or [`EvaluationError::Row`].
pub fn read<Row: DeserializeOwned>(content: &'static str, path: &Path) -> Result<Vec<Row>, EvaluationError> {
    let file = File::open(path).map_err(|source| EvaluationError::Open {
        content,
        path: path.to_owned(),
        source,
    })?;
    let mut rows = Vec::new();
    for (index, text) in BufReader::new(file).lines().enumerate() {
        let (line, path) = (index + 1, || path.to_owned());
        let text = text.map_err(|source| EvaluationError::Line { line, path: path(), source })?;
        if !text.trim().is_empty() {
            let row = serde_json::from_str(&text);
            rows.push(row.map_err(|source| EvaluationError::Row { line, path: path(), source })?);
        }
    }
    Ok(rows)
}
