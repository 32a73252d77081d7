//! CSV (RFC 4180): one row per file, one column per field; rows of lists.

use std::io::{self, Write};

use fieldmark_domain::field::Field;
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::FileReport;

use super::{ReportWriter, Summary};

/// Columns: `file`, every field by its name, `decision`, `error`.
pub struct CsvWriter {
    rows: csv::Writer<Box<dyn Write>>,
    cells: Cells,
    begun: bool,
}

impl CsvWriter {
    /// A writer onto `output`.
    pub fn new(output: Box<dyn Write>, cells: Cells) -> Self {
        Self { rows: csv::Writer::from_writer(output), cells, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            let fields = Field::ALL.iter().map(|field| field.name());
            let columns = std::iter::once("file").chain(fields).chain(["decision", "error"]);
            self.rows.write_record(columns).map_err(io_error)?;
        }
        Ok(())
    }
}

impl ReportWriter for CsvWriter {
    fn write(&mut self, report: &FileReport) -> io::Result<()> {
        self.begin()?;
        let extraction = report.extraction();
        let values = Field::ALL.iter().map(|field| {
            let found = extraction.and_then(|read| read.field(*field));
            self.cells.value(field.kind(), found.map_or("", |found| found.value.as_str()))
        });
        let decision = extraction.map_or("", |read| read.decision.as_str());
        let error = report.error().map_or("", |error| error.code.as_str());
        let file = self.cells.text(&report.file);
        let row: Vec<_> =
            std::iter::once(file).chain(values).chain([decision.into(), error.into()]).collect();
        self.rows.write_record(row.iter().map(AsRef::<str>::as_ref)).map_err(io_error)?;
        self.rows.flush()
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.begin()?;
        self.rows.flush()
    }
}

/// Writes records, each of as many cells as the headings have.
///
/// # Errors
/// Those of `output`.
pub fn write_records(
    output: &mut impl Write,
    records: impl IntoIterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(output);
    for record in records {
        rows.write_record(&record).map_err(io_error)?;
    }
    rows.flush()
}

/// Keeps the kind of the error: a closed pipe must be known as one.
fn io_error(error: csv::Error) -> io::Error {
    let message = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(message),
    }
}
