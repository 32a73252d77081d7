//! The extracted values by document and field, as text. Does not know what is true.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{EvaluationError, json_lines};

/// Values by field name.
pub type Values = HashMap<String, String>;

/// Predictions by the stem of the file's name: truth and predictions need not agree on folders.
#[derive(Debug, Default)]
pub struct Predictions {
    by_stem: HashMap<String, Values>,
}

impl Predictions {
    /// Adds the values of a file; a later prediction for the same stem replaces an earlier one.
    pub fn add(&mut self, file: &str, values: Values) {
        self.by_stem.insert(stem(file), values);
    }

    /// The values of the file of this name; `None` if there are none for it.
    pub fn of(&self, file: &str) -> Option<&Values> {
        self.by_stem.get(&stem(file))
    }

    /// Reads JSON Lines as `fieldmark extract --format jsonl` prints them.
    ///
    /// # Errors
    /// When the file cannot be read or a line is not such an object; the message names the line.
    pub fn read(path: &Path) -> Result<Self, EvaluationError> {
        let mut predictions = Self::default();
        for row in json_lines::read::<Row>("predictions", path)? {
            let values = row.fields.unwrap_or_default().into_iter();
            let values = values.filter_map(|(field, value)| Some((field, value_of(value)?))).collect();
            predictions.add(&row.file, values);
        }
        Ok(predictions)
    }
}

#[derive(Deserialize)]
struct Row {
    file: String,
    #[serde(default)]
    fields: Option<Map<String, Value>>,
}

/// A prediction is a value, or an object that has one.
fn value_of(prediction: Value) -> Option<String> {
    let value = match prediction {
        Value::Object(mut entries) => entries.remove("value")?,
        value => value,
    };
    Some(text_of(&value)).filter(|text| !text.is_empty() && !value.is_null())
}

/// A JSON value as text: a string as it is, anything else as it is written.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The last component of a path without its last extension.
pub(crate) fn stem(file: &str) -> String {
    let name = file.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    match name.rfind('.') {
        Some(point) if point > 0 && point + 1 < name.len() => name.get(..point).unwrap_or(name).to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_stem_loses_folders_and_one_extension() {
        assert_eq!(stem("dev/a.b.pdf"), "a.b");
        assert_eq!(stem("./x/.hidden"), ".hidden");
        assert_eq!(stem("plain"), "plain");
        assert_eq!(stem("point."), "point.");
    }

    #[test]
    fn values_stand_plain_or_in_objects_and_may_be_absent() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(
            file,
            r#"{{"file": "a/one.pdf", "fields": {{"x": {{"value": "1"}}, "y": "2", "z": null, "w": {{"value": ""}}, "n": 3.5}}}}"#
        )
        .unwrap();
        writeln!(file, r#"{{"file": "two.pdf", "error": {{"code": "c", "message": "m"}}}}"#).unwrap();
        let predictions = Predictions::read(file.path()).unwrap();
        let one = predictions.of("b/one.pdf").unwrap();
        assert_eq!(one.len(), 3);
        assert_eq!((one["x"].as_str(), one["y"].as_str(), one["n"].as_str()), ("1", "2", "3.5"));
        assert!(predictions.of("two.jpg").unwrap().is_empty());
        assert!(predictions.of("three.pdf").is_none());
    }

    #[test]
    fn a_bad_line_is_named() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        writeln!(file, "\n{{\"fields\": 1}}").unwrap();
        assert!(Predictions::read(file.path()).unwrap_err().to_string().contains("line 2 of"));
    }
}
