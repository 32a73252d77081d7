//! CSV (RFC 4180): one row per file, one column per field.

use std::io::{self, Write};

use fieldmark_domain::field::Field;

use super::{ReportWriter, Summary};
use crate::report::FileReport;

/// Columns: `file`, every field by its name, `decision`, `error`.
pub struct CsvWriter {
    rows: csv::Writer<Box<dyn Write>>,
    begun: bool,
}

impl CsvWriter {
    /// A writer onto `output`.
    pub fn new(output: Box<dyn Write>) -> Self {
        Self { rows: csv::Writer::from_writer(output), begun: false }
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
            extraction.and_then(|read| read.field(*field)).map_or("", |found| found.value.as_str())
        });
        let decision = extraction.map_or("", |read| read.decision.as_str());
        let error = report.error().map_or("", |error| error.code.as_str());
        let row = std::iter::once(report.file.as_str()).chain(values).chain([decision, error]);
        self.rows.write_record(row).map_err(io_error)?;
        self.rows.flush()
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.begin()?;
        self.rows.flush()
    }
}

/// Keeps the kind of the error: a closed pipe must be known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
