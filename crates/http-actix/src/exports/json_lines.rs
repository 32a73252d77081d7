//! A JSON object a label, each on a line of its own.

use std::io;

use fieldmark_report::LabelReport;
use serde::Serialize;

use super::{Exported, Writes};

/// Writes JSON Lines.
pub struct JsonLines;

/// A label with what tells its document.
#[derive(Serialize)]
pub struct Line<'a> {
    /// The file's name.
    pub filename: &'a str,
    /// The file's SHA-256, in hex.
    pub sha256: String,
    /// The label.
    #[serde(flatten)]
    pub label: LabelReport,
}

impl Writes for JsonLines {
    fn document(&mut self, exported: &Exported<'_>) -> io::Result<Vec<u8>> {
        let mut lines = Vec::new();
        for label in exported.labels {
            let line = Line {
                filename: exported.document.description.filename(),
                sha256: exported.document.sha256.to_string(),
                label: LabelReport::from(label),
            };
            serde_json::to_writer(&mut lines, &line)?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}
