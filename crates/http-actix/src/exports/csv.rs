//! A row a label, with headings. Text that a spreadsheet would calculate is written so that it is read, unless raw
//! cells are asked for.

use std::io;

use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::{BoxReport, LabelReport};

use super::{Exported, Writes};

/// Writes comma-separated values (RFC 4180).
pub struct Csv {
    /// How text is written.
    pub cells: Cells,
}

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
        rows(exported.labels.iter().map(|label| row(filename, LabelReport::from(label), self.cells)))
    }
}

/// The first row.
pub fn headings() -> [String; 17] {
    HEADINGS.map(str::to_owned)
}

/// The row of a label.
pub fn row(filename: &str, label: LabelReport, cells: Cells) -> [String; 17] {
    let LabelReport { id, document_id, field, said, reviewed_by, version, updated_at, .. } = label;
    let kind = field.parse::<Field>().map_or(FieldKind::Text, Field::kind);
    let value = |text: &str| cells.value(kind, text).into_owned();
    let place = |number: fn(&BoxReport) -> String| said.place.as_ref().map(number).unwrap_or_default();
    [
        document_id,
        cells.text(filename).into_owned(),
        id,
        field.to_owned(),
        value(&said.value),
        said.currency.clone().unwrap_or_default(),
        value(&said.raw),
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
