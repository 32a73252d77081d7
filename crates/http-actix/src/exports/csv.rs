//! A row a label, with headings.

use std::io;

use super::{Exported, Writes};
use crate::report::LabelReport;

/// Writes comma-separated values (RFC 4180).
pub struct Csv;

const HEADINGS: [&str; 17] = [
    "document_id",
    "filename",
    "label_id",
    "field",
    "value",
    "currency",
    "raw",
    "confidence",
    "source",
    "page",
    "left",
    "top",
    "width",
    "height",
    "reviewed_by",
    "version",
    "updated_at",
];

impl Writes for Csv {
    fn begin(&mut self) -> io::Result<Vec<u8>> {
        rows([headings()])
    }

    fn document(&mut self, exported: &Exported<'_>) -> io::Result<Vec<u8>> {
        let filename = exported.document.description.filename();
        rows(exported.labels.iter().map(|label| row(filename, LabelReport::from(label))))
    }
}

/// The first row.
pub fn headings() -> [String; 17] {
    HEADINGS.map(str::to_owned)
}

/// The row of a label.
pub fn row(filename: &str, label: LabelReport) -> [String; 17] {
    let LabelReport { id, document_id, field, said, reviewed_by, version, updated_at, .. } = label;
    let place =
        |number: fn(&crate::report::BoxReport) -> String| said.place.as_ref().map(number).unwrap_or_default();
    [
        document_id,
        filename.to_owned(),
        id,
        field.to_owned(),
        said.value.clone(),
        said.currency.clone().unwrap_or_default(),
        said.raw.clone(),
        said.confidence.to_string(),
        said.source.to_owned(),
        place(|place| place.page.to_string()),
        place(|place| place.left.to_string()),
        place(|place| place.top.to_string()),
        place(|place| place.width.to_string()),
        place(|place| place.height.to_string()),
        reviewed_by.unwrap_or_default(),
        version.to_string(),
        updated_at,
    ]
}

/// Rows as they are written.
///
/// # Errors
/// Those of writing.
pub fn rows(rows: impl IntoIterator<Item = [String; 17]>) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
